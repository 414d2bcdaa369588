/** Activity, Overview and Connect: over requests that were really made and really kept. */

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { RequestEntry } from '../../src/http/handler.ts'
import { ofJournal } from '../../src/server/admin/activity.ts'
import type {
  ActivityDetail,
  ActivityPage,
  ConnectView,
  ExportedRow,
  Overview,
} from '../../src/server/admin/types.ts'
import { createKey } from '../../src/server/api-keys.ts'
import { type Recorder, startRecorder } from '../../src/server/journal/recorder.ts'
import { defaultSettings } from '../../src/server/tenants.ts'
import { noCounts } from '../../src/store/journal.ts'
import { StoreUnavailable } from '../../src/store/store.ts'
import { Connection } from '../../src/stores/sqlite/connection.ts'
import { journalFile, openSqliteJournal } from '../../src/stores/sqlite/journal.ts'
import { startConsole, type TestConsole } from '../support/console.ts'

let at: TestConsole
let recorder: Recorder
const folder = mkdtempSync(join(tmpdir(), 'rollcall-'))
const failures: string[] = []

const read = async <T>(path: string, who: 'viewer' | 'stranger' = 'viewer') =>
  (await (await at.as(who, `/tenants/main${path}`)).json()) as T

function entry(more: Partial<RequestEntry>): RequestEntry {
  const request = {
    ...{ method: 'GET', target: '/', header: () => null, body: async () => undefined },
    signal: new AbortController().signal,
  }
  return {
    ...{ requestId: 'r', at: Date.now(), durationMs: 2, method: 'GET', path: '/Users/1' },
    ...{ route: '/Users/{id}', status: 200, tenant: at.main.id, query: '', quirks: [] },
    ...{ settings: defaultSettings, request, response: { status: 200, headers: {}, body: '{}' } },
    ...more,
  }
}

beforeAll(async () => {
  const address = { kind: 'sqlite', file: join(folder, 'rollcall.db') } as const
  recorder = startRecorder(address, { lost: (_, why) => failures.push(why.message) })
  // What of the service needs the database is put in once there is one.
  const later: Record<string, unknown> = { journal: recorder }
  at = await startConsole('sqlite', later)
  Object.assign(at.service, ofJournal(recorder, at.database.registry))
  const wanted = { tenant: at.main.id, name: 'Entra', scope: 'write', lifetime: null } as const
  const { key } = await createKey(at.database.registry, wanted, at.service)
  const actor = `key:${key.id}`
  const query = 'filter=userName%20eq%20%22a%22&token=hunter22'
  recorder.record(entry({ requestId: 'read', actor, agent: '=1+1', resource: 'u1', query }))
  recorder.record(
    entry({
      ...{ requestId: 'made', actor, method: 'POST', path: '/Users', route: '/Users', status: 201 },
      agent: 'Azure AD SCIM',
      ...{ text: '{"userName":"o\'hara"}', quirks: ['op-capitalised'], resource: 'u2' },
    }),
  )
  recorder.record(
    entry({
      ...{ requestId: 'twice', actor, path: '/scim/v2/Users', route: '*', status: 404 },
      ...{ detail: 'There is no such endpoint', scimType: undefined },
    }),
  )
  await recorder.settled()
})
afterAll(async () => {
  await recorder.close()
  await at.close()
  rmSync(folder, { recursive: true })
  expect(failures).toEqual([])
})

