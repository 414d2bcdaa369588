/** Every request into the journal, through the threads, on both databases. */

import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import { Client } from 'pg'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { RequestEntry } from '../src/http/handler.ts'
import { newSecret } from '../src/server/api-keys.ts'
import type { DatabaseAddress } from '../src/server/config.ts'
import { openDatabase } from '../src/server/database.ts'
import { sweep } from '../src/server/journal/keep-small.ts'
import { Keeper } from '../src/server/journal/keeper.ts'
import { Packing } from '../src/server/journal/packing.ts'
import { type Recorder, startRecorder } from '../src/server/journal/recorder.ts'
import { startThread } from '../src/server/journal/thread-handle.ts'
import { createTenant, defaultSettings } from '../src/server/tenants.ts'
import { StoreUnavailable } from '../src/store/store.ts'
import { journalFile, openSqliteJournal } from '../src/stores/sqlite/journal.ts'
import { freshDatabase } from './support/postgres.ts'

const at = Date.UTC(2026, 10, 25, 12, 0, 30)

function entry(more: Partial<RequestEntry> & { readonly headers?: Record<string, string> } = {}) {
  const { headers = {}, ...rest } = more
  const sent: Record<string, string> = { accept: '*/*', 'user-agent': 'Client/1.0' }
  const request = {
    method: 'GET',
    target: '/',
    header: (name: string) => sent[name] ?? null,
    body: async () => undefined,
    signal: new AbortController().signal,
  }
  const response = {
    status: more.status ?? 200,
    headers: { 'X-Request-Id': 'r', 'Content-Type': 'application/scim+json', ...headers },
    body: '{"id":"1"}',
  }
  return {
    requestId: 'r-1',
    at,
    durationMs: 2.4,
    method: 'GET',
    path: '/Users/1',
    route: '/Users/{id}',
    status: 200,
    tenant: 'acme',
    actor: 'key:k1',
    address: '192.0.2.1',
    agent: 'Client/1.0',
    quirks: [],
    resource: '1',
    settings: defaultSettings,
    query: '',
    request,
    response,
    ...rest,
  } satisfies RequestEntry
}

const DATABASES = ['sqlite', 'postgres'] as const

