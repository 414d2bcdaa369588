import { beforeEach, describe, expect, test } from 'vitest'
import { memoryStore } from '../store/memory.ts'
import { createKey } from './api-keys.ts'
import { createApp } from './app.ts'
import { type Health, health } from './health.ts'
import { createLog } from './log.ts'
import { ownCalls } from './own-calls.ts'
import { scimService } from './scim.ts'
import { newSealSecret, sealWith } from './seal.ts'
import { defaultTenant } from './tenants.ts'

const now = () => 1_800_000_000_000
let written: string[]
let secret: string
let ready: Health

async function start(publicUrl = 'http://127.0.0.1:3000') {
  const store = memoryStore()
  const { registry } = store
  const tenant = await defaultTenant(registry, now)
  const wanted = { tenant: tenant.id, name: 'k', scope: 'write', lifetime: null } as const
  secret = (await createKey(registry, wanted, { now })).secret
  ready = health(() => store.ready())
  written = []
  const log = createLog('info', { write: (line) => written.push(line) })
  const seal = sealWith(newSealSecret())
  const scim = scimService({
    store,
    registry,
    log,
    now,
    publicUrl,
    seal,
    own: ownCalls('x', now),
    limits: {},
  })
  return createApp({ scim, health: ready, log, publicUrl })
}

let app: Awaited<ReturnType<typeof start>>
beforeEach(async () => {
  app = await start()
})

const withKey = (init: RequestInit = {}): RequestInit => ({
  ...init,
  headers: { ...init.headers, Authorization: `Bearer ${secret}` },
})

describe('below /scim/v2', () => {
  test('the handler answers those who have a key', async () => {
    expect((await app.request('/scim/v2/Users', withKey())).status).toBe(200)
    expect((await app.request('/scim/v2/Users')).status).toBe(401)
  })

  test.each([
    '/scim/v2',
    '/scim/v2/',
    '/scim/v2/%55sers',
    '/scim/v2/Users%2F',
    '/scim/v2//Users',
    '/scim/v2/./Users',
    '/scim/v2/x/../Users',
    '/scim/v2/%2e/Users',
    '/scim/v2/Users;x',
    '/scim/v2/Users/',
    '/scim/v2/users',
    '/%73cim/v2/Users',
    '/scim/v2/nothing/here',
    '/scim/v2/Users?access_token=x',
  ])('nobody gets past the key at %s', async (path) => {
    for (const method of ['GET', 'POST', 'DELETE']) {
      const response = await app.request(path, { method })
      expect([method, response.status]).toEqual([method, 401])
      expect(response.headers.get('WWW-Authenticate')).toMatch(/^Bearer/)
    }
  })

  test.each(['/SCIM/v2/Users', '//scim/v2/Users', '/scim//v2/Users', '/scim/v2;x/Users', '/scim'])(
    '%s is nothing, for those with a key too',
    async (path) => {
      const response = await app.request(`http://x${path}`, withKey())
      expect(response.status).toBe(404)
      expect(response.headers.get('Content-Type')).toBe('application/problem+json')
    },
  )

  test('locations come from the public URL, whatever Host and X-Forwarded-* say', async () => {
    app = await start('https://id.example.com/dir')
    const headers = {
      Host: 'evil.example',
      'X-Forwarded-Host': 'evil.example',
      'X-Forwarded-Proto': 'ftp',
      'Content-Type': 'application/scim+json',
    }
    const schemas = ['urn:ietf:params:scim:schemas:core:2.0:User']
    for (const [path, userName] of [
      ['/scim/v2/Users', 'cut'],
      ['/dir/scim/v2/Users', 'kept'],
    ]) {
      const body = JSON.stringify({ schemas, userName })
      const response = await app.request(path ?? '', withKey({ method: 'POST', headers, body }))
      expect(response.status).toBe(201)
      expect(response.headers.get('Location')).toMatch(
        /^https:\/\/id\.example\.com\/dir\/scim\/v2\/Users\/[^/]+$/,
      )
    }
  })

  test('X-HTTP-Method-Override changes nothing', async () => {
    const headers = { 'X-HTTP-Method-Override': 'DELETE' }
    expect((await app.request('/scim/v2/Users', withKey({ headers }))).status).toBe(200)
  })

  test('a request is one log line, without the filter and without the key', async () => {
    await app.request('/scim/v2/Users?filter=userName%20eq%20%22ada%22', withKey())
    expect(written).toHaveLength(1)
    expect(JSON.parse(written[0] ?? '')).toMatchObject({ msg: 'request', status: 200 })
    expect(written[0]).not.toMatch(/ada|rc_/)
  })

  test('why a key was refused is in the log and not in the answer', async () => {
    const headers = { 'API-Key': 'rc_nonsense' }
    const response = await app.request('/scim/v2/Users', { headers })
    expect(await response.text()).not.toMatch(/malformed/)
    expect(written.map((line) => JSON.parse(line))).toMatchObject([
      { msg: 'key refused', reason: 'malformed' },
      { msg: 'request', status: 401 },
    ])
    expect(written.join('')).not.toContain('rc_nonsense')
  })
})

describe('beside it', () => {
  test('/livez and /readyz need no key, and tell detail only when asked', async () => {
    expect(await (await app.request('/livez')).text()).toBe('ok\n')
    expect(await (await app.request('/readyz')).text()).toBe('ok\n')
    expect(await (await app.request('/readyz?verbose')).json()).toEqual({
      status: 'ok',
      checks: { database: 'ok', accepting: 'ok' },
    })
  })

  test('a stop turns /readyz to 503 and leaves /livez as it is', async () => {
    ready.drain()
    expect((await app.request('/readyz')).status).toBe(503)
    expect((await app.request('/livez')).status).toBe(200)
  })

  test('/ says where things are', async () => {
    const response = await app.request('/')
    expect(await response.text()).toContain('http://127.0.0.1:3000/scim/v2')
    expect(response.headers.get('X-Content-Type-Options')).toBe('nosniff')
  })

  test('everything else is a 404 problem', async () => {
    const response = await app.request('/nothing')
    expect(response.status).toBe(404)
    expect(await response.json()).toMatchObject({ status: 404 })
  })
})
