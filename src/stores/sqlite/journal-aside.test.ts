import { mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Journal, NewRequest } from '../../store/journal.ts'
import { StoreUnavailable } from '../../store/store.ts'
import { PLACES } from '../sql/journal-place.ts'
import { Connection } from './connection.ts'
import { openSqliteJournal } from './journal.ts'

let folder: string
let now: number
let journal: Journal
const open = () => openSqliteJournal({ file: join(folder, 'requests.db'), now: () => now })

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'rollcall-'))
  now = 1_000
  journal = open()
})
afterEach(async () => {
  await journal.close()
  rmSync(folder, { recursive: true })
})

const request = (requestId: string, place?: number): NewRequest => ({
  ...{ tenant: 't', requestId, at: now, milliseconds: 1, method: 'GET', path: '/Users', query: '' },
  ...{ status: 200, result: 'success', key: 'k', agent: null, address: null, scimType: null },
  ...{ quirks: [], resource: null, refused: null, route: '/Users', detail: null },
  request: { headers: {}, body: null, omitted: null },
  response: { headers: {}, body: null, omitted: null },
  ...(place === undefined ? {} : { place }),
})
const append = (ids: readonly string[], place?: number, through?: number) =>
  journal.append({
    requests: ids.map((id, at) => request(id, place === undefined ? place : place + at)),
    ...{ counts: [], firsts: [], ...(through === undefined ? {} : { through }) },
  })
const put = (...counts: number[]) =>
  journal.aside?.put(counts.map((count) => ({ count, weight: 1, bytes: Uint8Array.of(count) })))
const found = async (after?: string) =>
  (await journal.search('t', { limit: 9, ...(after && { after }) })).rows.map((r) => r.requestId)
const newest = async () => (await journal.search('t', { limit: 9 })).newest
const oldest = async (most = 9, bytes = 9) => (await journal.aside?.oldest(most, bytes)) ?? []

test('what was put aside comes back as it was, oldest first, as much as is wanted or one', async () => {
  await put(2, 3, 4)
  expect((await oldest(5)).map(({ count, bytes }) => [count, ...(bytes ?? [])])).toEqual([
    [2, 2],
    [3, 3],
  ])
  expect((await oldest(1)).map(({ count }) => count)).toEqual([2])
  expect((await oldest(9, 2)).map(({ count }) => count)).toEqual([2, 3])
  expect((await oldest(9, 0)).map(({ count }) => count)).toEqual([2])
  expect(await journal.aside?.size()).toBe(3)
})

test('nobody sees what came after it, until it is in its places', async () => {
  await append(['before'])
  const seen = await newest()
  await put(2)
  await append(['after'])
  expect(await found()).toEqual(['before'])
  expect(Number(await newest())).toBeLessThan((await oldest())[0]?.place as number)
  expect(await found(seen)).toEqual([])
  const [load] = await oldest()
  await append(['aside-1', 'aside-2'], load?.place, load?.place)
  expect(await oldest()).toEqual([])
  expect(await found()).toEqual(['after', 'aside-2', 'aside-1', 'before'])
  expect(await found(seen)).toEqual(['after', 'aside-2', 'aside-1'])
})

test('no place is given out again, though the clock was set back meanwhile', async () => {
  await put(3)
  const [load] = await oldest()
  expect(load?.place).toBe(1_000 * PLACES)
  await journal.close()
  now = 500
  journal = open()
  await append(['after'])
  await append(['1', '2', '3'], load?.place, load?.place)
  expect(await found()).toEqual(['after', '3', '2', '1'])
})

test('a walk goes on while much is put aside and sorted', async () => {
  await append(['1', '2', '3', '4'])
  const page = (before?: string) => journal.search('t', { limit: 2, ...(before && { before }) })
  const first = await page()
  expect((await page(first.next ?? '')).rows.map((row) => row.requestId)).toEqual(['2', '1'])
  await put(2)
  expect((await page()).rows.map((row) => row.requestId)).toEqual(['4', '3'])
  expect((await page(first.next ?? '')).rows.map((row) => row.requestId)).toEqual(['2', '1'])
})

const file = () => join(folder, 'requests.db-aside')
const bytesOf = async () => (await oldest(999)).map(({ bytes }) => bytes && [...bytes])

test('it lies in a file until it is done with, and nothing of it is left there then', async () => {
  await put(2, 3)
  expect([...readFileSync(file())]).toEqual([2, 3])
  await journal.close()
  journal = open()
  await put(4)
  expect(await bytesOf()).toEqual([[2], [3], [4]])
  await journal.aside?.tidy()
  expect(await bytesOf()).toEqual([[2], [3], [4]])
  await append([], undefined, (await oldest()).at(-1)?.place)
  expect(await journal.aside?.size()).toBe(0)
  await journal.aside?.tidy()
  expect(readFileSync(file())).toHaveLength(0)
  await put(5)
  expect(await bytesOf()).toEqual([[5]])
})

test('what a crash left there without a row is not read, and given back', async () => {
  writeFileSync(file(), 'left')
  await put(2)
  expect(await bytesOf()).toEqual([[2]])
  await append([], undefined, (await oldest()).at(-1)?.place)
  await journal.close()
  writeFileSync(file(), 'left')
  journal = open()
  await journal.aside?.tidy()
  expect(readFileSync(file())).toHaveLength(0)
})

test('what is not there as it was written is damaged, and the rest is as it was', async () => {
  const many = (at: number) => ({ count: at, weight: 1, bytes: new Uint8Array(8_192).fill(at) })
  await journal.aside?.put([many(1), many(2), many(3)])
  const bytes = readFileSync(file())
  writeFileSync(file(), Buffer.concat([bytes.subarray(0, 12_288), new Uint8Array(4_096)]))
  const found = await oldest(99, 99)
  expect(found.map((load) => load.bytes?.length)).toEqual([8_192, undefined, undefined])
})

test('what an earlier version put into the journal itself is damaged, and ends nothing', async () => {
  await journal.close()
  const earlier = new Connection(join(folder, 'requests.db'))
  earlier.exec(`insert into request_parcels values (7, 100, 1, 1, 0, 1)`)
  earlier.close()
  journal = open()
  expect(await journal.aside?.size()).toBe(1)
  expect(await bytesOf()).toEqual([undefined])
  await put(2)
  expect(await bytesOf()).toEqual([undefined, [2]])
})

test('a file that cannot be opened is no reason to lose what is in it', async () => {
  await put(2)
  await journal.close()
  renameSync(file(), join(folder, 'away'))
  mkdirSync(file())
  expect(open).toThrow(StoreUnavailable)
  expect(open).toThrow('requests.db-aside cannot be opened: EISDIR')
  rmSync(file(), { recursive: true })
  renameSync(join(folder, 'away'), file())
  journal = open()
  expect(await bytesOf()).toEqual([[2]])
})

test('a file that was taken away is made again, for those that come then', async () => {
  await put(2)
  rmSync(file())
  await put(3)
  await journal.close()
  journal = open()
  expect(await bytesOf()).toEqual([undefined, [3]])
})
