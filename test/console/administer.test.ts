/** Keys, tenants, settings, operators, setup links, and what is written down of it. */

import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { testKey } from '../../src/server/admin/key-test.ts'
import type {
  AuditPage,
  ConnectView,
  CreatedKey,
  GroupNames,
  Invitation,
  KeyRow,
  KeyTest,
  OperatorRow,
} from '../../src/server/admin/types.ts'
import { createKey, newSecret } from '../../src/server/api-keys.ts'
import {
  ORIGIN,
  PASSWORD,
  type Person,
  startConsole,
  type TestConsole,
} from '../support/console.ts'

let at: TestConsole
beforeEach(async () => {
  at = await startConsole()
})
afterEach(() => at.close())

const HOUR = 3_600_000

const get = async <T>(person: Person, path: string) =>
  (await (await at.as(person, `/tenants/main${path}`)).json()) as T
const post = (person: Person, path: string, body: unknown = {}, method = 'POST') =>
  at.as(person, `/tenants/main${path}`, { method, body })
const made = async (more: object = {}) => {
  const body = { name: 'Entra', scope: 'write', days: null, ...more }
  return (await (await post('admin', '/keys', body)).json()) as CreatedKey
}
const scim = async (secret: string) =>
  (await at.fetch('/scim/v2/Users', { headers: { Authorization: `Bearer ${secret}` } })).status

