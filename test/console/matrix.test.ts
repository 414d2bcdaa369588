/**
 * Everybody at every route of the console: exactly those come in whom the route names.
 *
 * It walks the table of routes, so a new one is tried without anybody thinking of it.
 */

import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Access, AdminRoute } from '../../src/server/admin/route.ts'
import { routes } from '../../src/server/admin/routes.ts'
import { createKey } from '../../src/server/api-keys.ts'
import {
  type ConsoleRequest,
  ORIGIN,
  PEOPLE,
  type Person,
  startConsole,
  type TestConsole,
} from '../support/console.ts'

let at: TestConsole
let key: string
let setup: string
beforeAll(async () => {
  at = await startConsole()
  const wanted = { tenant: at.main.id, name: 'k', scope: 'write', lifetime: null } as const
  key = (await createKey(at.database.registry, wanted, at.service)).secret
  const made = await at.as('admin', '/tenants/main/connect/links', { method: 'POST', body: {} })
  setup = ((await made.json()) as { url: string }).url.split('#')[1] ?? ''
})
afterAll(() => at.close())

const CALLERS = [...PEOPLE, 'nobody', 'key', 'keyHeader', 'setup'] as const
type Caller = (typeof CALLERS)[number]

/** What each is answered at a route of each kind; where nothing is said, 401. */
const LET_IN = 'in'
const EXPECTED: Readonly<Record<Access, Partial<Record<Caller, typeof LET_IN | 403 | 404>>>> = {
  public: Object.fromEntries(CALLERS.map((caller) => [caller, LET_IN])),
  session: { root: 'in', owner: 'in', admin: 'in', viewer: 'in', stranger: 'in' },
  viewer: { root: 'in', owner: 'in', admin: 'in', viewer: 'in', stranger: 404 },
  admin: { root: 'in', owner: 'in', admin: 'in', viewer: 403, stranger: 404 },
  owner: { root: 'in', owner: 'in', admin: 403, viewer: 403, stranger: 404 },
  root: { root: 'in', owner: 403, admin: 403, viewer: 403, stranger: 403 },
  setup: { setup: 'in' },
}

const named = ({ method, path }: AdminRoute) => `${method} ${path}`
const pathOf = ({ path }: AdminRoute, tenant = 'main') =>
  path.replace(':tenant', tenant).replaceAll(/:\w+/g, 'x')

// An empty body is refused by every route that wants one, once somebody is let in; so nothing happens.
const asked = (route: AdminRoute): ConsoleRequest => ({
  method: route.method,
  ...(route.method === 'GET' ? {} : { body: {} }),
})

async function call(route: AdminRoute, caller: Caller, headers: ConsoleRequest['headers'] = {}) {
  const credentials: Partial<Record<Caller, ConsoleRequest['headers']>> = {
    key: { Authorization: `Bearer ${key}` },
    keyHeader: { 'API-Key': key },
    setup: { Authorization: `Setup ${setup}` },
  }
  const isPerson = PEOPLE.some((person) => person === caller)
  // A session of its own for each, since some routes end it.
  const cookie = isPerson ? await at.signIn(caller as Person) : null
  return at.as(cookie, pathOf(route), {
    ...asked(route),
    headers: { ...credentials[caller], ...headers },
  })
}

/** Whether an answer comes from the handler of a route, and not from whoever guards it. */
async function isIn(response: Response): Promise<boolean> {
  if (response.status === 404) return !(await response.text()).includes('no such tenant')
  return ![401, 403].includes(response.status)
}

const someone = (route: AdminRoute) =>
  CALLERS.find((caller) => EXPECTED[route.access][caller] === LET_IN) as Caller

