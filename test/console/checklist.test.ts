/** The checklist of Connect: each key has its own, and hands it on to the key that takes its place. */

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { RequestEntry } from '../../src/http/handler.ts'
import type {
  ActivityPage,
  Checklist,
  ConnectView,
  CreatedKey,
  CreatedSetupLink,
  Overview,
  SetupView,
} from '../../src/server/admin/types.ts'
import { type Recorder, startRecorder } from '../../src/server/journal/recorder.ts'
import { defaultSettings } from '../../src/server/tenants.ts'
import { startConsole, type TestConsole } from '../support/console.ts'

const folder = mkdtempSync(join(tmpdir(), 'rollcall-'))
let at: TestConsole
let recorder: Recorder
beforeAll(async () => {
  const address = { kind: 'sqlite', file: join(folder, 'rollcall.db') } as const
  recorder = startRecorder(address, {
    lost: (_, why) => expect.fail(why.message),
    isOwn: (agent) => agent === 'ours',
  })
  at = await startConsole('sqlite', { journal: recorder })
})
afterAll(async () => {
  await recorder.close()
  await at.close()
  rmSync(folder, { recursive: true })
})

async function asked<T>(path: string, body?: unknown): Promise<T> {
  const init = body === undefined ? {} : { method: 'POST', body }
  const response = await at.as('admin', `/tenants/main${path}`, init)
  expect(response.status).toBeLessThan(300)
  return (await response.json()) as T
}

async function newKey(name: string): Promise<string> {
  const { key } = await asked<CreatedKey>('/keys', { name, scope: 'write', days: 90 })
  return key.id
}

const rotated = async (id: string) =>
  (await asked<CreatedKey>(`/keys/${id}/rotate`, { overlapHours: 1 })).key.id

const connect = (key?: string) => asked<ConnectView>(key ? `/connect?key=${key}` : '/connect')

async function checklist(key: string): Promise<Checklist> {
  const view = await connect(key)
  if (view.checklist === null) throw new Error('there is no checklist')
  return view.checklist
}

const ticked = (list: Checklist | null) =>
  list &&
  (['reached', 'accepted', 'read', 'created', 'deactivated'] as const).filter((one) => list[one])

/** A request that came with a key, or with none that anybody knows. */
async function came(key: string | null, more: Partial<RequestEntry> = {}): Promise<void> {
  const request = {
    ...{ method: 'GET', target: '/', header: () => null, body: async () => undefined },
    signal: new AbortController().signal,
  }
  const response = { status: 200, headers: {}, body: '{}' }
  const whose = key === null ? {} : { tenant: at.main.id, actor: `key:${key}` }
  recorder.record({
    ...{ requestId: 'r', at: Date.now(), durationMs: 2, method: 'GET', path: '/Users' },
    ...{ route: '/Users', status: 200, query: '', quirks: [], settings: defaultSettings },
    ...{ request, response, ...whose, ...more },
  })
  await recorder.settled()
}
const created = { method: 'POST', status: 201, text: '{}' } as const

test('without a key there is none, and with an unknown one it is told so', async () => {
  expect(await connect()).toMatchObject({ keys: [], checklist: null })
  expect((await at.as('admin', '/tenants/main/connect?key=unknown')).status).toBe(404)
})

test('each key has its own, and the newest in use is meant unless one is named', async () => {
  const entra = await newKey('Entra')
  const okta = await newKey('Okta')
  await came(entra)
  await came(entra, created)
  expect(ticked(await checklist(entra))).toEqual(['reached', 'accepted', 'read', 'created'])
  expect(ticked(await checklist(okta))).toEqual([])
  const view = await connect()
  expect(view.checklist?.key).toBe(okta)
  const reading = await asked<CreatedKey>('/keys', { name: 'Phone', scope: 'read', days: 90 })
  expect((await connect()).checklist?.key).toBe(okta)
  expect((await connect(reading.key.id)).checklist?.key).toBe(reading.key.id)
  await at.database.registry.revokeKey(reading.key.id, Date.now())
  expect(view.keys.map(({ name, done }) => [name, done])).toEqual([
    ['Okta', 0],
    ['Entra', 4],
  ])
})