describe('API keys', () => {
  test('are made with everything to use them, shown whole this once', async () => {
    const created = await made({ days: 30 })
    expect(created.baseUrl).toBe(`${ORIGIN}/scim/v2`)
    expect(await scim(created.secret)).toBe(200)
    const [row] = await get<KeyRow[]>('viewer', '/keys')
    expect(row).toMatchObject({ name: 'Entra', state: 'active', last4: created.secret.slice(-4) })
    expect(row?.expires).toBe((row?.created ?? 0) + 30 * 24 * HOUR)
    expect(JSON.stringify(await get('owner', '/keys'))).not.toContain(created.secret)
  })

  test('say how they are wrong when they are', async () => {
    const wrong = await post('admin', '/keys', { name: ' ', scope: 'write', days: null })
    expect([wrong.status, await wrong.json()]).toMatchObject([400, { field: 'name' }])
    const days = await post('admin', '/keys', { name: 'x', scope: 'write', days: 0 })
    expect(await days.json()).toMatchObject({ field: 'days' })
  })

  test('are rotated: the new one works at once, the old one for as long as was chosen', async () => {
    const old = await made()
    const path = `/keys/${old.key.id}/rotate`
    const next = (await (await post('admin', path, { overlapHours: 1 })).json()) as CreatedKey
    expect(next.key).toMatchObject({ name: 'Entra', scope: 'write', expires: null })
    expect([await scim(old.secret), await scim(next.secret)]).toEqual([200, 200])
    at.advance(HOUR)
    expect([await scim(old.secret), await scim(next.secret)]).toEqual([401, 200])
    at.advance(-HOUR)
    const again = (await (
      await post('admin', `/keys/${next.key.id}/rotate`, { overlapHours: 0 })
    ).json()) as CreatedKey
    expect([await scim(next.secret), await scim(again.secret)]).toEqual([401, 200])
    expect((await post('admin', `/keys/${next.key.id}/rotate`, { overlapHours: 0 })).status).toBe(
      409,
    )
    // To be rotated shortens the life of a key, and not that of the one in its place.
    const lifetime = 90 * 24 * HOUR
    const wanted = { tenant: at.main.id, name: 'Entra', scope: 'write', lifetime } as const
    const { key } = await createKey(at.database.registry, wanted, at.service)
    for (let time = 0; time < 2; time++) {
      const answer = await post('admin', `/keys/${key.id}/rotate`, { overlapHours: 1 })
      const { created, expires } = ((await answer.json()) as CreatedKey).key
      expect((expires ?? 0) - created).toBe(lifetime)
    }
  })

  test('that have expired are rotated, stay so, and are revoked without being typed', async () => {
    const wanted = { tenant: at.main.id, name: 'Entra', scope: 'write', lifetime: 60_000 } as const
    const old = await createKey(at.database.registry, wanted, at.service)
    expect(await scim(old.secret)).toBe(200)
    await expect
      .poll(async () => (await get<KeyRow[]>('viewer', '/keys'))[0]?.lastUsed)
      .not.toBeNull()
    at.advance(60_000)
    const path = `/keys/${old.key.id}`
    const answer = await post('admin', `${path}/rotate`, { overlapHours: 24 })
    const next = (await answer.json()) as CreatedKey
    expect(next.key).toMatchObject({ name: 'Entra', state: 'expiring', replaces: old.key.id })
    expect([await scim(old.secret), await scim(next.secret)]).toEqual([401, 200])
    expect((await post('admin', `${path}/rotate`, { overlapHours: 0 })).status).toBe(409)
    expect((await post('admin', `${path}/revoke`)).status).toBe(204)
    at.advance(-60_000)
  })

  test('are revoked at once; one in use asks for its last four characters', async () => {
    const unused = await made()
    expect((await post('admin', `/keys/${unused.key.id}/revoke`)).status).toBe(204)
    const used = await made()
    await scim(used.secret)
    await expect
      .poll(async () => (await get<KeyRow[]>('viewer', '/keys'))[0]?.lastUsed)
      .not.toBeNull()
    const path = `/keys/${used.key.id}/revoke`
    const refused = await post('admin', path, { last4: 'none' })
    expect([refused.status, await refused.json()]).toMatchObject([400, { field: 'last4' }])
    expect(await scim(used.secret)).toBe(200)
    expect((await post('admin', path, { last4: used.key.last4 })).status).toBe(204)
    expect(await scim(used.secret)).toBe(401)
    expect((await post('admin', path, { last4: used.key.last4 })).status).toBe(409)
  })

  test('of another tenant are not here', async () => {
    const wanted = { tenant: at.other.id, name: 'o', scope: 'write', lifetime: null } as const
    const { key, secret } = await createKey(at.database.registry, wanted, at.service)
    expect((await post('admin', `/keys/${key.id}/revoke`)).status).toBe(404)
    expect((await post('admin', `/keys/${key.id}/rotate`, { overlapHours: 0 })).status).toBe(404)
    expect(await scim(secret)).toBe(200)
  })

  test('are tried, and what is wrong with one is said', async () => {
    const tried = async (secret: string) =>
      (await (await post('viewer', '/keys/test', { secret })).json()) as KeyTest
    const { secret, key } = await made()
    expect(await tried(secret)).toMatchObject({ ok: true, status: 200 })
    const reading = await made({ scope: 'read' })
    expect((await tried(reading.secret)).says).toContain('may write')
    expect(await tried(`Bearer ${secret}`)).toMatchObject({ ok: false })
    expect((await tried(`Bearer ${secret}`)).says).toContain('header')
    expect((await tried(` ${secret}`)).says).toContain('blanks')
    expect(await tried(secret.slice(0, -1))).toMatchObject({ ok: false, status: null })
    expect((await tried(secret.slice(0, -1))).says).toContain('not all of one')
    const brief = await made({ days: 1 })
    at.advance(24 * HOUR)
    const session = await at.signIn('viewer')
    const late = await at.as(session, '/tenants/main/keys/test', {
      method: 'POST',
      body: { secret: brief.secret },
    })
    expect(((await late.json()) as KeyTest).says).toMatch(/expired on \d{4}-\d\d-\d\d/)
    await at.database.registry.revokeKey(key.id, at.service.now())
    const revoked = await at.as(session, '/tenants/main/keys/test', {
      method: 'POST',
      body: { secret },
    })
    expect(((await revoked.json()) as KeyTest).says).toMatch(/revoked on \d{4}-\d\d-\d\d/)
  })
})

