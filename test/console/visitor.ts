/**
 * Somebody who sits before the console: a real Chromium, signed in to a real service as its first owner.
 *
 * @module
 */

import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core'
import { expect } from 'vitest'
import type { Service } from '../support/service.ts'

export const EMAIL = 'ada@example.com'
export const PASSWORD = 'a sentence nobody guesses'

export interface Visitor {
  readonly page: Page
  /** What the browser complained of. A refusal that a test asked for is none. */
  readonly complaints: string[]
  /** To a page of the first tenant: `/users?q=ann`. */
  go(path: string): Promise<void>
  close(): Promise<void>
}

/** Makes the first owner with the link that the first start printed. */
export async function becomeOwner({ origin, link }: Service): Promise<void> {
  const token = new URL(link ?? '').hash.slice(1)
  const response = await fetch(`${origin}/console/api/sign-in/link/use`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', 'X-Rollcall-Console': '1', Origin: origin },
    body: JSON.stringify({ token, email: EMAIL, name: 'Ada Brandt', password: PASSWORD }),
  })
  expect(response.status).toBe(200)
}

type Session = Awaited<ReturnType<BrowserContext['storageState']>>

const sessions = new WeakMap<Service, Session>()

/**
 * A page of a context of its own. Who comes first to a service signs in there as everybody does and is
 * on the overview; whoever comes later has the same session, and a page that is blank.
 */
export async function visit(
  running: Service,
  options: BrowserContextOptions,
  browser: Browser,
): Promise<Visitor> {
  const session = sessions.get(running)
  const context = await browser.newContext({
    reducedMotion: 'reduce',
    ...options,
    ...(session && { storageState: session }),
  })
  const page = await context.newPage()
  page.setDefaultTimeout(30_000)
  const complaints: string[] = []
  page.on('pageerror', ({ message }) => complaints.push(message))
  page.on('console', (message) => {
    if (message.type() === 'error' && !/status of 4\d\d/.test(message.text())) {
      complaints.push(message.text())
    }
  })
  if (session === undefined) {
    await signIn(page, running.origin)
    sessions.set(running, await context.storageState())
  }
  return {
    page,
    complaints,
    go: async (path) => {
      await page.goto(`${running.origin}/t/default${path}`)
    },
    close: () => context.close(),
  }
}

async function signIn(page: Page, origin: string): Promise<void> {
  await page.goto(`${origin}/sign-in`)
  await page.getByLabel('E-mail').waitFor()
  expect(await page.locator(':focus').getAttribute('name')).toBe('email')
  await page.getByLabel('E-mail').fill(EMAIL)
  await page.getByLabel('Password').fill(PASSWORD)
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
  await page.waitForURL('**/overview')
}

/** The page is there, and nothing on it is on its way. */
export async function settled(page: Page): Promise<void> {
  await page.locator('main h1').waitFor()
  await expect.poll(() => page.locator('main [class*="skeleton"]').count()).toBe(0)
}

const AXE = createRequire(import.meta.url).resolve('axe-core/axe.min.js')

interface Violation {
  readonly id: string
  readonly nodes: readonly { readonly html: string; readonly failureSummary: string }[]
}

/** Everything that axe finds, on the page as it is now. @param rules All of them, unless told. */
export async function accessibilityOf(
  page: Page,
  rules?: readonly string[],
): Promise<readonly string[]> {
  if (!(await page.evaluate('"axe" in window'))) await page.evaluate(await readFile(AXE, 'utf8'))
  const options = JSON.stringify({ resultTypes: ['violations'], ...(rules && { runOnly: rules }) })
  const { violations } = (await page.evaluate(`axe.run(document, ${options})`)) as {
    violations: readonly Violation[]
  }
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html, failureSummary }) => `${id}: ${html}\n${failureSummary}`),
  )
}

/** What can be focused in the page and stands wholly above what Tab comes to before it. */
export async function outOfOrder(page: Page): Promise<readonly string[]> {
  return (await page.evaluate(`[...document.querySelectorAll(
      'main :is(a[href], button, input, select, textarea, summary, [tabindex="0"])')]
    .filter((one) => one.checkVisibility())
    .filter((one, index, all) => index > 0 &&
      one.getBoundingClientRect().bottom <= all[index - 1].getBoundingClientRect().top)
    .map((one) => one.textContent || one.id)`)) as string[]
}

/** How many pixels the page is wider than its window; one may be a part of one, rounded up. */
export async function overflowOf(page: Page): Promise<number> {
  const wider = await page.evaluate('document.documentElement.scrollWidth - innerWidth')
  return Number(wider) <= 1 ? 0 : Number(wider)
}