describe.each(DATABASES)('the journal on %s', (kind) => {
  let address: DatabaseAddress
  let recorder: Recorder
  let failures: string[]
  const lost = (count: number, why: Error) => failures.push(`${count}: ${why.message}`)
  let folder: string
  let drop: () => Promise<void>

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'rollcall-'))
    failures = []
    if (kind === 'sqlite') {
      address = { kind, file: join(folder, 'rollcall.db') }
      drop = async () => undefined
    } else {
      const fresh = await freshDatabase()
      address = { kind, url: fresh.url }
      drop = fresh.drop
    }
    await (await openDatabase(address, { create: true, lock: false })).close()
    recorder = startRecorder(address, { lost })
  })
  afterEach(async () => {
    await recorder.close()
    await drop()
    rmSync(folder, { recursive: true })
    expect(failures).toEqual([])
  })

  const listed = async (tenant = 'acme') => {
    await recorder.settled()
    return (await recorder.search(tenant, { limit: 1_000 })).rows
  }
  const last = async (tenant = 'acme') => {
    const [row] = await listed(tenant)
    return await recorder.request(tenant, row?.seq ?? '')
  }

  test('keeps a read with its answer', async () => {
    recorder.record(entry({ query: 'attributes=id', headers: { ETag: 'W/"3"' } }))
    expect(await last()).toMatchObject({
      requestId: 'r-1',
      milliseconds: 2,
      result: 'success',
      key: 'k1',
      query: 'attributes=id',
      request: {
        headers: { Accept: '*/*', 'User-Agent': 'Client/1.0' },
        body: null,
        omitted: null,
      },
      response: {
        headers: { 'Content-Type': 'application/scim+json', ETag: 'W/"3"', 'X-Request-Id': 'r-1' },
        body: '{"id":"1"}',
        omitted: null,
      },
    })
  })

  test('has no password and no key in any byte of what it keeps', async () => {
    const text = '{"userName":"b","password":"correct horse"}'
    const detail = '"correct horse" is too weak'
    const body = JSON.stringify({ detail })
    const more = { method: 'POST', path: '/Users', route: '/Users', text, status: 400, detail }
    const one = entry(more)
    recorder.record({ ...one, response: { ...one.response, body } })
    const kept = JSON.stringify(await last())
    expect(kept).toContain('userName')
    expect(kept).not.toContain('correct horse')
    if (address.kind !== 'sqlite') return
    await recorder.close()
    expect(readFileSync(join(folder, 'rollcall.requests.db')).includes('correct horse')).toBe(false)
  })

  test('loses no neighbour of a request that nobody can read', async () => {
    const levels = 200_000
    const nested = `${'['.repeat(levels)}${']'.repeat(levels)}`
    const texts = [
      `{"password":"correct horse","x":${nested}}`,
      `{"active":${nested}}`,
      '{"Operations":[{"op":{"toString":1},"path":{"toString":1}}]}',
    ]
    const change = { method: 'PATCH', status: 200 } as const
    for (const text of texts) recorder.record(entry({ ...change, text }))
    recorder.record(entry({ ...change, resource: '\0' }))
    recorder.record(entry({ ...change, resource: `${'x'.repeat(199)}\u{1F600}` }))
    recorder.record(entry({ requestId: 'neighbour', tenant: 'other' }))
    expect(await listed('other')).toMatchObject([{ requestId: 'neighbour' }])
    expect(await listed()).toHaveLength(5)
  })

  test('loses no neighbour of a request that no database takes', async () => {
    recorder.record(entry({ requestId: 'before' }))
    for (const requestId of ['never', 'after', 'nor', 'last']) {
      const isSpoilt = requestId.startsWith('n')
      recorder.record(entry({ requestId, ...(isSpoilt && { at: Number.NaN }) }))
    }
    const kept = await listed()
    expect(kept.map(({ requestId }) => requestId).toSorted()).toEqual(['after', 'before', 'last'])
    expect(failures.splice(0)).toEqual([expect.stringMatching(/^2: /)])
  })

  test('has no key in any byte of what it keeps, wherever a client puts it', async () => {
    const key = newSecret()
    const one = entry({
      ...{ path: `/Users/${key}`, resource: key, requestId: key, query: `a=${key}` },
      ...{ agent: `${'x'.repeat(190)}${key}`, detail: `no ${key}`, status: 404 },
    })
    const sent: Record<string, string> = { accept: key, 'if-none-match': `W/"${key}"` }
    const request = { ...one.request, header: (name: string) => sent[name] ?? null }
    recorder.record({ ...one, request })
    const kept = JSON.stringify(await last())
    expect(kept).toContain('rc_[redacted]')
    expect(kept).not.toContain(key.slice(0, 10))
  })

  test('cuts off a long body, and says so of an answer that was sent in pieces', async () => {
    const one = entry({ method: 'PUT', text: JSON.stringify({ title: 'x'.repeat(100_000) }) })
    const pieces = (async function* () {
      yield 'piece'
    })()
    recorder.record({ ...one, response: { ...one.response, body: pieces } })
    const kept = await last()
    expect(kept?.request).toMatchObject({ omitted: 'size' })
    expect(kept?.request.body).toHaveLength(64 * 1024)
    expect(kept?.response).toMatchObject({ omitted: 'size', body: null })
  })

  test('keeps what is cut off in the middle of a character', async () => {
    for (const before of ['', 'x']) {
      const long = before + '😀'.repeat(50_000)
      const one = entry({ text: long, path: long, query: `filter=${long}`, agent: long })
      recorder.record({
        ...one,
        status: 400,
        detail: long,
        response: { ...one.response, body: long },
      })
    }
    const kept = await listed()
    expect(kept).toHaveLength(2)
    expect(failures.splice(0)).toEqual([])
  })

  test('keeps as much as the tenant wants', async () => {
    const text = '{"active":false}'
    const change = { method: 'PATCH', text } as const
    recorder.record(entry({ requestId: 'a', settings: { ...defaultSettings, bodies: 'writes' } }))
    recorder.record(
      entry({ requestId: 'b', ...change, settings: { ...defaultSettings, bodies: 'writes' } }),
    )
    recorder.record(
      entry({ requestId: 'c', ...change, settings: { ...defaultSettings, bodies: 'none' } }),
    )
    recorder.record(entry({ requestId: 'd', settings: { ...defaultSettings, retention: 0 } }))
    const create = { method: 'POST', path: '/Users', route: '/Users', status: 409 } as const
    const named = { ...create, text: '{"userName":"bjensen"}' }
    recorder.record(
      entry({ requestId: 'e', ...named, settings: { ...defaultSettings, bodies: 'none' } }),
    )
    const rows = await listed()
    expect(rows.map(({ requestId }) => requestId)).toEqual(['e', 'c', 'b', 'a'])
    const kept = await Promise.all(rows.map(({ seq }) => recorder.request('acme', seq)))
    expect(kept.map((one) => one?.response.omitted)).toEqual([
      ...['setting', 'setting', null, 'setting'],
    ])
    // Nor whom a create was to make, which would be a part of its body.
    expect(kept[0]).not.toHaveProperty('wanted')
    expect(kept.map((one) => one?.request.body)).toEqual([null, null, text, null])
    const [minute] = await recorder.minutes('acme', 0)
    expect(minute).toMatchObject({ minute: at - 30_000, requests: 5, changed: 2, key: 'k1' })
  })

  test('counts what was done, and knows when it was first', async () => {
    const post = { method: 'POST', path: '/Users', route: '/Users', status: 201 } as const
    recorder.record(entry({ at: at + 1, status: 401, refused: 'revoked' }))
    recorder.record(entry({ at: at + 2 }))
    recorder.record(entry({ at: at + 3, ...post, text: '{}' }))
    const members = { path: 'members', op: 'Add', value: [{ value: '1' }, { value: '2' }] }
    const text = JSON.stringify({ Operations: [members] })
    const group = { method: 'PATCH', route: '/Groups/{id}', status: 204, text } as const
    recorder.record(entry({ at: at + 4, ...group }))
    // Said again beside another change it makes nobody leave.
    const still = { method: 'PATCH', text: '{"active":false}', deactivates: false }
    recorder.record(entry({ at: at + 4, ...still }))
    recorder.record(entry({ at: at + 5, method: 'PATCH', text: '{}', deactivates: true }))
    recorder.record(entry({ at: at + 6, method: 'DELETE', status: 204 }))
    recorder.record(entry({ at: at + 7, status: 503 }))
    await recorder.settled()
    expect(await recorder.minutes('acme', 0)).toEqual([
      {
        ...{ tenant: 'acme', key: 'k1', minute: at - 30_000, requests: 8, refused: 1, failed: 1 },
        ...{ users: 1, groups: 0, members: 2, changed: 3, suspended: 1, unkept: 0 },
      },
    ])
    const firsts = async (key: string) =>
      Object.fromEntries(
        (await recorder.firsts('acme'))
          .filter((first) => first.key === key)
          .map(({ what, at: when }) => [what, when - at]),
      )
    const all = { reached: 1, accepted: 2, read: 2, created: 3, deactivated: 5 }
    expect(await firsts('k1')).toEqual(all)
    recorder.record(entry({ at: at + 8, actor: 'key:k2' }))
    await recorder.settled()
    expect(await firsts('k2')).toEqual({ reached: 8, accepted: 8, read: 8 })
    expect(await firsts('k1')).toEqual(all)
  })

  test('sees a change that changed nothing', async () => {
    const answer = (modified: number) => {
      const one = entry({ method: 'PATCH', text: '{}' })
      const meta = { lastModified: new Date(modified).toISOString() }
      return { ...one, response: { ...one.response, body: JSON.stringify({ meta }) } }
    }
    recorder.record(answer(at - 1))
    recorder.record(answer(at))
    expect((await listed()).map(({ result }) => result)).toEqual(['success', 'noChange'])
  })

  test('keeps a request of nobody apart', async () => {
    const { tenant: _, actor: __, settings: ___, ...unknown } = entry({ status: 401 })
    const headers = { 'WWW-Authenticate': 'Bearer realm="SCIM"' }
    const response = { ...unknown.response, headers }
    recorder.record({ ...unknown, response, refused: 'unknown' })
    expect(await listed()).toEqual([])
    expect(await listed('')).toMatchObject([{ status: 401, refused: 'unknown', key: null }])
    expect((await last(''))?.response.headers).toMatchObject(headers)
    expect(await recorder.firsts('')).toEqual([])
    const words: Record<string, string> = {
      ...{ authorization: 'Basic YWRhOmh1bnRlcjIy', accept: 'YWRhOmh1bnRlcjIy' },
    }
    const request = { ...unknown.request, header: (name: string) => words[name] ?? null }
    const more = { path: '/Users/hunter22', query: 'k=hunter22', agent: 'x Bearer hunter22' }
    recorder.record({ ...unknown, ...more, request, requestId: 'other', refused: 'malformed' })
    const kept = await last('')
    expect(kept).toMatchObject({
      ...{ path: '/Users/[redacted]', query: 'k=[redacted]', agent: 'x Bearer [redacted]' },
    })
    expect(JSON.stringify(kept)).not.toMatch(/hunter22|YWRh/)
  })

  test('leaves out reads when it falls behind, and never a change or a refusal', async () => {
    for (let index = 0; index < 20_000; index++) {
      recorder.record(entry({ requestId: `read-${index}` }))
      if (index % 100 === 0) {
        recorder.record(entry({ requestId: `change-${index}`, method: 'PATCH', text: '{}' }))
        recorder.record(entry({ requestId: `refusal-${index}`, status: 404 }))
      }
    }
    await recorder.settled()
    const { rows: all } = await recorder.search('acme', { limit: 30_000 })
    const of = (kind: string) => all.filter(({ requestId }) => requestId.startsWith(kind))
    expect(of('change')).toHaveLength(200)
    expect(of('refusal')).toHaveLength(200)
    const unkept = 20_000 - of('read').length
    expect(unkept).toBeGreaterThan(0)
    const minute = { from: at - 30_000, to: at + 30_000 }
    expect(await recorder.unkept('acme', {})).toEqual({ count: unkept, ...minute })
    expect(await recorder.unkept('acme', { to: minute.from })).toBeUndefined()
    expect((await recorder.minutes('acme', 0))[0]?.requests).toBe(20_400)
    const change = await recorder.request('acme', of('change')[0]?.seq ?? '')
    expect(change?.request.body).toBe('{}')
    const read = await recorder.request('acme', of('read')[0]?.seq ?? '')
    expect(read?.response.omitted).toBe('load')
  })

  test('keeps a storm of reads whole that changes and refusals are mixed with', async () => {
    let number = 0
    for (let index = 0; index < 6_000; index++) {
      const requestId = `read-${number++}`
      recorder.record(entry({ requestId, path: '/Users', at: at + Math.floor(index / 5) }))
      if (index % 50 === 49) {
        const status = index % 100 === 99 ? 404 : 200
        recorder.record(
          entry({ requestId: `other-${number++}`, method: 'PATCH', status, text: '{}' }),
        )
      }
      if (index % 1_000 === 999) await recorder.settled()
    }
    await recorder.settled()
    const { rows: all } = await recorder.search('acme', { limit: 20_000 })
    expect(all.map(({ requestId }) => Number(requestId.split('-')[1]))).toEqual(
      Array.from({ length: number }, (_, index) => number - 1 - index),
    )
    expect(await recorder.unkept('acme', {})).toBeUndefined()
  })

  test('keeps a storm of reads in its order, and what came after it', async () => {
    const many = 3 * 128
    for (let index = 0; index < many; index++) {
      recorder.record(entry({ requestId: `read-${index}`, query: 'count=1' }))
    }
    recorder.record(entry({ requestId: 'change', method: 'PATCH', text: '{}' }))
    await recorder.settled()
    const { rows: all } = await recorder.search('acme', { limit: 1_000 })
    expect(all.map(({ requestId }) => requestId).reverse()).toEqual([
      ...Array.from({ length: many }, (_, index) => `read-${index}`),
      'change',
    ])
    expect((await recorder.minutes('acme', 0))[0]?.requests).toBe(many + 1)
    const read = await recorder.request('acme', all.at(-1)?.seq ?? '')
    expect(read?.response).toMatchObject({ body: '{"id":"1"}', omitted: null })

    // Parameters in its paths are taken out.
    for (let index = 0; index < 256; index++) {
      recorder.record(entry({ path: '/Users/x;pin=hunter2', resource: 'x;pin=hunter2' }))
    }
    await recorder.settled()
    const [row] = (await recorder.search('acme', { limit: 1 })).rows
    expect(row).toMatchObject({ path: '/Users/x;pin=[redacted]', resource: 'x;pin=[redacted]' })
  })

  test('forgets what is older than its tenant wants', async () => {
    const database = await openDatabase(address, { create: false, lock: false })
    const settings = { retention: 7 }
    const { id } = await createTenant(database.registry, 'short', settings, () => at)
    recorder.record(entry({ tenant: id }))
    recorder.record(entry())
    expect(await listed(id)).toHaveLength(1)
    await sweep(recorder, database.registry, 1e9, Date.now() + 6 * 86_400_000)
    expect(await listed(id)).toHaveLength(1)
    await sweep(recorder, database.registry, 1e9, Date.now() + 8 * 86_400_000)
    expect(await listed(id)).toEqual([])
    expect(await listed()).toHaveLength(1)
    await database.close()
  })
})

