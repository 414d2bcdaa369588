/**
 * What holds on every page of the console, with nothing in it and with people and requests: axe finds
 * nothing in either theme, wide or narrow; nothing scrolls sideways; nothing is loaded from elsewhere;
 * the browser complains of nothing, and least of all of the Content-Security-Policy.
 */

import { readdirSync, readFileSync } from 'node:fs'
import { gzipSync } from 'node:zlib'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { command, type Service, send, service, user, workplace } from '../support/service.ts'
import { launch } from './browser.ts'
import { accessibilityOf, becomeOwner, overflowOf, type Visitor, visit } from './visitor.ts'

const CONSOLE = new URL('../../console/', import.meta.url)

/** Every address, as `routes.tsx` has it, with what it is gone to by. */
type Addresses = Readonly<Record<string, readonly string[]>>

const WITHOUT_SESSION: Addresses = {
  '/sign-in': ['/sign-in', '/sign-in?error=unknown-person'],
  '/sign-in/link': ['/sign-in/link#spent'],
  '/setup': ['/setup#spent'],
}

const OF_A_TENANT: Addresses = {
  '/overview': ['/overview'],
  '/users': ['/users', '/users?q=nobody-is-called-so'],
  '/users/$id': ['/users/unknown'],
  '/suspended': ['/suspended'],
  '/groups': ['/groups', '/groups?q=no-group-is-called-so'],
  '/groups/$id': ['/groups/unknown'],
  '/activity': ['/activity', '/activity?method=PUT'],
  '/activity/$seq': ['/activity/99999'],
  '/connect': ['/connect'],
  '/connect/$idp': ['/connect/entra', '/connect/unknown'],
  '/try': ['/try'],
  '/settings': ['rules', 'operators', 'schemas', 'audit', 'tenants'].map(
    (part) => `/settings?part=${part}`,
  ),
  $: ['/settings/nowhere'],
}

const OF_A_PERSON: Addresses = {
  '/unknown-keys': ['/unknown-keys'],
  '/unknown-keys/$seq': ['/unknown-keys/99999'],
  '/my-stuff': ['/my-stuff', '/my-stuff?open=api-key', '/my-stuff?open=password'],
}

/** Those of a tenant that are something else while nothing is there. */
const MAY_BE_EMPTY = [
  'overview',
  'users',
  'suspended',
  'groups',
  'activity',
  'connect',
  'connect/entra',
]

/** Those that lead on. */
const ONWARD = ['/', '/t/$tenant']

let browser: Browser
beforeAll(async () => {
  browser = await launch()
})
afterAll(() => browser?.close())

test('the table names every route there is', () => {
  const routes = readFileSync(new URL('src/routes.tsx', CONSOLE), 'utf8')
  const paths = [...routes.matchAll(/^ +path: '(.+)',$/gm)].map(([, path]) => path)
  const named = [WITHOUT_SESSION, OF_A_TENANT, OF_A_PERSON].flatMap(Object.keys)
  expect(paths.sort()).toEqual([...named, ...ONWARD].sort())
})

test('all script together is less than 200 kB, gzipped', () => {
  const dist = new URL('dist/', CONSOLE)
  const scripts = readdirSync(dist, { recursive: true, encoding: 'utf8' }).filter((name) =>
    name.endsWith('.js'),
  )
  const sizes = scripts.map((name) => gzipSync(readFileSync(new URL(name, dist))).length)
  expect(sizes.length).toBeGreaterThan(10)
  expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(200_000)
})

/** In both themes, wide and narrow. What is on a page differs with the width, in the theme only its colours. */
async function inspect(page: Page, address: string, faults: string[]): Promise<void> {
  for (const [width, first, second] of [
    [1440, 'light', 'dark'],
    [320, 'dark', 'light'],
  ] as const) {
    await page.setViewportSize({ width, height: 900 })
    const overflow = await overflowOf(page)
    if (overflow > 0) faults.push(`${address} at ${width} is too wide by ${overflow} px`)
    for (const colorScheme of [first, second]) {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
      await page.evaluate('Promise.allSettled(document.getAnimations().map((one) => one.finished))')
      const rules = colorScheme === first ? undefined : ['color-contrast']
      for (const found of await accessibilityOf(page, rules)) {
        faults.push(`${address} at ${width}, ${colorScheme}: ${found}`)
      }
    }
  }
}