describe('Activity', () => {
  test('lists requests, the newest first, with the name of their key', async () => {
    const { rows, next } = await read<ActivityPage>('/activity')
    expect(rows.map(({ requestId }) => requestId)).toEqual(['twice', 'made', 'read'])
    expect(rows[0]?.key?.name).toBe('Entra')
    expect(rows[2]?.query).toBe('filter=userName%20eq%20%22a%22&token=[redacted]')
    expect(next).toBeNull()
  })

  test('goes on where a page ended, and tells what came after a place', async () => {
    const first = await read<ActivityPage>('/activity?count=2')
    const second = await read<ActivityPage>(`/activity?count=2&before=${first.next}`)
    expect(second.rows.map(({ requestId }) => requestId)).toEqual(['read'])
    const later = await read<ActivityPage>(`/activity?after=${second.rows[0]?.seq}`)
    expect(later.rows.map(({ requestId }) => requestId)).toEqual(['twice', 'made'])
  })

  test.each([
    ['status=bad', ['twice']],
    ['status=2xx', ['made', 'read']],
    ['status=201', ['made']],
    ['request=read', ['read']],
    ['resource=u2', ['made']],
    ['q=read', ['read']],
    ['q=u2', ['made']],
    ['path=/Users&method=GET', ['read']],
    ['agent=%3D1', ['read']],
    ['agent=entra%20ID', ['made']],
    ['quirk=op-capitalised', ['made']],
    ['path=users', ['twice', 'made', 'read']],
    ['result=rejected', ['twice']],
  ])('filters by %s', async (query, found) => {
    const { rows } = await read<ActivityPage>(`/activity?${query}`)
    expect(rows.map(({ requestId }) => requestId)).toEqual(found)
  })

  test.each([
    ['slower', '0.5'],
    ['slower', '1e300'],
    ['from', '4503599627370496'],
    ['to', '9007199254740991'],
  ])(
    'refuses %s=%s, which no journal could be asked, and a file of it too',
    async (name, value) => {
      for (const path of ['?', '/export?format=json&']) {
        const refused = await at.as('viewer', `/tenants/main/activity${path}${name}=${value}`)
        expect(refused.status).toBe(400)
        expect(await refused.json()).toMatchObject({ field: name })
      }
    },
  )

  test('shows one whole: texts, quirks, steps, advice, and how to repeat it', async () => {
    const { rows } = await read<ActivityPage>('/activity')
    const [twice, made] = await Promise.all(
      rows.map(({ seq }) => read<ActivityDetail>(`/activity/${seq}`)),
    )
    expect(made?.request.body).toContain('hara')
    expect(made?.quirks[0]?.means).toContain('letter case')
    expect(made?.steps.map(({ name }) => name).slice(-2)).toEqual(['stored', 'answered'])
    expect(made?.curl).toContain(`o'\\''hara`)
    expect(twice?.steps).toMatchObject([{ ok: true }, { name: 'routed', ok: false }, { ok: false }])
    expect(twice?.advice?.cause).toContain('twice')
  })

  test('exports exactly the filtered rows, with no cell that is a formula', async () => {
    const file = await at.as('viewer', '/tenants/main/activity/export?format=csv&status=2xx')
    const name = /^attachment; filename="requests-main-\d{4}-\d\d-\d\dT\d{4}Z\.csv"$/
    expect(file.headers.get('Content-Disposition')).toMatch(name)
    const csv = await file.text()
    expect(csv.trim().split('\r\n')).toHaveLength(3)
    expect(csv).toContain(",'=1+1,")
    expect(csv).toContain(',/Users/1,filter=userName%20eq%20%22a%22&token=[redacted],200,')
    const rows = await read<ExportedRow[]>('/activity/export?format=json')
    expect(rows).toHaveLength(3)
    // The time and the key are the same in both.
    const whole = rows.find(({ requestId }) => requestId === 'read')
    expect(csv).toMatch(new RegExp(`^${whole?.at},read,GET,`, 'm'))
    expect(whole?.at).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/)
    expect(csv).toContain(`,${whole?.key?.name},${whole?.key?.id},`)
    // With the reason that its page gives.
    const [twice] = (await read<ActivityPage>('/activity?status=4xx')).rows
    const { advice } = await read<ActivityDetail>(`/activity/${twice?.seq}`)
    expect(advice?.cause).toContain('twice')
    const { cause, says: detail } = advice ?? {}
    expect(rows.map((row) => [row.requestId, row.cause, row.detail])).toEqual([
      ['twice', cause, detail],
      ...['made', 'read'].map((id) => [id, null, null]),
    ])
    const refused = await at.as('viewer', '/tenants/main/activity/export?format=csv&status=4xx')
    expect(await refused.text()).toContain(cause)
  })

  test('goes on to the end where one search ends early, in a file as on pages', async () => {
    const file = journalFile(join(folder, 'rollcall.db'))
    const limits = { reads: 1, jumps: 1, looks: 1 }
    const hasty = openSqliteJournal({ file, readonly: true, now: Date.now, limits })
    Object.assign(at.service, { journal: hasty })
    try {
      const page = await read<ActivityPage>('/activity?path=/Users/&count=1')
      expect(page).toMatchObject({ rows: [], next: expect.any(String) })
      expect(page.searchedTo).toBeTypeOf('number')
      const path = '/activity/export?path=/Users/'
      const rows = await read<{ requestId: string }[]>(`${path}&format=json`)
      expect(rows.map(({ requestId }) => requestId)).toEqual(['read'])
      const csv = await at.as('viewer', `/tenants/main${path}&format=csv`)
      expect((await csv.text()).split('\r\n')).toHaveLength(3)
    } finally {
      Object.assign(at.service, { journal: recorder })
      await hasty.close()
    }
  })

  test('says how many came that are in no list, on a page and first in a file', async () => {
    const file = journalFile(join(folder, 'rollcall.db'))
    const writer = openSqliteJournal({ file, now: Date.now })
    const minute = 1_700_000_040_000
    const counted = { ...noCounts, tenant: at.main.id, key: '', minute, unkept: 7, requests: 7 }
    await writer.append({ requests: [], firsts: [], counts: [counted] })
    const until = minute + 60_000
    const from = `from=${minute}&to=${until}`
    const page = await read<ActivityPage>(`/activity?${from}`)
    expect(page).toMatchObject({ rows: [], unkept: { count: 7, from: minute, to: until } })
    expect((await read<ActivityPage>(`/activity?to=${minute}`)).unkept).toBeNull()
    const told = { at: '2023-11-14T22:14:00.000Z', result: 'unkept', unkept: 7 }
    const end = { until: '2023-11-14T22:15:00.000Z' }
    const rows = await read<unknown[]>(`/activity/export?format=json&${from}`)
    expect(rows).toEqual([{ ...told, ...end }])
    const both = await read<unknown[]>('/activity/export?format=json')
    expect(both).toHaveLength(4)
    const path = `/tenants/main/activity/export?format=csv&${from}`
    const [, row] = (await (await at.as('viewer', path)).text()).split('\r\n')
    expect(row).toBe(`${told.at},,,,,,unkept,,,,,,,,,,,,7,${end.until},,,`)
    await writer.close()
  })

  test('says since when they are kept, if older ones had no room, on a page and last in a file', async () => {
    const [oldest] = (await read<ActivityPage>('/activity')).rows.slice(-1)
    const since = oldest?.at ?? 0
    expect((await read<ActivityPage>('/activity')).keptSince).toBeNull()
    const connection = new Connection(journalFile(join(folder, 'rollcall.db')))
    connection.exec(`insert into request_forgotten values ('${at.main.id}', 1)`)
    try {
      expect((await read<ActivityPage>('/activity')).keptSince).toBe(since)
      // Of what came later, none is missing.
      expect((await read<ActivityPage>(`/activity?from=${since}`)).keptSince).toBeNull()
      const told = { at: new Date(since).toISOString(), result: 'forgotten' }
      const rows = await read<unknown[]>('/activity/export?format=json')
      expect(rows.at(-1)).toEqual(told)
      expect(await read('/activity/export?format=json&method=NONE&to=1')).toEqual([told])
      const path = '/tenants/main/activity/export?format=csv'
      const lines = (await (await at.as('viewer', path)).text()).trim().split('\r\n')
      expect(lines.at(-1)).toMatch(`${told.at},,,,,,forgotten,,`)
    } finally {
      connection.exec('delete from request_forgotten')
      connection.close()
    }
  })

  test('a file is refused when its first search fails, and breaks off when a later one does', async () => {
    const failing = (after: number) => {
      let searches = 0
      const search: Recorder['search'] = async (...asked) => {
        if (searches++ >= after) throw new StoreUnavailable('the disk failed')
        return { ...(await recorder.search(...asked)), next: '1' }
      }
      Object.assign(at.service, { journal: { ...recorder, search } })
    }
    try {
      failing(0)
      for (const format of ['csv', 'json']) {
        const path = `/tenants/main/activity/export?format=${format}`
        expect((await at.as('viewer', path)).status).toBe(503)
      }
      failing(1)
      const broken = await at.as('viewer', '/tenants/main/activity/export?format=json')
      expect(broken.status).toBe(200)
      await expect(broken.text()).rejects.toThrow('the disk failed')
    } finally {
      Object.assign(at.service, { journal: recorder })
    }
  })
})