describe('a journal that cannot be opened', () => {
  let folder: string
  let address: DatabaseAddress
  let losses: { count: number; why: Error }[]
  const lost = (count: number, why: Error) => losses.push({ count, why })
  const pause = { first: 5, most: 5 }

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'rollcall-'))
    address = { kind: 'sqlite', file: join(folder, 'rollcall.db') }
    losses = []
    mkdirSync(join(folder, 'rollcall.requests.db'))
  })
  afterEach(() => rmSync(folder, { recursive: true }))

  test('is opened again, and nothing is lost', async () => {
    const recorder = startRecorder(address, { lost, pause })
    recorder.record(entry())
    await expect(recorder.search('acme', { limit: 1 })).rejects.toThrow(StoreUnavailable)
    await vi.waitFor(() => expect(losses.length).toBeGreaterThan(1), 10_000)
    rmSync(join(folder, 'rollcall.requests.db'), { recursive: true })
    await recorder.settled()
    expect((await recorder.search('acme', { limit: 2 })).rows).toHaveLength(1)
    await recorder.close()
    expect(losses.reduce((sum, { count }) => sum + count, 0)).toBe(0)
    expect(losses[0]?.why.message).toBe('the database is not available: the file cannot be opened')
  })

  test('has lost what it was given when it ends', async () => {
    const recorder = startRecorder(address, { lost, pause })
    recorder.record(entry())
    recorder.record(entry())
    await recorder.close()
    const message = 'the database is not available: the file cannot be opened'
    expect(losses.at(-1)).toMatchObject({ count: 2, why: { name: 'StoreUnavailable', message } })
  })
})