test('a guide is about the key that its identity provider uses, or one that nobody does', async () => {
  const used = async (id: string, agent: string) =>
    at.database.registry.touchKey(id, { at: Date.now(), from: null, agent })
  const entra = await newKey('One')
  await used(entra, 'Microsoft Azure AD SCIM')
  const free = await newKey('Two')
  const onelogin = await newKey('Three')
  await used(onelogin, 'OneLogin SCIM')
  const meant = async (of: string) => (await asked<ConnectView>(`/connect?of=${of}`)).checklist?.key
  expect(await meant('Microsoft+Entra+ID')).toBe(entra)
  expect(await meant('OneLogin')).toBe(onelogin)
  expect(await meant('Okta')).toBe(free)
  const heir = await rotated(entra)
  expect(await meant('Microsoft+Entra+ID')).toBe(heir)
  for (const id of [heir, free, onelogin]) await at.database.registry.revokeKey(id, Date.now())
})

test('a group is nobody who was created, and who was away already is not deactivated', async () => {
  const key = await newKey('Groups first')
  await came(key, { ...created, route: '/Groups', path: '/Groups' })
  const away = { method: 'PATCH', route: '/Users/{id}', text: '{"active":false}' }
  await came(key, { ...away, deactivates: false })
  expect(ticked(await checklist(key))).toEqual(['reached', 'accepted'])
  await came(key, { ...away, deactivates: true })
  expect(ticked(await checklist(key))).toEqual(['reached', 'accepted', 'deactivated'])
})

test('a refusal reaches and is not accepted, and its trouble is that of its key alone', async () => {
  const [good, bad] = [await newKey('Good'), await newKey('Bad')]
  await came(good)
  await came(bad, { status: 401, refused: 'expired' })
  expect(ticked(await checklist(bad))).toEqual(['reached'])
  expect((await checklist(bad)).trouble?.says).toContain('expired')
  expect((await checklist(good)).trouble).toBeNull()
})

test('trying a key in the console is none of what its client does', async () => {
  const key = await newKey('tried')
  const tried = { agent: 'ours', requestId: 'tried' }
  await came(key, tried)
  expect(ticked(await checklist(key))).toEqual([])
  await came(key, { status: 403, requestId: 'refused' })
  await came(key, { ...tried, status: 401 })
  await came(key, tried)
  const { trouble, ...list } = await checklist(key)
  expect(ticked({ trouble, ...list })).toEqual(['reached', 'accepted'])
  expect(trouble?.says).toBe('The API key may read and not write.')
  const { connections } = await asked<Overview>('/overview')
  const { health, today } = connections.find((one) => one.key.id === key) ?? {}
  expect(health).toBe('troubled')
  expect(today).toMatchObject({ requests: 1, refused: 1 })
  const { rows } = await asked<ActivityPage>(`/activity?key=${key}`)
  const own = 'Rollcall-Console (key test)'
  expect(rows.map(({ agent }) => agent)).toEqual([own, own, null, own])
})

test('what a key has done counts for those that take its place, and not the other way', async () => {
  const first = await newKey('First')
  await came(first, created)
  const second = await rotated(first)
  const third = await rotated(second)
  await came(third)
  expect(ticked(await checklist(third))).toEqual(['reached', 'accepted', 'read', 'created'])
  expect((await checklist(third)).created).toBe((await checklist(first)).created)
  expect(ticked(await checklist(second))).toEqual(['reached', 'accepted', 'created'])
  const offered = (await connect(second)).keys.map(({ id }) => id)
  expect(offered).toEqual(expect.arrayContaining([third, second]))
  expect(offered).not.toContain(first)
})

test('a key that nobody knows ticks nothing, and is told of while nothing else has come', async () => {
  const key = await newKey('Waiting')
  expect((await checklist(key)).stranger).toBeNull()
  await came(null, { status: 401, refused: 'unknown', address: '203.0.113.9' })
  const list = await checklist(key)
  expect([ticked(list), list.stranger]).toEqual([[], expect.any(Number)])
  expect(JSON.stringify(list)).not.toContain('203.0.113.9')
  await came(key)
  expect((await checklist(key)).stranger).toBeNull()
})

test('a setup link shows that of the key it made, or of the one in its place', async () => {
  const { url } = await asked<CreatedSetupLink>('/connect/links', { days: 1 })
  const headers = { Authorization: `Setup ${url.split('#')[1]}` }
  const view = async () => (await (await at.as(null, '/setup', { headers })).json()) as SetupView
  await came(await newKey('Another'), created)
  expect((await view()).checklist).toBeNull()
  const made = await at.as(null, '/setup/key', { method: 'POST', body: {}, headers })
  const { key } = (await made.json()) as CreatedKey
  expect(ticked((await view()).checklist)).toEqual([])
  await came(key.id)
  const heir = await rotated(key.id)
  expect((await view()).checklist).toMatchObject({ key: heir, read: expect.any(Number) })
  expect((await connect()).links).toMatchObject([{ key: heir }])
})