test('Overview counts today and tells how each connection is', async () => {
  const overview = await read<Overview>('/overview')
  expect(overview.today).toMatchObject({ requests: 3, created: 1, refused: 1 })
  expect(overview.connections[0]?.today.requests).toBe(3)
  expect(overview.minutes).toHaveLength(60)
  expect(overview.minutes.reduce((sum, { ok, bad }) => sum + ok + bad, 0)).toBe(3)
})

test('Connect ticks what has happened, and names the trouble of the last request', async () => {
  const { checklist } = await read<ConnectView>('/connect')
  expect(checklist?.created).toBeTypeOf('number')
  expect(checklist?.deactivated).toBeNull()
  expect(checklist?.trouble?.says).toContain('twice')
})

test('requests of nobody are listed for root, and shown one by one', async () => {
  const unknown = { tenant: undefined, actor: undefined, settings: undefined, status: 401 }
  recorder.record(entry({ requestId: 'nobody', ...unknown, refused: 'unknown' }))
  await recorder.settled()
  const page = (await (await at.as('root', '/activity/unclaimed')).json()) as ActivityPage
  expect(page).toMatchObject({
    rows: [{ requestId: 'nobody', status: 401, key: null, refused: 'unknown' }],
    next: null,
  })
  const path = `/activity/unclaimed/${page.rows[0]?.seq}`
  const one = (await (await at.as('root', path)).json()) as ActivityDetail
  expect(one).toMatchObject({ row: page.rows[0], changes: [], steps: [{ ok: false }, {}] })
  expect(one.advice?.cause).toBe('No such API key was ever made here.')
  const [own] = (await read<ActivityPage>('/activity')).rows
  expect((await at.as('root', `/activity/unclaimed/${own?.seq}`)).status).toBe(404)
  expect((await at.as('root', `/tenants/main/activity/${page.rows[0]?.seq}`)).status).toBe(404)
  const { rows } = await read<ActivityPage>('/activity')
  expect(rows.map(({ requestId }) => requestId)).not.toContain('nobody')
})

