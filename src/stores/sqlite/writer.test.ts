import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { StoreUnavailable, Unwritable } from '../../store/store.ts'
import type { Work } from '../sql/work.ts'
import { Connection } from './connection.ts'
import { migrate, ownMigrations } from './migrate.ts'
import { Writer } from './writer.ts'

let folder: string
let connection: Connection
let writer: Writer

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'rollcall-'))
  connection = new Connection(join(folder, 'rollcall.db'), { wait: 0 })
  migrate(connection, ownMigrations(), () => undefined)
  writer = new Writer(connection)
})

afterEach(() => {
  vi.useRealTimers()
  writer.close()
  rmSync(folder, { recursive: true })
})

/** SQLite's own end of the disk: from here on it answers SQLITE_FULL, as when the file system has. */
const leave = (bytes: number) =>
  connection.exec(`pragma max_page_count = ${pages() + Math.ceil(bytes / 4096)}`)

const pages = () =>
  connection.query<{ page_count: number }>('pragma page_count')[0]?.page_count as number

const write = (name: string, length: number) =>
  writer.write(function* (): Work<void> {
    const sql = 'insert into secrets (name, value) values (?, ?)'
    yield [{ sql, values: [name, 'x'.repeat(length)], want: 'run' }]
  })

const state = () => writer.ready().then(() => 'ready', String)
const later = () => vi.advanceTimersByTime(1_001)
const changes = () => connection.query<{ n: number }>('select total_changes() as n')[0]?.n as number

test('is not ready from a write that found no room until there is room for the longest', async () => {
  vi.useFakeTimers({ toFake: ['performance'] })
  const before = changes()
  expect(await state()).toBe('ready')
  expect(changes()).toBe(before)

  leave(20_000)
  await expect(write('long', 300_000)).rejects.toThrow(StoreUnavailable)
  expect(await state()).toBe('Unwritable: nothing can be written: the disk is full')
  // A short one fits, which is no reason to send a long one here.
  await write('short', 10)
  later()
  await expect(writer.ready()).rejects.toThrow(Unwritable)

  leave(2_000_000)
  // Looked for once in a while, however often it is asked.
  expect(await state()).toContain('the disk is full')
  later()
  const [one, another] = await Promise.all([state(), state()])
  expect([one, another]).toEqual(['ready', 'ready'])
  expect(connection.query('select name from secrets')).toEqual([{ name: 'short' }])
})

test('what looks for room takes nobody along who finds some', async () => {
  leave(20_000)
  await expect(write('long', 300_000)).rejects.toThrow(StoreUnavailable)
  const short = [write('before', 10), writer.ready().catch(String), write('after', 10)]
  expect(await Promise.all(short)).toEqual([
    undefined,
    'Unwritable: nothing can be written: the disk is full',
    undefined,
  ])
})
