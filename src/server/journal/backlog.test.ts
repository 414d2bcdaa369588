/** Storms of reads, on a real journal. */

import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { zstdCompressSync } from 'node:zlib'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { RequestEntry } from '../../http/handler.ts'
import { type Journal, noCounts } from '../../store/journal.ts'
import { StoreUnavailable } from '../../store/store.ts'
import { openSqliteJournal } from '../../stores/sqlite/journal.ts'
import { newSecret } from '../api-keys.ts'
import { Backlog } from './backlog.ts'
import { Keeping, type Loss, type Sent } from './keeping.ts'
import { Packing } from './packing.ts'

const at = Date.UTC(2026, 10, 27)
let folder: string
let journal: Journal
let losses: Loss[]

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'rollcall-'))
  journal = openSqliteJournal({ file: join(folder, 'requests.db'), now: () => at })
  losses = []
})
afterEach(async () => {
  await journal.close()
  rmSync(folder, { recursive: true })
})

function backlog(
  given: () => Pick<Journal, 'append' | 'aside'> = () => journal,
  most = 1e6,
  plain = 1e6,
) {
  const opening = async () => given()
  return new Backlog(opening, new Keeping(opening), most, (loss) => losses.push(loss), plain)
}

function sent(
  kind: 'storm' | 'calm',
  ...more: (Partial<RequestEntry> & { readonly body?: string })[]
): Sent {
  const parcel = new Packing(at)
  for (const { body = '{"id":"1","meta":{"version":"W/\\"1\\""}}', ...one } of more) {
    const request = {
      ...{ method: 'GET', target: '/', header: () => null, body: async () => undefined },
      signal: new AbortController().signal,
    }
    const response = { status: 200, headers: {}, body }
    parcel.add(
      {
        ...{ requestId: 'r', at, durationMs: 2, method: 'GET', path: '/Users/1', status: 200 },
        ...{ route: '/Users/{id}', tenant: 'acme', actor: 'key:k', query: '', quirks: [] },
        ...{ resource: '1', request, response },
        ...one,
      },
      '',
      'row',
    )
  }
  const { looks, ...load } = parcel.closed()
  return { ...load, ...(kind === 'storm' && looks !== undefined && { storm: looks }) }
}

/** Takes some, and answers what is left to be kept. */
async function taken(made: Backlog, parcels: readonly Sent[]): Promise<Sent[]> {
  const left: Sent[] = []
  for await (const some of made.take(parcels)) left.push(...some)
  return left
}

const kept = async (limit = 10) =>
  (await journal.search('acme', { limit })).rows.map(({ requestId }) => requestId)

test('a storm is put aside, and kept in its order with all that was in it', async () => {
  const made = backlog()
  const storm = sent('storm', { requestId: 'a' }, { requestId: 'b' })
  expect(await taken(made, [storm, sent('storm', { requestId: 'c' })])).toEqual([])
  expect(await kept()).toEqual([])
  expect(await made.sort()).toBe(false)
  expect(await kept()).toEqual(['c', 'b', 'a'])
  const [row] = (await journal.search('acme', { limit: 1 })).rows
  expect(await journal.request('acme', row?.seq ?? '')).toMatchObject({
    ...{
      key: 'k',
      path: '/Users/1',
      response: { body: '{"id":"1","meta":{"version":"W/\\"1\\""}}' },
    },
  })
  expect(await journal.minutes('acme', 0)).toEqual([
    { ...noCounts, tenant: 'acme', minute: at, key: 'k', requests: 3 },
  ])
  expect(losses).toMatchObject([{ lost: 0 }])
})

test('a long storm is compressed, and the file of one that is over is empty', async () => {
  const made = backlog(() => journal, 1e6, 1_000)
  const long = () =>
    sent('storm', ...Array.from({ length: 9 }, (_, at) => ({ requestId: `r${at}` })))
  await taken(made, [long()])
  const plain = (await journal.aside?.size()) ?? 0
  await taken(made, [long()])
  expect((await journal.aside?.size()) ?? 0).toBeLessThan(plain * 1.5)
  expect(statSync(join(folder, 'requests.db-aside')).size).toBe(await journal.aside?.size())
  expect(await made.sort()).toBe(false)
  const ids = Array.from({ length: 9 }, (_, at) => `r${8 - at}`)
  expect(await kept(20)).toEqual([...ids, ...ids])
  expect(losses).toMatchObject([{ lost: 0 }])
  expect(statSync(join(folder, 'requests.db-aside')).size).toBe(0)
})

test('what is no storm, and what there is no room for, is left to be kept at once', async () => {
  const [one, another] = [sent('calm', {}), sent('storm', {})]
  const made = backlog(() => journal, 10)
  expect(await taken(made, [one, another, sent('storm', {})])).toHaveLength(2)
  expect(await taken(made, [sent('storm', {})])).toHaveLength(1)
  await made.sort()
  expect(await taken(made, [sent('storm', {})])).toEqual([])
})

const headed = (name: string, value: string) => ({
  request: {
    ...{ method: 'GET', target: '/', body: async () => undefined },
    header: (asked: string) => (asked === name.toLowerCase() ? value : null),
    signal: new AbortController().signal,
  },
})