describe('rules', () => {
  test('of names of groups hold for those that were made before, too', async () => {
    const { secret } = await made()
    const named = async (displayName: string) => {
      const schemas = ['urn:ietf:params:scim:schemas:core:2.0:Group']
      const headers = { Authorization: `Bearer ${secret}`, 'Content-Type': 'application/scim+json' }
      const body = { schemas, displayName }
      return (await at.fetch('/scim/v2/Groups', { method: 'POST', headers, body })).status
    }
    const rule = async (groupNames: string) =>
      (await post('admin', '/settings', { groupNames }, 'PATCH')).status
    const statuses = [await rule('free'), await named('Beta'), await named('Beta')]
    expect(await get<GroupNames>('viewer', '/group-names')).toEqual({
      twice: 1,
      isAtLeast: false,
      first: [{ name: 'Beta', groups: 2 }],
    })
    expect([...statuses, await rule('unique')]).toEqual([200, 201, 201, 200])
    expect([await named('beta'), await named('Gamma'), await named('Gamma')]).toEqual([
      409, 201, 409,
    ])
  })
})

describe('trying a key', () => {
  test('goes to its base URL too, and takes it to nobody else', async () => {
    const { secret } = await made()
    const keys: string[] = []
    const tried = (there: typeof fetch) => {
      const reach: typeof fetch = (url, init) => {
        const path = String(url).replace('https://id.example.com', ORIGIN)
        if (path === url) return at.service.reach(url, init)
        const headers = new Headers(init?.headers)
        if (headers.has('Authorization')) {
          keys.push(path)
          expect(at.service.own.isOwn(headers.get('User-Agent'))).toBe(true)
        }
        return there(path, init)
      }
      const service = { ...at.service, publicUrl: 'https://id.example.com', reach }
      return testKey(service, at.main, secret)
    }
    expect(await tried(at.service.reach)).toMatchObject({ ok: true, status: 200 })
    expect(keys.splice(0)).toEqual([`${ORIGIN}/scim/v2/Users?count=1`])
    const somebody = await tried(async () => new Response('<h1>hello</h1>'))
    expect(somebody).toMatchObject({ ok: false, status: null })
    expect(somebody.says).toContain('from this server: somebody else answers there')
    expect(keys).toEqual([])
    const dropping = await tried((path) => at.service.reach(path))
    expect(dropping).toMatchObject({ ok: false, status: 401 })
    expect(dropping.says).toContain('the key is lost on the way')
  })

  const by = async (person: Person, secret: string) =>
    await at.as(person, '/tenants/main/keys/test', { method: 'POST', body: { secret } })

  test('of another tenant is as trying one that nobody has, and calls with neither', async () => {
    const wanted = { tenant: at.other.id, name: 'o', scope: 'write', lifetime: null } as const
    const others = await createKey(at.database.registry, wanted, at.service)
    const answers = [await by('root', others.secret), await by('root', newSecret())]
    const [known, unknown] = await Promise.all(answers.map((answer) => answer.json()))
    expect(known).toMatchObject({ ok: false, status: null })
    expect(known).toEqual(unknown)
    const keys = await at.database.registry.keys(at.other.id)
    expect(keys.find(({ id }) => id === others.key.id)?.lastUsed).toBeNull()
  })

  test('goes ten times a minute for each person and each link', async () => {
    const statuses = []
    for (let tries = 0; tries < 11; tries++) statuses.push((await by('owner', 'x')).status)
    expect(statuses).toEqual([...Array(10).fill(200), 429])
    const refused = await by('owner', 'x')
    expect(Number(refused.headers.get('Retry-After'))).toBeGreaterThan(0)
    expect(await refused.json()).toMatchObject({ code: 'wait' })
    expect((await by('stranger', 'x')).status).toBe(404)
    const made = await post('admin', '/connect/links', { days: 1 })
    const token = ((await made.json()) as { url: string }).url.split('#')[1]
    const guest = () =>
      at.as(null, '/setup/test', {
        method: 'POST',
        headers: { Authorization: `Setup ${token}` },
        body: { secret: 'x' },
      })
    const guests = []
    for (let tries = 0; tries < 11; tries++) guests.push((await guest()).status)
    expect(guests).toEqual([...Array(10).fill(200), 429])
  })
})

