/** Signing in through a real OpenID provider, over HTTP, as a browser does it. */

import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Provider } from 'oidc-provider'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { oidc, ownPath } from '../../src/server/admin/oidc.ts'
import { ORIGIN, startConsole, type TestConsole } from '../support/console.ts'

let at: TestConsole
let server: Server
let issuer: string
/** What the provider says of whoever signs in there, beside the name they give as their subject. */
let claims: Record<string, unknown>

beforeEach(async () => {
  server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  claims = { email: 'Owner@Example.com', email_verified: true }
  const provider = new Provider(issuer, {
    clients: [
      {
        client_id: 'rollcall',
        client_secret: 'between us',
        redirect_uris: [`${ORIGIN}/console/api/sign-in/oidc/callback`],
        token_endpoint_auth_method: 'client_secret_post',
      },
    ],
    claims: { openid: ['sub'], email: ['email', 'email_verified'] },
    cookies: { keys: ['k'] },
    findAccount: (_: unknown, accountId: string) => ({
      accountId,
      claims: () => ({ sub: accountId, ...claims }),
    }),
  })
  server.on('request', provider.callback())
  const settings = { issuer, clientId: 'rollcall', clientSecret: 'between us', label: 'Work' }
  at = await startConsole('sqlite', { oidc: oidc({ ...settings, publicUrl: ORIGIN }) })
})
afterEach(async () => {
  await at.close()
  server.closeAllConnections()
  server.close()
})