const key = newSecret()
test.each([
  ['a key in a query', { query: `filter=x%20eq%20%22${key}%22` }],
  ['a key that a query spells in escapes', { query: `count=%72c%5F${key.slice(3)}` }],
  ['a parameter of its own', { query: 'token=hunter2' }],
  ['a filter of a password', { query: 'filter=password%20eq%20%22x%22' }],
  ['a password in a list', { query: 'attributes=userName,password:hunter2' }],
  ['a password in what to sort by', { query: 'sortBy=password%2520hunter2' }],
  ['a parameter in a path', { path: '/Users/1;a=hunter2' }],
  ['a password in a path', { path: '/Users/password=hunter2' }],
  ['a password in escapes in a path', { path: '/Users/1%3Bpassword%3Dhunter2' }],
  ['a password in an agent', { agent: 'App PassWord=hunter2' }],
  ['a key in a path', { path: `/Users/${key}` }],
  ['escapes in a path', { path: `/Users/%72c_${key.slice(3)}` }],
  ['a key in an answer', { body: `{"title":"${key}"}` }],
  ['a key that an answer spells in escapes', { body: `{"title":"%72c_${key.slice(3)}"}` }],
  ['a key that JSON spells in escapes', { body: `{"title":"\\u0072c_${key.slice(3)}"}` }],
  ['a key in an agent', { agent: `x/${key}` }],
  ['a password in what one wants to match', headed('If-None-Match', 'password=hunter2')],
  [
    'a password in the id of a request',
    { requestId: 'password:hunter2', ...headed('X-Request-Id', '') },
  ],
])('is never put on the disk as it came: %s', async (_, secret) => {
  for (const storm of [sent('storm', {}, secret), sent('storm', secret, {})]) {
    expect(storm.storm).toBeDefined()
    expect(await taken(backlog(), [storm])).toEqual([storm])
  }
})

test('reads are put aside whatever the bytes of their lengths are', async () => {
  for (let size = 1; size < 300; size++) {
    const storm = sent('storm', { body: 'x'.repeat(size) }, { requestId: 'x'.repeat(size) })
    expect(await taken(backlog(), [storm])).toEqual([])
  }
})

test.each(['100%', 'https://example.com/a%20b%2Fc', 'Jos%C3%A9', '% 72c'])(
  'an answer is put aside that has a percent sign and spells no key with it: %s',
  async (text) => {
    const storm = sent('storm', { body: JSON.stringify({ text }) }, {})
    expect(await taken(backlog(), [storm])).toEqual([])
  },
)

test('no key is put aside that an answer spells in escapes, whichever of its characters is in one', async () => {
  for (let index = 0; index < key.length; index++) {
    const code = key.charCodeAt(index).toString(16)
    for (const spelled of [`%${code}`, `%25${code}`, `%${code.toUpperCase()}`]) {
      const body = `{"title":"${key.slice(0, index)}${spelled}${key.slice(index + 1)}"}`
      const storm = sent('storm', { body }, {})
      expect(await taken(backlog(), [storm])).toEqual([storm])
    }
  }
})

test('usual filters are put aside', async () => {
  const query = 'filter=userName%20eq%20%22ada%40example.com%22&startIndex=1&count=100'
  expect(await taken(backlog(), [sent('storm', { query }, {})])).toEqual([])
})

test('where nothing can be put aside all is left, and what is there waits for better times', async () => {
  const full = new StoreUnavailable('the disk is full')
  const failing = {
    ...{ put: () => Promise.reject(full), oldest: async () => [] },
    ...{ size: async () => 0, tidy: async () => undefined },
  }
  const storm = sent('storm', { requestId: 'a' })
  expect(
    await taken(
      backlog(() => ({ ...journal, aside: failing })),
      [storm],
    ),
  ).toEqual([storm])
  const { aside: _, ...none } = journal
  expect(
    await taken(
      backlog(() => none),
      [storm],
    ),
  ).toEqual([storm])
  expect(await backlog(() => none).sort()).toBe(false)

  let isFull = true
  const append: Journal['append'] = (batch) =>
    isFull ? Promise.reject(full) : journal.append(batch)
  const made = backlog(() => ({ ...journal, append }))
  expect(await taken(made, [storm])).toEqual([])
  await expect(made.sort()).rejects.toBe(full)
  isFull = false
  await made.sort()
  expect(await kept()).toEqual(['a'])
})

test('one request that no database takes costs none of those beside it', async () => {
  const append: Journal['append'] = (batch) =>
    batch.requests.some(({ requestId }) => requestId === 'bad')
      ? Promise.reject(new Error('no such text'))
      : journal.append(batch)
  const made = backlog(() => ({ ...journal, append }))
  await taken(made, [sent('storm', { requestId: 'a' }, { requestId: 'bad' }, { requestId: 'b' })])
  expect(await made.sort()).toBe(false)
  expect(await kept()).toEqual(['b', 'a'])
  expect(losses).toMatchObject([{ lost: 1, why: new Error('no such text') }])
  expect(await journal.aside?.size()).toBe(0)
})

test('what is put aside and cannot be read any more keeps nothing behind it', async () => {
  const made = backlog()
  await taken(made, [sent('storm', { requestId: 'a' })])
  const broken = zstdCompressSync('something').subarray(0, 12)
  await journal.aside?.put([{ count: 3, weight: 9, bytes: broken }])
  await taken(made, [sent('storm', { requestId: 'b' })])
  expect(await made.sort()).toBe(false)
  expect(await kept()).toEqual(['b', 'a'])
  expect(losses).toMatchObject([{ lost: 3, why: { code: 'Z_BUF_ERROR' } }])
  expect(await journal.aside?.size()).toBe(0)
})

test('everything has its place in the order in which it came, also what is kept at once', async () => {
  const keeping = new Keeping(async () => journal)
  const made = backlog()
  const came = ['a', 'b', 'c', 'd', 'e'].map((requestId, index) =>
    sent(index % 2 === 0 ? 'calm' : 'storm', { requestId }),
  )
  for await (const left of made.take(came)) await keeping.keep(left)
  await made.sort()
  expect(await kept()).toEqual(['e', 'd', 'c', 'b', 'a'])
})