describe('tenants', () => {
  test('are shown to who belongs to them, and made by a root operator', async () => {
    const names = async (person: Person) =>
      ((await (await at.as(person, '/tenants')).json()) as { name: string }[]).map(
        ({ name }) => name,
      )
    expect(await names('viewer')).toEqual(['main'])
    const body = { name: 'third' }
    expect((await at.as('root', '/tenants', { method: 'POST', body })).status).toBe(201)
    const taken = await at.as('root', '/tenants', { method: 'POST', body })
    expect([taken.status, await taken.json()]).toMatchObject([409, { code: 'taken' }])
    expect(await names('root')).toContain('third')
  })

  test('change the settings that are said and no others', async () => {
    const before = await get<object>('viewer', '/settings')
    expect(before).toMatchObject({ retention: 30, bodies: 'all' })
    const changed = await post('admin', '/settings', { retention: 7 }, 'PATCH')
    expect(await changed.json()).toEqual({ ...before, retention: 7 })
    expect(await get('viewer', '/settings')).toEqual({ ...before, retention: 7 })
    for (const wrong of [{ retention: 366 }, { retention: 1.5 }, { bodies: 'some' }, { x: 1 }]) {
      expect((await post('admin', '/settings', wrong, 'PATCH')).status).toBe(400)
    }
  })
})

