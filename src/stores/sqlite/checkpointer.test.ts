import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { Checkpointer } from './checkpointer.ts'
import { Connection } from './connection.ts'
import { Writer } from './writer.ts'

let folder: string
let connection: Connection
let checkpointer: Checkpointer
let writer: Writer

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'rollcall-'))
  const file = join(folder, 'rollcall.db')
  connection = new Connection(file, { wait: 0, log: 1_000_000 })
  connection.exec('create table t (x)')
  checkpointer = new Checkpointer(file, 100)
  writer = new Writer(connection, { committed: (rows) => checkpointer.committed(rows) })
})

afterEach(async () => {
  await writer.drain()
  await checkpointer.close()
  writer.close()
  rmSync(folder, { recursive: true })
})

/** Inserts rows, in one commit. */
const insert = (rows: number) =>
  writer.write(function* () {
    for (let row = 0; row < rows; row++) {
      yield [{ sql: 'insert into t values (?)', values: ['x'.repeat(500)], want: 'run' }]
    }
  })

/** Pages in the log, and how many of them are in the file as well. */
const log = () =>
  connection.query<{ log: number; checkpointed: number }>('pragma wal_checkpoint(noop)')[0]

test('takes the log back once enough rows were changed, while the writer leaves it alone', async () => {
  await insert(60)
  expect(log()).toMatchObject({ checkpointed: 0 })
  await insert(60)
  await vi.waitFor(() => {
    const { log: pages, checkpointed } = log() ?? {}
    expect(pages).toBeGreaterThan(10)
    expect(checkpointed).toBe(pages)
  })
})

test('goes on after its thread has ended', async () => {
  await insert(120)
  await vi.waitFor(() => expect(log()?.checkpointed).toBeGreaterThan(0))
  await checkpointer.close()
  await insert(120)
  await vi.waitFor(() => expect(log()?.checkpointed).toBe(log()?.log))
})