describe.each(routes.map((route) => [named(route), route] as const))('%s', (_, route) => {
  test.each(CALLERS)('%s', async (caller) => {
    const expected = EXPECTED[route.access][caller] ?? 401
    const response = await call(route, caller)
    expect(response.status).toBeLessThan(500)
    if (expected === LET_IN) expect(await isIn(response)).toBe(true)
    else expect(response.status).toBe(expected)
  })

  if (route.method !== 'GET')
    test.each([
      ['without the console’s header', { 'X-Rollcall-Console': undefined }],
      ['from another origin', { Origin: 'https://evil.example' }],
      ['from another port', { Origin: 'http://127.0.0.1:3001' }],
      ['from a page that has no origin', { Origin: 'null' }],
      ['from another site', { 'Sec-Fetch-Site': 'cross-site' }],
      ['from a neighbour', { 'Sec-Fetch-Site': 'same-site' }],
      ['from nobody knows where', { Origin: undefined, 'Sec-Fetch-Site': undefined }],
    ])('is refused %s', async (_, headers) => {
      const response = await call(route, someone(route), headers)
      expect(response.status).toBe(403)
      expect(await response.text()).toContain('from the console itself')
    })

  if (route.confirmed)
    test('is refused ten minutes after the person was confirmed', async () => {
      const cookie = await at.signIn('root')
      at.advance(10 * 60_000 + 1)
      const response = await at.as(cookie, pathOf(route), asked(route))
      expect([response.status, await response.json()]).toMatchObject([403, { code: 'confirm' }])
    })

  if (route.path.includes(':tenant'))
    test('an unknown tenant is as one of others', async () => {
      const ask = async (tenant: string) => {
        const response = await at.as(await at.signIn('owner'), pathOf(route, tenant), asked(route))
        return [response.status, await response.text()]
      }
      expect(await ask('nowhere')).toEqual(await ask('other'))
      expect((await ask('other'))[0]).toBe(404)
    })
})

describe('the table', () => {
  test('has each route once, and those of a role are of a tenant', () => {
    expect(new Set(routes.map(named)).size).toBe(routes.length)
    const roles = routes.filter(({ access }) => ['viewer', 'admin', 'owner'].includes(access))
    expect(roles.filter(({ path }) => !path.startsWith('/tenants/:tenant/'))).toEqual([])
    const others = routes.filter((route) => !roles.includes(route))
    expect(others.filter(({ path }) => path.includes(':tenant'))).toEqual([])
  })

  test('lets everybody in to sign in, and to nothing else', () => {
    const open = routes.filter(({ access }) => access === 'public')
    expect(open.filter(({ path }) => !path.startsWith('/sign-in'))).toEqual([])
  })

  test('tells viewers everything but who else there is and what they did', () => {
    const hidden = routes.filter(({ access, method }) => access === 'admin' && method === 'GET')
    expect(hidden.map(({ path }) => path)).toEqual([
      '/tenants/:tenant/operators',
      '/tenants/:tenant/audit',
    ])
  })

  test('changes nothing for a viewer but what is asked and tried', () => {
    const changing = routes.filter(({ access, method }) => access === 'viewer' && method !== 'GET')
    const tries = ['POST /tenants/:tenant/keys/test', 'POST /tenants/:tenant/try']
    expect(changing.map(named).filter((one) => !tries.includes(one))).toEqual([])
  })
})

describe('SCIM', () => {
  test('knows no session, and no setup link', async () => {
    const cookie = await at.signIn('root')
    for (const headers of [
      { Cookie: cookie, 'X-Rollcall-Console': '1', Origin: ORIGIN },
      { Authorization: `Bearer ${cookie.split('=')[1]}` },
      { 'API-Key': cookie.split('=')[1] ?? '' },
      { Authorization: `Setup ${setup}` },
      { Authorization: `Bearer ${setup}` },
    ]) {
      for (const method of ['GET', 'POST']) {
        const body = method === 'POST' ? { body: { userName: 'x' } } : {}
        const response = await at.fetch('/scim/v2/Users', { method, headers, ...body })
        expect(response.status).toBe(401)
      }
    }
    const known = await at.fetch('/scim/v2/Users', { headers: { Authorization: `Bearer ${key}` } })
    expect(known.status).toBe(200)
  })
})