test('a thread that dies is followed by another, and what was in it is counted', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'rollcall-'))
  const address = { kind: 'sqlite', file: join(folder, 'rollcall.db') } as const
  const dying = `
    const { parentPort } = require('node:worker_threads')
    parentPort.postMessage({ kind: 'open' })
    parentPort.on('message', () => { throw new TypeError('a fault') })`
  const losses: string[] = []
  let started = 0
  const keeper = new Keeper({
    start: () => (started++ ? startThread(address, 'keep') : new Worker(dying, { eval: true })),
    lost: (count, why) => losses.push(`${count}: ${why.name}: ${why.message}`),
  })
  const load = (requestId: string) => {
    const parcel = new Packing(at)
    parcel.add(entry({ requestId }), '', 'row')
    return { ...parcel.closed(), at, tenants: new Map([['acme', 1]]) }
  }
  keeper.take(load('lost'))
  await vi.waitFor(() => expect(losses).toEqual(['1: TypeError: a fault']), 10_000)
  keeper.take(load('kept'))
  await vi.waitFor(() => expect(keeper.requests).toBe(0), 10_000)
  await keeper.close(5_000)
  const journal = openSqliteJournal({ file: journalFile(address.file), now: Date.now })
  const { rows } = await journal.search('acme', { limit: 5 })
  expect(rows.map(({ requestId }) => requestId)).toEqual(['kept'])
  expect((await journal.unkept('acme', {}))?.count).toBe(1)
  await journal.close()
  rmSync(folder, { recursive: true })
  expect(losses).toHaveLength(1)
})

