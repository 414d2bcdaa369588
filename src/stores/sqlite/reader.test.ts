import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setImmediate as turn } from 'node:timers/promises'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Work } from '../sql/work.ts'
import { Connection } from './connection.ts'
import { Reader } from './reader.ts'

let folder: string
let writer: Connection
let reader: Reader

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'rollcall-'))
  const file = join(folder, 'x.db')
  writer = new Connection(file)
  writer.exec('create table t (n integer)')
  reader = new Reader(new Connection(file, { readonly: true }))
})

afterEach(() => {
  reader.close()
  writer.close()
  rmSync(folder, { recursive: true })
})

const COUNT = { sql: 'select count(*) as n from t', values: [], want: 'one' } as const

function* counting(): Work<number> {
  const rows = (yield [COUNT])[0]?.rows as readonly { readonly n: number }[]
  return rows[0]?.n ?? Number.NaN
}
const count = () => reader.read(counting())
const insert = () => writer.exec('insert into t values (1)')

test('one turn sees one state, and its number; the next turn sees what others wrote', async () => {
  const before = reader.commits()
  expect(count()).toBe(0)
  insert()
  expect([count(), reader.commits()]).toEqual([0, before])
  await turn()
  expect(count()).toBe(1)
  expect(reader.commits()).not.toBe(before)
})

test('our own commits are seen in the same turn', () => {
  expect(count()).toBe(0)
  insert()
  reader.renew()
  expect(count()).toBe(1)
})

test('nothing is held open when a turn is over', async () => {
  count()
  await turn()
  insert()
  const checkpoint = writer.query<{ busy: number }>('pragma wal_checkpoint(truncate)')
  expect(checkpoint[0]?.busy).toBe(0)
})