/** Cookies as a browser keeps them. */
class Jar {
  readonly #cookies = new Map<string, string>()
  keep(response: Response): void {
    for (const line of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? []
      if (value === '') this.#cookies.delete(name)
      else this.#cookies.set(name, value)
    }
  }
  toString(): string {
    return [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; ')
  }
}

/** Goes to the provider, signs in as `subject`, and comes back with the answer of the callback. */
async function signIn(subject: string, query = '', own = new Jar(), theirs = new Jar()) {
  return await goOn(await begin(query, own), subject, own, theirs)
}

/** Where the provider's page is. */
async function begin(query: string, own: Jar): Promise<string> {
  const headers = { Cookie: String(own) }
  const gone = await at.fetch(`/console/api/sign-in/oidc${query}`, { headers })
  own.keep(gone)
  return gone.headers.get('Location') ?? ''
}

async function goOn(page: string, subject: string, own: Jar, theirs = new Jar()) {
  let url = page
  for (let step = 0; step < 12 && !url.startsWith(ORIGIN); step++) {
    const page = await fetch(url, { redirect: 'manual', headers: { Cookie: String(theirs) } })
    theirs.keep(page)
    let next = page.headers.get('Location')
    if (next === null) {
      const prompt = /name="prompt" value="(\w+)"/.exec(await page.text())?.[1] ?? ''
      const sent = await fetch(url, {
        method: 'POST',
        redirect: 'manual',
        headers: { Cookie: String(theirs) },
        body: new URLSearchParams({ prompt, login: subject, password: 'x' }),
      })
      theirs.keep(sent)
      next = sent.headers.get('Location')
    }
    url = new URL(next ?? '', url).href
  }
  const { pathname, search } = new URL(url)
  const back = await at.fetch(pathname + search, { headers: { Cookie: String(own) } })
  own.keep(back)
  return { back, to: back.headers.get('Location'), cookie: String(own), url, theirs }
}

/** Of what the cookie holds, the newest first. */
const states = (own: Jar): string[] => {
  const value = /oidc=([\w-]+)/.exec(String(own))?.[1] ?? ''
  return JSON.parse(Buffer.from(value, 'base64url').toString()).map(({ state }: Flow) => state)
}
type Flow = { readonly state: string }

const session = async (cookie: string) =>
  (await (await at.as(cookie, '/session')).json()) as { confirmedAt: number }

test('the sign-in page offers it by its label', async () => {
  expect(await (await at.as(null, '/sign-in')).json()).toMatchObject({ oidc: { label: 'Work' } })
})

test('lets a person in by a verified e-mail, and from then on by issuer and subject', async () => {
  const first = await signIn('subject-1', '?back=%2Ft%2Fmain%2Fusers')
  expect([first.back.status, first.to]).toEqual([302, `${ORIGIN}/t/main/users`])
  expect(await session(first.cookie)).toMatchObject({ operator: { email: 'owner@example.com' } })
  claims = { email: 'changed@example.com', email_verified: false }
  const again = await signIn('subject-1')
  expect(again.to).toBe(`${ORIGIN}/`)
  expect(await session(again.cookie)).toMatchObject({ operator: { email: 'owner@example.com' } })
})

test('lets nobody in who was not invited, whose e-mail is not verified, or who is another by now', async () => {
  const refused = async (subject: string, says: Record<string, unknown>) => {
    claims = says
    const { to, cookie } = await signIn(subject, '?back=%2Fmy-stuff%3Fopen%3Dapi-key')
    const trouble = says.email_verified !== true ? 'unproved-email' : 'unknown-person'
    const back = '&back=%2Fmy-stuff%3Fopen%3Dapi-key'
    expect(to).toBe(`${ORIGIN}/sign-in?error=${trouble}${back}`)
    expect((await at.as(cookie, '/session')).status).toBe(401)
  }
  await refused('subject-2', { email: 'nobody@example.com', email_verified: true })
  await refused('subject-3', { email: 'viewer@example.com', email_verified: false })
  await refused('subject-4', { email: 'viewer@example.com' })
  claims = { email: 'viewer@example.com', email_verified: true }
  await signIn('subject-5')
  await refused('subject-6', { email: 'viewer@example.com', email_verified: true })
  expect(await at.database.operators.all()).toHaveLength(5)
})

test('counts as confirmed when the provider says that it was just now', async () => {
  const plain = await signIn('subject-1')
  const unconfirmed = await at.as(plain.cookie, '/tenants/main/keys', {
    method: 'POST',
    body: { name: 'x', scope: 'read', days: null },
  })
  expect([unconfirmed.status, await unconfirmed.json()]).toMatchObject([403, { code: 'confirm' }])
  const again = await signIn('subject-1', '?confirm=1', undefined, plain.theirs)
  const made = await at.as(again.cookie, '/tenants/main/keys', {
    method: 'POST',
    body: { name: 'x', scope: 'read', days: null },
  })
  expect(made.status).toBe(200)
})

test('whoever was the wrong one is asked anew who they are', async () => {
  const asks = async (query: string) =>
    new URL(await begin(query, new Jar())).searchParams.get('prompt')
  expect([await asks('?back=%2F'), await asks('?back=%2F&anew=1')]).toEqual([null, 'login'])
  const { theirs } = await signIn('subject-1')
  const again = await signIn('subject-1', '?anew=1', undefined, theirs)
  expect(await session(again.cookie)).toMatchObject({ operator: { email: 'owner@example.com' } })
})

test('an answer is good for who asked for it alone, and once', async () => {
  const { url, to } = await signIn('subject-1')
  expect(to).toBe(`${ORIGIN}/`)
  const { pathname, search } = new URL(url)
  const elsewhere = await at.fetch(pathname + search)
  expect(elsewhere.headers.get('Location')).toBe(`${ORIGIN}/sign-in?error=too-late`)
  const own = new Jar()
  own.keep(await at.fetch('/console/api/sign-in/oidc'))
  const forged = await at.fetch(pathname + search, { headers: { Cookie: String(own) } })
  expect(forged.headers.get('Location')).toBe(`${ORIGIN}/sign-in?error=too-late`)
  const mixed = `${pathname}?state=${states(own)[0]}&code=${new URLSearchParams(search).get('code')}`
  const stolen = await at.fetch(mixed, { headers: { Cookie: String(own) } })
  expect(stolen.headers.get('Location')).toBe(`${ORIGIN}/sign-in?error=not-let-in`)
  for (const { headers } of [forged, stolen]) {
    expect(headers.getSetCookie().join()).not.toContain('__Host-rollcall=')
  }
})

test('what was begun in two tabs ends in both, in any order; of many the oldest are forgotten', async () => {
  for (const order of [
    [0, 1],
    [1, 0],
  ]) {
    const own = new Jar()
    const pages = [await begin('?back=%2Fa', own), await begin('?back=%2Fb', own)]
    for (const tab of order) {
      const { to } = await goOn(pages[tab] ?? '', 'subject-1', own)
      expect(to).toBe(`${ORIGIN}/${'ab'[tab]}`)
    }
    expect(String(own)).toMatch(/^__Host-rollcall=[\w-]+$/)
  }
  const own = new Jar()
  const pages = []
  for (let tab = 0; tab < 5; tab++) pages.push(await begin('', own))
  expect(states(own)).toHaveLength(4)
  expect(pages[4]).toContain(states(own)[0])
  await begin(`?back=%2F${'x'.repeat(1_900)}`, own)
  expect([states(own).length, String(own).length < 4_000]).toEqual([1, true])
})

test('a provider that is away is said to be', async () => {
  server.closeAllConnections()
  server.close()
  const gone = await at.fetch('/console/api/sign-in/oidc')
  expect([gone.status, gone.headers.get('Location')]).toEqual([
    302,
    `${ORIGIN}/sign-in?error=unreachable`,
  ])
})

test.each([
  ['/t/main', '/t/main'],
  ['//evil.example', '/'],
  ['/\\evil.example', '/'],
  ['https://evil.example', '/'],
  ['/a\r\nb', '/'],
])('back to %j leads to %s', (given, path) => {
  expect(ownPath(given)).toBe(path)
})