/** Walks a service of its own. @param fill Puts something there, and says where there is more to see. */
function everyPage(
  demo: readonly string[] = [],
  fill: (running: Service, page: Page) => Promise<readonly string[]> = async () => [],
) {
  const place = workplace()
  const faults: string[] = []
  let running: Service
  let visitor: Visitor
  let more: readonly string[]
  beforeAll(async () => {
    if (demo.length > 0) {
      const { code } = await command(['demo', '--database', place.database, ...demo])
      expect(code).toBe(0)
    }
    running = await service(place.database)
    await becomeOwner(running)
    visitor = await visit(running, {}, browser)
    const { page } = visitor
    more = await fill(running, page)
    await page.addInitScript(`addEventListener('securitypolicyviolation', (event) => {
      console.error('violates the policy:', event.violatedDirective, event.blockedURI)
    })`)
    page.on('request', (request) => {
      if (new URL(request.url()).origin !== running.origin) faults.push(`asks ${request.url()}`)
    })
  })
  afterAll(async () => {
    await visitor?.close()
    await running?.stop()
    place.remove()
  })

  async function walk(addresses: readonly string[]): Promise<void> {
    const { page, complaints } = visitor
    for (const address of addresses) {
      await page.goto(running.origin + address)
      await page.locator('h1').waitFor()
      await expect.poll(() => page.locator('[class*="skeleton"]').count()).toBe(0)
      await inspect(page, address, faults)
      for (const complaint of complaints.splice(0)) faults.push(`${address}: ${complaint}`)
    }
    expect(faults.splice(0)).toEqual([])
  }

  return { walk, withoutSession: () => visitor.page.context().clearCookies(), more: () => more }
}

const all = (addresses: Addresses) => Object.values(addresses).flat()

describe('with nothing there', () => {
  const { walk } = everyPage()
  test('a tenant', () => walk(MAY_BE_EMPTY.map((page) => `/t/default/${page}`)))
  test('a tenant that one may not enter', () => walk(['/t/another/users/1']))
})

describe('with people and requests', () => {
  const at = everyPage(['--users', '50', '--groups', '37'], async (running, page) => {
    const scim = async (path: string, body?: unknown, method?: string) => {
      const response = await send(running, path, running.key, body, method)
      return (await response.json().catch(() => ({}))) as {
        id: string
        Resources: { id: string }[]
      }
    }
    const { id } = await scim('/Users', user('lukasz@example.com'))
    await scim('/Users', user('lukasz@example.com'))
    const off = { op: 'Replace', path: 'active', value: 'False' }
    const schemas = ['urn:ietf:params:scim:api:messages:2.0:PatchOp']
    await scim(`/Users/${id}`, { schemas, Operations: [off] }, 'PATCH')
    await scim('/Users?filter=nonsense')
    await send(running, '/Users', 'rc_of-nobody')
    const { Resources: people } = await scim('/Users?count=2')
    const { Resources: groups } = await scim('/Groups?count=1')
    await scim(`/Users/${people[0]?.id}`, undefined, 'DELETE')
    const { url } = (await page.evaluate(`fetch('/console/api/tenants/default/connect/links', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', 'X-Rollcall-Console': '1' },
      body: '{"days":3}',
    }).then((response) => response.json())`)) as { url: string }
    const { pathname, hash } = new URL(url)
    const within = [
      ...['', '?part=groups', '?part=timeline', '?part=json'].map((part) => `/users/${id}${part}`),
      ...['', '?part=about', '?part=timeline'].map((part) => `/groups/${groups[0]?.id}${part}`),
      ...[2, 3].map((seq) => `/activity/${seq}`),
      '/try?seq=2',
    ]
    return [
      ...within.map((path) => `/t/default${path}`),
      `${pathname}${hash}`,
      `${pathname}?idp=entra${hash}`,
    ]
  })
  test('a tenant', () => at.walk(all(OF_A_TENANT).map((path) => `/t/default${path}`)))
  test('a user, a group, a request, a link to set up with', () => at.walk(at.more()))
  test('a person', () => at.walk(all(OF_A_PERSON)))
  test('somebody who has not signed in', async () => {
    await at.withoutSession()
    await at.walk(all(WITHOUT_SESSION))
  })
})