describe('operators', () => {
  const person = { email: 'New@Example.com', name: 'New', role: 'admin' }
  const row = async (email: string) =>
    (await get<OperatorRow[]>('admin', '/operators')).find((one) => one.email === email)

  test('are invited by a link, which opens the tenant to them', async () => {
    const invited = (await (await post('owner', '/operators', person)).json()) as Invitation
    expect(invited.was).toBe('nobody')
    expect(await row('new@example.com')).toMatchObject({ role: 'admin', isInvited: true })
    const token = invited.url?.split('#')[1]
    const used = await at.as(null, '/sign-in/link/use', {
      method: 'POST',
      body: { token, password: 'long enough, yes' },
    })
    expect(await used.json()).toMatchObject({ tenants: [{ name: 'main', role: 'admin' }] })
    expect(await row('new@example.com')).toMatchObject({ isInvited: false })
    await post('owner', '/operators', { email: 'Nameless@example.com', role: 'viewer' })
    expect(await row('nameless@example.com')).toMatchObject({ name: 'nameless@example.com' })
  })

  test('of other tenants are let in by root alone, and nobody else makes links for them', async () => {
    const stranger = { email: 'stranger@example.com', name: 'S', role: 'viewer' }
    const refused = await post('owner', '/operators', stranger)
    expect([refused.status, await refused.json()]).toMatchObject([409, { code: 'taken' }])
    const added = (await (await post('root', '/operators', stranger)).json()) as Invitation
    expect(added).toMatchObject({ operator: { role: 'viewer', isInvited: true } })
    expect(added.url).not.toBeNull()
    const link = `/operators/${at.people.stranger.id}/link`
    expect((await post('owner', link)).status).toBe(403)
    expect((await post('root', link)).status).toBe(200)
    expect((await post('owner', `/operators/${at.people.root.id}/link`)).status).toBe(403)
  })

  const used = async (url: string | null | undefined) => {
    const body = { token: url?.split('#')[1], password: 'long enough, yes' }
    return (await at.as(null, '/sign-in/link/use', { method: 'POST', body })).status
  }
  const invited = async (by: Person, email = person.email) => {
    const response = await post(by, '/operators', { ...person, email })
    return (await response.json()) as Invitation
  }

  test('are not opened by what a tenant knew of them before they came into another', async () => {
    const { id, email } = at.people.stranger
    const federated = { issuer: 'https://idp.example', subject: 's' }
    await at.database.operators.change(id, { federated })
    const path = `/tenants/other/operators/${id}/link`
    const theirs = (await (await at.as('stranger', path, { method: 'POST' })).json()) as Invitation
    expect(await invited('root', email)).toMatchObject({ was: 'elsewhere', url: null })
    expect(await used(theirs.url)).toBe(410)
  })

  test('say a new password when they come into another tenant', async () => {
    const before = await at.signIn('stranger')
    const fresh = await invited('root', 'stranger@example.com')
    expect(fresh.was).toBe('elsewhere')
    expect((await at.as(before, '/session')).status).toBe(401)
    const body = { email: 'stranger@example.com', password: PASSWORD }
    expect((await at.as(null, '/sign-in', { method: 'POST', body })).status).toBe(401)
    expect(await used(fresh.url)).toBe(200)
  })

  test('keep password and session when they are invited to where they are', async () => {
    const before = await at.signIn('viewer')
    const again = await invited('owner', 'viewer@example.com')
    expect(again).toMatchObject({ was: 'here', url: null, operator: { role: 'admin' } })
    expect((await at.as(before, '/session')).status).toBe(200)
    const body = { email: 'viewer@example.com', password: PASSWORD }
    expect((await at.as(null, '/sign-in', { method: 'POST', body })).status).toBe(200)
  })

  test('who left are let in again by root alone, and their links are void', async () => {
    const { url, operator } = await invited('owner')
    await post('owner', `/operators/${operator.id}`, undefined, 'DELETE')
    expect(await used(url)).toBe(410)
    expect((await post('owner', '/operators', person)).status).toBe(409)
    expect(await used((await invited('root')).url)).toBe(200)
  })

  test('keep no link of an owner who left', async () => {
    await post('root', `/operators/${at.people.admin.id}`, { role: 'owner' }, 'PATCH')
    const { url } = await invited('admin')
    await post('root', `/operators/${at.people.admin.id}`, undefined, 'DELETE')
    expect(await used(url)).toBe(410)
  })

  test('change roles and leave, but a root operator does not', async () => {
    const path = `/operators/${at.people.viewer.id}`
    expect((await post('owner', path, { role: 'admin' }, 'PATCH')).status).toBe(204)
    expect(await row('viewer@example.com')).toMatchObject({ role: 'admin' })
    expect((await post('owner', path, undefined, 'DELETE')).status).toBe(204)
    expect((await at.as('viewer', '/tenants/main/settings')).status).toBe(404)
    const root = `/operators/${at.people.root.id}`
    expect((await post('owner', root, { role: 'viewer' }, 'PATCH')).status).toBe(409)
    expect((await post('owner', root, undefined, 'DELETE')).status).toBe(409)
    expect((await post('owner', '/operators/x', undefined, 'DELETE')).status).toBe(404)
  })

  test('the last owner of a tenant without a root operator stays', async () => {
    const alone = await startConsole('sqlite', {}, ['owner', 'admin'])
    const path = `/tenants/main/operators/${alone.people.owner.id}`
    const left = await alone.as('owner', path, { method: 'DELETE' })
    expect([left.status, await left.text()]).toEqual([409, expect.stringContaining('last owner')])
    await alone.close()
  })
})

