/**
 * What every journal promises, as tests.
 *
 * @module
 */

import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  type Journal,
  type JournalBatch,
  type JournalQuery,
  type MinuteCounts,
  type NewRequest,
  noCounts,
} from '../journal.ts'

export interface OpenedJournal {
  readonly journal: Journal
  close(): Promise<void>
}

/** @param open A new journal whose clock is `now`. */
export function journalContract(open: (now: () => number) => Promise<OpenedJournal>): void {
  const start = 1_700_000_000_000
  let now = start
  let opened: OpenedJournal
  let count = 0
  const kept = () => opened.journal
  const tenant = () => `tenant-${String(++count).padStart(6, '0')}`

  const request = (owner: string, more: Partial<NewRequest> = {}): NewRequest => ({
    tenant: owner,
    requestId: `request-${++count}`,
    at: now,
    milliseconds: 3,
    method: 'GET',
    path: '/Users/1',
    status: 200,
    result: 'success',
    key: 'key-1',
    agent: 'Client "é"/1.0',
    address: '192.0.2.1',
    scimType: null,
    quirks: [],
    resource: '1',
    refused: null,
    query: 'filter=%22\u{1F600}%22',
    route: '/Users/{id}',
    detail: null,
    request: { headers: { accept: '*/*' }, body: null, omitted: null },
    response: { headers: { ETag: 'W/"1"' }, body: '{"id":"\\u0000é"}', omitted: null },
    ...more,
  })
  const append = (requests: readonly NewRequest[], more: Partial<JournalBatch> = {}) =>
    kept().append({ requests, counts: [], firsts: [], ...more })
  const search = async (owner: string, query: Partial<JournalQuery> = {}) =>
    (await kept().search(owner, { limit: 100, ...query })).rows.map(({ requestId }) => requestId)
  const minute = (owner: string, at: number, more: Partial<MinuteCounts> = {}): MinuteCounts => ({
    ...noCounts,
    tenant: owner,
    minute: at,
    key: 'key-1',
    ...more,
  })

  describe('the contract of the journal', () => {
    beforeAll(async () => {
      opened = await open(() => now)
    })
    afterAll(() => opened.close())

    test('gives back what was appended, whole', async () => {
      const owner = tenant()
      const one = request(owner, {
        quirks: ['op-capitalised', 'empty-path'],
        scimType: 'uniqueness',
      })
      await append([one])
      const [row] = (await kept().search(owner, { limit: 10 })).rows
      const { tenant: _, route, detail, request: sent, response, ...listed } = one
      expect(row).toEqual({ ...listed, seq: row?.seq })
      expect(await kept().request(owner, row?.seq ?? '')).toEqual({
        ...row,
        ...{ route, detail, request: sent, response },
      })
    })

    test('knows nothing of a place that nobody has, or that is none', async () => {
      const owner = tenant()
      expect(await kept().request(owner, '12')).toBeUndefined()
      expect(await kept().request(owner, "1' or 1=1")).toBeUndefined()
    })

    test('shows a tenant its own requests alone', async () => {
      const [one, other] = [tenant(), tenant()]
      await append([request(one, { requestId: 'a' }), request(other, { requestId: 'b' })])
      await append([request('', { requestId: 'nobody' })])
      expect(await search(one)).toEqual(['a'])
      expect(await search(other, { key: 'key-1' })).toEqual(['b'])
      const [row] = (await kept().search(other, { limit: 1 })).rows
      expect(await kept().request(one, row?.seq ?? '')).toBeUndefined()
      expect(await search('')).toContain('nobody')
    })

    test('lists the newest first, page by page, each of them once', async () => {
      const owner = tenant()
      for (let batch = 0; batch < 3; batch++) {
        await append(
          [0, 1, 2, 3].map((index) => request(owner, { requestId: `${batch}-${index}` })),
        )
      }
      const walked: string[] = []
      let before: string | undefined
      for (;;) {
        const query = { limit: 5, ...(before === undefined ? {} : { before }) }
        const { rows, next } = await kept().search(owner, query)
        walked.push(...rows.map(({ requestId }) => requestId))
        if (next === null) break
        before = next
      }
      expect(walked).toEqual(
        [2, 1, 0].flatMap((batch) => [3, 2, 1, 0].map((index) => `${batch}-${index}`)),
      )
    })

    test('tells what came after a place, also when the clock stood or stepped back', async () => {
      const owner = tenant()
      await append([request(owner)])
      const [row] = (await kept().search(owner, { limit: 1 })).rows
      now -= 10_000
      await append([request(owner, { requestId: 'later' })])
      now += 10_000
      await append([request(owner, { requestId: 'last' })])
      const after = row?.seq ?? ''
      expect(await search(owner, { after })).toEqual(['last', 'later'])
      const [later] = (await kept().search(owner, { after, limit: 1 })).rows
      expect(later).toMatchObject({ requestId: 'later' })
      expect(Number.isSafeInteger(Number(row?.seq))).toBe(true)
    })

    test('appends of several at once are all there, at places of their own', async () => {
      const owner = tenant()
      await Promise.all(
        Array.from({ length: 8 }, () => append([request(owner), request(owner), request('')])),
      )
      const all = await kept().search(owner, { limit: 100 })
      expect(new Set(all.rows.map(({ seq }) => seq)).size).toBe(16)
    })

    describe('finds by', () => {
      const owner = 'searched'
      beforeAll(async () => {
        await append([
          request(owner, { requestId: 'plain' }),
          request(owner, {
            ...{ requestId: 'post', method: 'POST', path: '/Users', status: 201 },
            quirks: ['op-capitalised', 'empty-path'],
          }),
          request(owner, { requestId: 'group', path: '/Groups/2', resource: '2' }),
          request(owner, { requestId: 'taken', status: 409, result: 'rejected' }),
          request(owner, { requestId: 'fault', status: 500, result: 'failed', key: 'key-2' }),
          request(owner, { requestId: 'slow', milliseconds: 900, agent: 'Azure AD%_\\' }),
          request(owner, { requestId: 'bare', key: null, agent: null, resource: null }),
        ])
        now += 60_000
        await append([request(owner, { requestId: 'late' })])
        now -= 60_000
      })
      const cases: [string, Partial<JournalQuery>, string[]][] = [
        ['method', { method: 'POST' }, ['post']],
        ['the beginning of the path', { path: '/Gr' }, ['group']],
        ['the beginning of the path, letter case ignored', { path: '/gROUPS' }, ['group']],
        ['what the path contains', { path: 'oups/2' }, ['group']],
        ['a path of which it is no beginning', { path: '/2' }, []],
        ['key', { key: 'key-2' }, ['fault']],
        ['a quirk', { quirk: 'empty-path' }, ['post']],
        ['a part of a quirk', { quirk: 'path' }, []],
        ['any quirk', { quirk: 'any' }, ['post']],
        ['what the agent contains, letter case ignored', { agent: ['aZURE'] }, ['slow']],
        ['what the agent contains, which is no pattern', { agent: ['%_\\'] }, ['slow']],
        ['one of several parts of the agent', { agent: ['nobody', 'azure', 'ad%'] }, ['slow']],
        ['an agent nobody has', { agent: ['nobody'] }, []],
        ['failure', { status: { from: 400, to: 599 } }, ['fault', 'taken']],
        ['one status', { status: { from: 201, to: 201 } }, ['post']],
        ['how long it took', { slower: 900 }, ['slow']],
        ['request id', { requestId: 'taken' }, ['taken']],
        ['resource', { resource: '2' }, ['group']],
        ['result', { result: 'rejected' }, ['taken']],
        ['when it came', { from: start + 60_000 }, ['late']],
        ['all of these', { method: 'GET', path: '/Users', key: 'key-2', slower: 1 }, ['fault']],
      ]
      test.each(cases)('%s', async (_, query, found) => {
        expect(await search(owner, query)).toEqual(found)
      })
      test('until when it came', async () => {
        expect(await search(owner, { to: start + 60_000 })).not.toContain('late')
        expect(await search(owner, { to: start + 60_000 })).toHaveLength(7)
      })
    })

    test('tells what was answered to several at once, of their tenant alone', async () => {
      const [owner, other] = [tenant(), tenant()]
      const detail = 'There is no "x",\u0000 \\ "request":{'
      const body = 'x'.repeat(20_000)
      const response = { headers: {}, body, omitted: null }
      await append([
        request(owner, { requestId: 'said', route: '/Users', detail, response }),
        request(owner, { requestId: 'silent', route: '*', detail: null }),
        request(other, { requestId: 'of another' }),
      ])
      const [silent, said] = (await kept().search(owner, { limit: 2 })).rows
      const [foreign] = (await kept().search(other, { limit: 1 })).rows
      const seqs = [silent, said, foreign].map((row) => row?.seq ?? '')
      const found = await kept().reasons(owner, [...seqs, '1'])
      expect(found.toSorted((a, b) => Number(a.seq) - Number(b.seq))).toEqual([
        { seq: said?.seq, route: '/Users', detail },
        { seq: silent?.seq, route: '*', detail: null },
      ])
    })

    test('adds up the counts of a minute', async () => {
      const owner = tenant()
      await append([], { counts: [minute(owner, start, { requests: 2, users: 1 })] })
      await append([], {
        counts: [
          minute(owner, start, { requests: 3, refused: 1 }),
          minute(owner, start + 60_000, { requests: 1 }),
          minute(owner, start, { key: '', requests: 7 }),
        ],
      })
      expect(await kept().minutes(owner, start)).toEqual([
        minute(owner, start, { key: '', requests: 7 }),
        minute(owner, start, { requests: 5, users: 1, refused: 1 }),
        minute(owner, start + 60_000, { requests: 1 }),
      ])
      expect(await kept().minutes(owner, start + 1)).toHaveLength(1)
    })

    test('tells what was counted and not kept, within a time, for as long as the rest is kept', async () => {
      const owner = tenant()
      const later = start + 600_000
      await append([], {
        counts: [
          minute(owner, start, { requests: 3, unkept: 2 }),
          minute(owner, start, { key: '', requests: 1, unkept: 1 }),
          minute(owner, start + 60_000, { requests: 9 }),
          minute(owner, later, { requests: 4, unkept: 4 }),
        ],
      })
      const all = { count: 7, from: start, to: later + 60_000 }
      expect(await kept().unkept(owner, {})).toEqual(all)
      expect(await kept().unkept(owner, { from: start + 1, to: later })).toEqual({
        ...{ count: 3, from: start, to: start + 60_000 },
      })
      expect(await kept().unkept(owner, { from: start + 60_000, to: later })).toBeUndefined()
      expect(await kept().unkept(tenant(), {})).toBeUndefined()
      const sweep = (before: number) =>
        kept().sweep({
          ...{ tenants: [{ tenant: owner, before }], bytes: 1e9 },
          counts: later + 1,
        })
      await sweep(start)
      expect(await kept().unkept(owner, {})).toEqual(all)
      expect(await kept().minutes(owner, start)).toHaveLength(3)
      await sweep(start + 1)
      expect(await kept().unkept(owner, {})).toMatchObject({ count: 4, from: later })
    })

    test('remembers when a key first did something, for ever', async () => {
      const owner = tenant()
      const first = { tenant: owner, key: 'key-1', what: 'reached', at: start } as const
      const other = { ...first, key: 'key-2', at: start + 7 }
      await append([], { firsts: [first] })
      await append([], { firsts: [{ ...first, at: start + 5 }, other] })
      await kept().sweep({
        tenants: [{ tenant: owner, before: start + 10 }],
        bytes: 1e9,
        counts: 0,
      })
      expect(await kept().firsts(owner)).toEqual([first, other])
    })

    test('forgets what came before a moment, of that tenant alone', async () => {
      const [one, other] = [tenant(), tenant()]
      await append([request(one, { requestId: 'old' }), request(other, { requestId: 'old too' })])
      const [row] = (await kept().search(one, { limit: 1 })).rows
      now += 86_400_000
      await append([request(one, { requestId: 'new' })])
      const counts = { counts: [minute(one, start, { requests: 1 })] }
      await append([], counts)
      await kept().sweep({
        tenants: [{ tenant: one, before: now - 1_000 }],
        bytes: 1e9,
        counts: start + 1,
      })
      expect(await search(one)).toEqual(['new'])
      expect(await kept().request(one, row?.seq ?? '')).toBeUndefined()
      expect(await search(other)).toEqual(['old too'])
      expect((await kept().search(one, { limit: 1 })).rows[0]?.agent).toBe('Client "é"/1.0')
      expect(await kept().minutes(one, 0)).toEqual([])
    })

    // The last of all, since it forgets what the others have appended.
    test('forgets the oldest of whoever has most when there is too much', async () => {
      await kept().sweep({ tenants: [], bytes: 1, counts: 0 })
      const owner = tenant()
      const body = 'x'.repeat(10_000)
      const response = { headers: {}, body, omitted: null }
      for (let index = 0; index < 20; index++) {
        now += 3_600_000
        await append([request(owner, { requestId: String(index), response })])
      }
      await kept().sweep({ tenants: [], bytes: 55_000, counts: 0 })
      const left = await search(owner)
      expect(left).toEqual(['19', '18', '17', '16', '15'])
      const [oldest] = (await kept().search(owner, { limit: 5 })).rows.slice(-1)
      expect(await kept().keptSince(owner)).toBe(oldest?.at)
      // Until they would be gone for their age.
      const sweep = (before: number) =>
        kept().sweep({ ...{ tenants: [{ tenant: owner, before }], bytes: 55_000 }, counts: 0 })
      await sweep(now - 5 * 3_600_000)
      expect(await kept().keptSince(owner)).toBe(oldest?.at)
      await sweep(now - 4 * 3_600_000 + 1)
      expect(await search(owner)).toHaveLength(4)
      expect(await kept().keptSince(owner)).toBeUndefined()
      // All of one minute, and more of one batch than may stay.
      const ids = Array.from({ length: 20 }, (_, index) => `batch ${index}`)
      await append(ids.map((requestId) => request(owner, { requestId, response })))
      await kept().sweep({ tenants: [], bytes: 55_000, counts: 0 })
      expect(await search(owner)).toEqual(ids.slice(-5).reverse())
      // A flood of nobody's pushes nobody else out.
      await append(ids.map((requestId) => request('', { requestId, response })))
      await kept().sweep({ tenants: [], bytes: 120_000, counts: 0 })
      expect(await search(owner)).toHaveLength(5)
      expect(await search('')).toEqual(['batch 19'])
      // Nor does that of a tenant push out another, older as its requests may be.
      const [loud, louder] = [tenant(), tenant()]
      now += 3_600_000
      await append(ids.slice(0, 10).map((requestId) => request(loud, { requestId, response })))
      await append(ids.map((requestId) => request(louder, { requestId, response })))
      await kept().sweep({ tenants: [], bytes: 200_000, counts: 0 })
      const lengths = [search(owner), search(loud), search(louder)].map(
        async (all) => (await all).length,
      )
      expect(await Promise.all(lengths)).toEqual([5, 6, 6])
      expect(await search(louder)).toEqual(ids.slice(-6).reverse())
      await kept().sweep({ tenants: [], bytes: 1, counts: 0 })
      expect(await search(owner)).toEqual([])
      // Nothing is left, and yet it is known that something was.
      expect(await kept().keptSince(louder)).toBe(now + 1)
    })
  })
}