test('the journal ends although its database does not answer, and says what it lost', async () => {
  const { url, drop } = await freshDatabase()
  const other = new Client({ connectionString: url })
  await other.connect()
  await other.query('begin; lock table requests in access exclusive mode')
  const failures: string[] = []
  const lost = (count: number, why: Error) => failures.push(`${count}: ${why.message}`)
  const recorder = startRecorder({ kind: 'postgres', url }, { lost, patience: 100 })
  recorder.record(entry())
  await recorder.close()
  expect(failures).toEqual(['1: there was no time left'])
  await other.end()
  await drop()
})

test.each([
  ['bodies', { method: 'PUT', text: 'x'.repeat(1_000_000) }, 100],
  ['long URLs', { status: 404, path: 'x'.repeat(9_000), query: 'x'.repeat(9_000) }, 12_000],
])('the journal holds no more than its share of %s while it waits', async (_, more, times) => {
  const { url, drop } = await freshDatabase()
  const other = new Client({ connectionString: url })
  await other.connect()
  await other.query('begin; lock table requests in access exclusive mode')
  const lost = () => undefined
  const recorder = startRecorder({ kind: 'postgres', url }, { lost, patience: 100 })
  for (let index = 0; index < times; index++) recorder.record(entry(more))
  expect(recorder.recorded() - times * 600).toBeLessThan(68 * 1024 * 1024)
  await recorder.close()
  await other.end()
  await drop()
})