describe('a setup link', () => {
  const guest = (token: string, path: string, body?: unknown) =>
    at.as(null, path, {
      headers: { Authorization: `Setup ${token}` },
      ...(body === undefined ? {} : { method: 'POST', body }),
    })
  const linked = async (days = 7, name?: string) => {
    const response = await post('admin', '/connect/links', { days, name })
    const { url, link } = (await response.json()) as { url: string; link: { id: string } }
    expect(url).toMatch(/^http:\/\/127\.0\.0\.1:3000\/setup#[\w-]{43}$/)
    return { token: url.split('#')[1] ?? '', id: link.id }
  }

  test('shows its tenant and makes one key', async () => {
    const { token } = await linked(7, 'Contoso')
    const view = await (await guest(token, '/setup')).json()
    expect(view).toMatchObject({ tenant: 'main', baseUrl: `${ORIGIN}/scim/v2`, checklist: null })
    const { secret } = (await (await guest(token, '/setup/key', {})).json()) as CreatedKey
    expect(await scim(secret)).toBe(200)
    expect(await (await guest(token, '/setup/test', { secret })).json()).toMatchObject({ ok: true })
    expect((await guest(token, '/setup/key', {})).status).toBe(409)
    expect(await (await guest(token, '/setup')).json()).toMatchObject({
      checklist: { reached: null },
    })
    const keys = await get<KeyRow[]>('viewer', '/keys')
    expect(keys.map(({ name }) => name)).toEqual([
      expect.stringMatching(/^Contoso, set up by link, /),
    ])
  })

  test('makes one key however often it is asked at once', async () => {
    const { token } = await linked()
    const answers = await Promise.all(
      Array.from({ length: 5 }, () => guest(token, '/setup/key', {})),
    )
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1)
    const keys = await get<KeyRow[]>('viewer', '/keys')
    expect(keys.filter(({ state }) => state === 'active')).toHaveLength(1)
  })

  test('ends for good with what its maker may do', async () => {
    const { token } = await linked()
    const other = await linked()
    const path = `/operators/${at.people.admin.id}`
    await post('owner', path, { role: 'viewer' }, 'PATCH')
    const listed = async () => (await get<ConnectView>('viewer', '/connect')).links
    expect((await guest(token, '/setup')).status).toBe(401)
    expect(await listed()).toEqual([])
    await post('owner', path, { role: 'admin' }, 'PATCH')
    expect((await guest(other.token, '/setup/key', {})).status).toBe(401)
    const last = await linked()
    expect(await listed()).toMatchObject([{ id: last.id, by: 'The admin' }])
    await post('owner', path, undefined, 'DELETE')
    expect((await guest(last.token, '/setup/key', {})).status).toBe(401)
    expect(await listed()).toEqual([])
  })

  test('ends when it expires, and when it is taken back', async () => {
    const brief = await linked(1)
    const other = await linked(2)
    at.advance(24 * HOUR)
    expect((await guest(brief.token, '/setup')).status).toBe(401)
    expect((await guest(other.token, '/setup')).status).toBe(200)
    at.advance(-24 * HOUR)
    expect((await post('admin', `/connect/links/${other.id}`, undefined, 'DELETE')).status).toBe(
      204,
    )
    expect((await guest(other.token, '/setup')).status).toBe(401)
    const { rows } = await get<AuditPage>('admin', '/audit?count=1')
    expect(rows).toMatchObject([
      { action: 'setup.end', subject: expect.stringMatching(/^made \d{4}-\d\d-\d\d, unused$/) },
    ])
  })
})

test('what people did is written down, newest first, page by page, of one tenant', async () => {
  await made()
  await post('admin', '/settings', { retention: 1 }, 'PATCH')
  await post('owner', '/operators', { email: 'x@example.com', name: 'X', role: 'viewer' })
  const first = await get<AuditPage>('admin', '/audit?count=2')
  expect(first.rows).toMatchObject([
    {
      action: 'operator.invite',
      operator: { name: 'The owner' },
      subject: 'x@example.com, viewer',
    },
    {
      action: 'settings.change',
      operator: { name: 'The admin' },
      subject: 'Days that requests are kept: 1, before: 30',
    },
  ])
  const next = await get<AuditPage>('admin', `/audit?count=2&before=${first.next}`)
  expect(next).toMatchObject({ rows: [{ action: 'key.create' }], next: null })
  expect(next.rows[0]?.subject).toMatch(/^Entra \(…\w{4}\), may write, never ends$/)
  const another = await at.as('root', '/tenants', { method: 'POST', body: { name: 'acme' } })
  expect(another.status).toBe(201)
  const rules = { groupNames: 'free', bodies: 'writes', retention: 30 }
  await at.as('root', '/tenants/acme/settings', { method: 'PATCH', body: rules })
  const acme = (await (await at.as('root', '/tenants/acme/audit')).json()) as AuditPage
  expect(acme.rows.map(({ action, subject }) => [action, subject])).toEqual([
    [
      'settings.change',
      'Names of groups: may be the same, before: must be unique; ' +
        'Bodies kept: of changes and failures, before: all',
    ],
    ['tenant.create', 'acme'],
  ])
  const other = await at.as('stranger', '/tenants/other/audit')
  expect(await other.json()).toEqual({ rows: [], next: null })
})