test('a request is not shown what another of the same id changed', async () => {
  const wanted = { tenant: at.main.id, name: 'Okta', scope: 'write', lifetime: null } as const
  const { key, secret } = await createKey(at.database.registry, wanted, at.service)
  const made = await at.fetch('/scim/v2/Users', {
    method: 'POST',
    headers: { Authorization: `Bearer ${secret}`, 'X-Request-Id': 'chosen' },
    body: { userName: 'chosen' },
  })
  const { id: resource } = (await made.json()) as { readonly id: string }
  const one = { ...entry({ requestId: 'chosen', resource }), method: 'POST', status: 201 }
  for (const actor of [`key:${key.id}`, 'key:another']) recorder.record({ ...one, actor })
  await recorder.settled()
  const { rows } = await read<ActivityPage>('/activity?request=chosen')
  expect(rows[0]?.about).toBe('chosen')
  const seen = await Promise.all(rows.map(({ seq }) => read<ActivityDetail>(`/activity/${seq}`)))
  expect(seen.map(({ row, changes }) => [row.key?.id, changes.length])).toEqual([
    ['another', 0],
    [key.id, 1],
  ])
})

test('a clash names the value, and whoever of the tenant holds it: live, suspended since, nobody', async () => {
  const keys = await Promise.all(
    [at.other, at.main].map(({ id }) => {
      const wanted = { tenant: id, name: 'HR', scope: 'write', lifetime: null } as const
      return createKey(at.database.registry, wanted, at.service)
    }),
  )
  const send = (secret: string, method: string, path: string, body?: object) =>
    at.fetch(`/scim/v2${path}`, { method, headers: { 'API-Key': secret }, body })
  const names = ['held', 'HELD.elsewhere', 'held']
  const [, elsewhere, here] = await Promise.all(
    [keys[0], keys[0], keys[1]].map(async (key, index) => {
      const made = await send(key?.secret ?? '', 'POST', '/Users', { userName: names[index] })
      return (await made.json()) as { readonly id: string }
    }),
  )
  expect(elsewhere?.id).toBeTypeOf('string')
  const clashOf = async (value: string, path = '/Users', attribute = 'userName') => {
    const detail = `"${attribute}" is taken by another resource: ${JSON.stringify(value)}`
    const refused = { status: 409, scimType: 'uniqueness', detail } as const
    const text = JSON.stringify({ [attribute]: value })
    const asked = { method: 'POST', path, route: path, requestId: value, text }
    recorder.record(entry({ ...asked, ...refused }))
    await recorder.settled()
    const { rows } = await read<ActivityPage>(`/activity?request=${value}`)
    const { row, advice } = await read<ActivityDetail>(`/activity/${rows[0]?.seq}`)
    // Nobody was made who could be named.
    expect([rows[0]?.about, row.about]).toEqual([value, value])
    return advice?.clash
  }
  const holder = { type: 'User', id: here?.id }
  expect(await clashOf('Held')).toMatchObject({
    ...{ attribute: 'userName', value: 'Held', holder: { ...holder, suspendedAt: null } },
  })
  expect((await clashOf('held.elsewhere'))?.holder).toBeNull()
  const group = await send(keys[1]?.secret ?? '', 'POST', '/Groups', { displayName: 'Guides' })
  expect(await clashOf('GUIDES', '/Groups', 'displayName')).toMatchObject({
    ...{ attribute: 'displayName', value: 'GUIDES' },
    holder: { type: 'Group', id: ((await group.json()) as { id: string }).id, display: 'Guides' },
  })
  await send(keys[1]?.secret ?? '', 'DELETE', `/Users/${here?.id}`)
  // However many came after it whose names begin like that.
  const leave = async (userName: string) => {
    const made = await send(keys[1]?.secret ?? '', 'POST', '/Users', { userName })
    const { id } = (await made.json()) as { readonly id: string }
    await send(keys[1]?.secret ?? '', 'DELETE', `/Users/${id}`)
  }
  await Promise.all(Array.from({ length: 101 }, (_, index) => leave(`held-${index}`)))
  expect((await clashOf('hELD'))?.holder).toMatchObject({
    ...{ ...holder, suspendedAt: expect.any(Number) },
  })
})

