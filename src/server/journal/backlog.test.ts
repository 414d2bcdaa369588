/** Storms of reads, on a real journal. */

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { RequestEntry } from '../../http/handler.ts'
import { type Journal, noCounts } from '../../store/journal.ts'
import { StoreUnavailable } from '../../store/store.ts'
import { openSqliteJournal } from '../../stores/sqlite/journal.ts'
import { newSecret } from '../api-keys.ts'
import { Backlog } from './backlog.ts'
import { Keeping, type Loss, type Sent } from './keeping.ts'
import { pack } from './packed.ts'
import { Parcel } from './parcel.ts'

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

function backlog(given: () => Pick<Journal, 'append' | 'aside'> = () => journal, most = 1e6) {
  const opening = async () => given()
  return new Backlog(opening, new Keeping(opening), most, (loss) => losses.push(loss))
}

function sent(
  storm: Sent['storm'],
  ...more: (Partial<RequestEntry> & { readonly body?: string })[]
): Sent {
  const parcel = new Parcel()
  for (const { body = '{"id":"1","meta":{"version":"W/\\"1\\""}}', ...one } of more) {
    const request = {
      ...{ method: 'GET', target: '/', header: () => null, body: async () => undefined },
      signal: new AbortController().signal,
    }
    const response = { status: 200, headers: {}, body }
    pack(
      parcel,
      {
        ...{ requestId: 'r', at, durationMs: 2, method: 'GET', path: '/Users/1', status: 200 },
        ...{ route: '/Users/{id}', tenant: 'acme', actor: 'key:k', query: '', quirks: [] },
        ...{ request, response },
        ...one,
      },
      '',
      'row',
    )
  }
  return { count: more.length, ...parcel.closed(), ...(storm && { storm }) }
}

/** Takes some, and answers what is left to be kept. */
async function taken(made: Backlog, parcels: readonly Sent[]): Promise<Sent[]> {
  const left: Sent[] = []
  for await (const some of made.take(parcels)) left.push(...some)
  return left
}

const kept = async () =>
  (await journal.search('acme', { limit: 10 })).rows.map(({ requestId }) => requestId)

test('a storm is put aside, and kept in its order with all that was in it', async () => {
  const made = backlog()
  const storm = sent('none', { requestId: 'a' }, { requestId: 'b' })
  expect(await taken(made, [storm, sent('none', { requestId: 'c' })])).toEqual([])
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

test('what is no storm, and what there is no room for, is left to be kept at once', async () => {
  const [one, another] = [sent(undefined, {}), sent('none', {})]
  const made = backlog(() => journal, 10)
  expect(await taken(made, [one, another, sent('none', {})])).toHaveLength(2)
  expect(await taken(made, [sent('none', {})])).toHaveLength(1)
  await made.sort()
  expect(await taken(made, [sent('none', {})])).toEqual([])
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
])('is never put on the disk as it came: %s', async (_, secret) => {
  const storm = sent('queries', {}, secret)
  expect(await taken(backlog(), [storm])).toEqual([storm])
  // Of requests without a query, which are looked at less closely, so too.
  if (!('query' in secret)) expect(await taken(backlog(), [sent('none', secret)])).toHaveLength(1)
})

test('usual filters are put aside', async () => {
  const query = 'filter=userName%20eq%20%22ada%40example.com%22&startIndex=1&count=100'
  expect(await taken(backlog(), [sent('queries', { query }, {})])).toEqual([])
})

test('where nothing can be put aside all is left, and what is there waits for better times', async () => {
  const full = new StoreUnavailable('the disk is full')
  const failing = { put: () => Promise.reject(full), oldest: async () => [], size: async () => 0 }
  const storm = sent('none', { requestId: 'a' })
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
  await taken(made, [sent('none', { requestId: 'a' }, { requestId: 'bad' }, { requestId: 'b' })])
  expect(await made.sort()).toBe(false)
  expect(await kept()).toEqual(['b', 'a'])
  expect(losses).toMatchObject([{ lost: 1, why: new Error('no such text') }])
  expect(await journal.aside?.size()).toBe(0)
})

test('what is put aside and cannot be read any more keeps nothing behind it', async () => {
  const made = backlog()
  await taken(made, [sent('none', { requestId: 'a' })])
  await journal.aside?.put([{ count: 3, bytes: Buffer.from('something else') }])
  await taken(made, [sent('none', { requestId: 'b' })])
  expect(await made.sort()).toBe(false)
  expect(await kept()).toEqual(['b', 'a'])
  expect(losses).toMatchObject([{ lost: 3, why: { code: 'ZSTD_error_prefix_unknown' } }])
  expect(await journal.aside?.size()).toBe(0)
})

test('everything has its place in the order in which it came, also what is kept at once', async () => {
  const keeping = new Keeping(async () => journal)
  const made = backlog()
  const came = ['a', 'b', 'c', 'd', 'e'].map((requestId, index) =>
    sent(index % 2 === 0 ? undefined : 'none', { requestId }),
  )
  for await (const left of made.take(came)) await keeping.keep(left)
  await made.sort()
  expect(await kept()).toEqual(['e', 'd', 'c', 'b', 'a'])
})
