/**
 * That a search of the journal which stops early, again and again, finds what one that never stops would:
 * by every condition and by pairs of them, whichever is the rare one, from either end.
 *
 * @module
 */

import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Journal, JournalQuery, ListedRequest, NewRequest } from '../journal.ts'

/** So few that several searches are needed for anything. */
export const FEW = { reads: 40, jumps: 15, looks: 8 }

const OWNER = 'walked'
const MANY = 400
const START = 1_700_000_000_000
const MINUTE = 60_000

// Every third fails, every seventh is a change, and so on: all of them meet somewhere.
const request = (index: number): NewRequest => {
  const every = (times: number) => index % times === times - 1
  const status = every(3) ? (every(2) ? 500 : 404) : every(5) ? 201 : 200
  return {
    tenant: OWNER,
    requestId: `request-${index}`,
    at: START + index * MINUTE,
    milliseconds: every(50) ? 2_000 : 3,
    method: every(7) ? 'PATCH' : 'GET',
    path: index < 5 ? '/Groups/first' : every(4) ? '/Groups' : '/Users/1',
    query: '',
    status,
    result:
      status >= 500 ? 'failed' : status >= 400 ? 'rejected' : every(11) ? 'noChange' : 'success',
    key: every(60) ? 'rare' : every(2) ? 'key-1' : 'key-2',
    agent: index < 9 ? 'Old/1.0' : 'New/1.0',
    address: null,
    scimType: null,
    quirks: [],
    resource: every(13) ? 'resource' : null,
    refused: null,
    route: '/Users/{id}',
    detail: null,
    request: { headers: {}, body: null, omitted: null },
    response: { headers: {}, body: null, omitted: null },
  }
}

const fits = (one: NewRequest, query: Partial<JournalQuery>): boolean =>
  (query.method === undefined || one.method === query.method) &&
  (query.path === undefined || one.path.startsWith(query.path)) &&
  (query.key === undefined || one.key === query.key) &&
  (query.agent === undefined ||
    query.agent.some((part) => one.agent?.toLowerCase().includes(part))) &&
  (query.status === undefined ||
    (one.status >= query.status.from && one.status <= query.status.to)) &&
  (query.slower === undefined || one.milliseconds >= query.slower) &&
  (query.requestId === undefined || one.requestId === query.requestId) &&
  (query.resource === undefined || one.resource === query.resource) &&
  (query.result === undefined || one.result === query.result) &&
  (query.from === undefined || one.at >= query.from) &&
  (query.to === undefined || one.at < query.to)

const PARTS: readonly Partial<JournalQuery>[] = [
  {},
  ...[{ method: 'PATCH' }, { method: 'GET' }, { path: '/Groups' }, { path: '/Groups/first' }],
  ...[{ key: 'key-1' }, { key: 'rare' }, { agent: ['old'] }, { slower: 1_000 }],
  ...[{ status: { from: 404, to: 404 } }, { status: { from: 500, to: 599 } }],
  ...[{ status: { from: 400, to: 599 } }, { status: { from: 201, to: 201 } }],
  ...([{ result: 'noChange' }, { result: 'rejected' }, { result: 'failed' }] as const),
  ...[{ resource: 'resource' }, { requestId: 'request-7' }],
  { from: START + 30 * MINUTE, to: START + 300 * MINUTE },
]

const QUERIES = PARTS.flatMap((one, index) =>
  PARTS.slice(index).map((other) => ({ ...one, ...other })),
)

/** @param open A new journal that stops after {@link FEW}. */
export function journalWalks(
  open: (now: () => number) => Promise<{ readonly journal: Journal; close(): Promise<void> }>,
): void {
  const all = Array.from({ length: MANY }, (_, index) => request(index))
  let now = START
  let opened: Awaited<ReturnType<typeof open>>
  const search = (query: JournalQuery) => opened.journal.search(OWNER, query)

  async function walk(query: Partial<JournalQuery>, onward: 'before' | 'after', limit = 7) {
    const found: ListedRequest[] = []
    let place = onward === 'after' ? '0' : undefined
    for (let searches = 1; ; searches++) {
      const at = place === undefined ? {} : { [onward]: place }
      const { rows, next, searchedTo } = await search({ ...query, ...at, limit })
      found.push(...(onward === 'after' ? rows.toReversed() : rows))
      // A page is full, or says how far it got, or is the last.
      expect(next === null || rows.length === limit || searchedTo !== null).toBe(true)
      if (next === null) return { searches, ids: found.map(({ requestId }) => requestId) }
      place = next
    }
  }

  describe('a search of the journal that stops early', () => {
    beforeAll(async () => {
      opened = await open(() => now)
      for (let first = 0; first < MANY; first += 20) {
        now = START + (first + 19) * MINUTE
        await opened.journal.append({
          ...{ requests: all.slice(first, first + 20), counts: [], firsts: [] },
        })
      }
    })
    afterAll(() => opened.close())

    test.each(QUERIES)('goes on until it has found all of %j', async (query) => {
      const wanted = all.filter((one) => fits(one, query)).map(({ requestId }) => requestId)
      expect((await walk(query, 'after')).ids).toEqual(wanted)
      expect((await walk(query, 'before')).ids).toEqual(wanted.toReversed())
    })

    test('says how far back it got, further each time', async () => {
      const query = { path: '/Groups/first', limit: 10 }
      const first = await search(query)
      expect(first).toMatchObject({ rows: [], next: expect.any(String) })
      const second = await search({ ...query, before: first.next ?? '' })
      // Places are given when a batch is appended, twenty at a time.
      expect(first.searchedTo).toBe(START + 379 * MINUTE)
      expect(second.searchedTo).toBe(START + 339 * MINUTE)
    })

    test('comes by no more rows for what is common than for what is rare', async () => {
      const searches = async (query: Partial<JournalQuery>) =>
        (await walk(query, 'before', 30)).searches
      expect(await searches({ slower: 1_000 })).toBe(MANY / FEW.reads + 1)
      // Found by its own index at once, although the key is that of every second.
      expect(await searches({ key: 'rare', slower: 1_000 })).toBe(1)
      expect(await searches({ key: 'key-1', requestId: 'request-7' })).toBe(1)
    })

    test('knows the newest place, also where nothing fits', async () => {
      const { newest } = await search({ path: '/nowhere', limit: 1 })
      const [last] = (await search({ limit: 1 })).rows
      expect(newest).toBe(last?.seq)
      expect(await search({ path: '/nowhere', after: newest, limit: 1 })).toEqual({
        ...{ rows: [], next: null, searchedTo: null, newest },
      })
    })

    test('leaves out nothing between what was found after a place and the newest', async () => {
      const found: string[] = []
      let after = '0'
      for (let asked = 0; asked < 100; asked++) {
        const { rows, newest } = await search({ method: 'PATCH', after, limit: 3 })
        found.push(...rows.map(({ requestId }) => requestId).toReversed())
        after = newest
      }
      expect(found).toEqual((await walk({ method: 'PATCH' }, 'after')).ids)
    })
  })
}