test('a request shows what it changed, however much happened to the same group since', async () => {
  const wanted = { tenant: at.main.id, name: 'Okta', scope: 'write', lifetime: null } as const
  const { key, secret } = await createKey(at.database.registry, wanted, at.service)
  const send = (method: string, path: string, body: unknown, requestId = 'later') =>
    at.fetch(`/scim/v2/Groups${path}`, {
      method,
      headers: { Authorization: `Bearer ${secret}`, 'X-Request-Id': requestId },
      body,
    })
  const made = await send('POST', '', { displayName: 'Long ago' }, 'long-ago')
  const { id } = (await made.json()) as { readonly id: string }
  const renamed = Array.from({ length: 1_100 }, (_, index) =>
    send('PUT', `/${id}`, { displayName: `Long ago ${index}` }),
  )
  await Promise.all(renamed)
  const one = { ...entry({ requestId: 'long-ago', resource: id }), method: 'POST', status: 201 }
  recorder.record({ ...one, actor: `key:${key.id}` })
  await recorder.settled()
  const { rows } = await read<ActivityPage>('/activity?request=long-ago')
  const { changes } = await read<ActivityDetail>(`/activity/${rows[0]?.seq}`)
  expect(changes.map(({ kind }) => kind)).toEqual(['created'])
  const { displayName } = (await (await send('PUT', `/${id}`, { displayName: 'Last' })).json()) as {
    readonly displayName: string
  }
  await send('DELETE', `/${id}`, undefined, 'the-end')
  const ended = { ...entry({ requestId: 'the-end', resource: id }), method: 'DELETE', status: 204 }
  recorder.record({ ...ended, actor: `key:${key.id}` })
  await recorder.settled()
  const end = await read<ActivityPage>('/activity?request=the-end')
  expect(end.rows).toMatchObject([{ resource: id, about: displayName }])
})

test('a create that was refused stands in a file with whom it was to make', async () => {
  const one = entry({ requestId: 'not-made', text: '{"userName":"=wanted@example.com"}' })
  recorder.record({ ...one, method: 'POST', path: '/Users', route: '/Users', status: 409 })
  await recorder.settled()
  const rows = await read<ExportedRow[]>('/activity/export?format=json&request=not-made')
  expect(rows.at(-1)?.about).toBe('=wanted@example.com')
  const file = await at.as('viewer', '/tenants/main/activity/export?format=csv&request=not-made')
  const lines = (await file.text()).trim().split('\r\n')
  const last = [lines.at(0), lines.at(-1)].map((line) => line?.split(',').at(-1))
  expect(last).toEqual(['about', "'=wanted@example.com"])
})

test('an initial sync began when its first resource was made, or in a minute, as far as is known', async () => {
  const began = Date.now()
  const made = async (name: string, count: number, more: Partial<RequestEntry> = {}) => {
    const wanted = { tenant: at.main.id, name, scope: 'write', lifetime: null } as const
    const { key } = await createKey(at.database.registry, wanted, at.service)
    const one = { ...entry({ method: 'POST', route: '/Users' }), actor: `key:${key.id}` }
    recorder.record({ ...one, method: 'GET', at: began - 1 })
    if (name === 'Again') recorder.record({ ...one, status: 201, at: began - 1_800_000, ...more })
    for (let index = 0; index < count; index++) {
      recorder.record({ ...one, status: 201, at: began + index, ...more })
    }
    await recorder.settled()
    return (await read<Overview>('/overview')).sync
  }
  expect(await made('Kept', 60)).toMatchObject({ users: 60, since: began, isSinceExact: true })
  const settings = { ...defaultSettings, retention: 0 }
  const minute = began - (began % 60_000)
  expect(await made('Not kept', 70, { settings })).toMatchObject({
    // The first of a key is known for ever, whatever is kept.
    ...{ key: { name: 'Not kept' }, since: began, isSinceExact: true },
  })
  expect(await made('Again', 80, { settings })).toMatchObject({
    ...{ key: { name: 'Again' }, since: minute, isSinceExact: false, isFirst: false },
  })
})
