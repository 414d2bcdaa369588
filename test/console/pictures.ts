/**
 * Pictures of every page of the console, in both themes at four widths, of the real service with people
 * in it: to be looked at.
 *
 *     npm run pictures -- [--to FOLDER] [--users 2000] [--only my-stuff,overview]
 *     npm run pictures -- --docs                      those of docs/console.md, smaller
 *
 * It says which pages are wider than their window, and whatever the browser complained of.
 *
 * @module
 */

import { type ChildProcess, spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { launch } from './browser.ts'

const { values } = parseArgs({
  options: {
    to: { type: 'string', default: join(tmpdir(), 'rollcall-pictures') },
    users: { type: 'string', default: '2000' },
    only: { type: 'string' },
    docs: { type: 'boolean', default: false },
  },
})

const BIN = resolve(import.meta.dirname, '../../src/bin.js')
const WIDTHS = [320, 768, 1440, 1920]
const THEMES = ['light', 'dark'] as const
const PASSWORD = 'a sentence nobody guesses'

const DOCS = resolve(import.meta.dirname, '../../docs/console')
/** What a reader of the docs waits for, in bytes. */
const DOCS_LIMIT = 80_000

interface Picture {
  readonly name: string
  readonly path: string
  /** Done on the page before the picture is taken, which is then of the window alone. */
  readonly prepare?: (page: Page) => Promise<void>
  /** Of all of it nevertheless. */
  readonly isWhole?: true
}

const more = (page: Page) => page.getByRole('button', { name: 'More actions', exact: true }).click()

/** A row's first link leads to one of them. */
const first = async (page: Page) => {
  await page.locator('main table a').first().click()
  await page.waitForLoadState('networkidle')
}

const invite = (page: Page) => page.getByRole('button', { name: 'Invite' }).click()

/** A tenant of its own, so that what happens there is on no other picture. */
const CUSTOMER = 'customer'

/** The page of whoever holds a setup link, and has no account. */
const setUp = async (page: Page) => {
  await page.getByRole('button', { name: 'Make a link' }).click()
  await page.getByRole('button', { name: 'Make the link' }).click()
  await page.goto(await page.getByRole('textbox', { name: 'Setup link' }).inputValue())
  await page.getByLabel('Which one is it?').selectOption({ label: 'Microsoft Entra ID' })
}

const PICTURES: readonly Picture[] = [
  { name: 'my-stuff', path: '/my-stuff' },
  { name: 'my-stuff-menu', path: '/my-stuff', prepare: more },
  { name: 'api-keys', path: '/my-stuff?open=api-key' },
  {
    name: 'api-key-shown',
    path: '/my-stuff?open=api-key',
    prepare: async (page) => {
      const another = page.getByRole('button', { name: 'Create another' })
      if (await another.isVisible()) await another.click()
      await page.getByLabel('Name').fill('Entra production')
      await page.getByRole('button', { name: 'Create key' }).click()
      await page.getByRole('button', { name: 'Test it' }).click()
      await page.waitForLoadState('networkidle')
    },
  },
  { name: 'overview', path: '/t/default/overview' },
  {
    name: 'overview-sync',
    path: `/t/${CUSTOMER}/overview`,
    isWhole: true,
    prepare: async (page) => {
      await sendEverybody(new URL(page.url()).origin)
      await page.getByRole('region', { name: 'Initial sync' }).waitFor()
    },
  },
  { name: 'users', path: '/t/default/users' },
  { name: 'users-none', path: '/t/default/users?q=nobody-is-called-so' },
  { name: 'user', path: '/t/default/users', prepare: first },
  { name: 'suspended', path: '/t/default/suspended' },
  { name: 'groups', path: '/t/default/groups' },
  { name: 'group', path: '/t/default/groups', prepare: first },
  { name: 'activity', path: '/t/default/activity' },
  { name: 'request', path: '/t/default/activity', prepare: first },
  {
    name: 'request-refused',
    path: '/t/default/activity',
    prepare: async (page) => {
      await page
        .getByRole('row', { name: /Refused/ })
        .getByRole('link')
        .first()
        .click()
      await page.waitForLoadState('networkidle')
    },
  },
  { name: 'unknown-keys', path: '/unknown-keys' },
  { name: 'unknown-key', path: '/unknown-keys', prepare: first },
  { name: 'connect', path: '/t/default/connect' },
  { name: 'connect-entra', path: '/t/default/connect/entra' },
  { name: 'setup', path: `/t/${CUSTOMER}/connect`, isWhole: true, prepare: setUp },
  {
    name: 'setup-key',
    path: `/t/${CUSTOMER}/connect`,
    isWhole: true,
    prepare: async (page) => {
      await setUp(page)
      await page.getByRole('button', { name: 'Make the key' }).click()
      await page.getByRole('button', { name: 'Test it' }).click()
      await page.waitForLoadState('networkidle', { timeout: 2000 }).catch(() => {})
    },
  },
  { name: 'try', path: '/t/default/try' },
  {
    name: 'try-delete',
    path: '/t/default/try',
    isWhole: true,
    prepare: async (page) => {
      await page.getByRole('button', { name: 'Delete a user' }).click()
      await page.getByRole('button', { name: 'Try it', exact: true }).click()
      await page.getByText('would be suspended').waitFor()
    },
  },
  ...['rules', 'operators', 'schemas', 'audit', 'tenants'].map((part) => ({
    name: `settings-${part}`,
    path: `/t/default/settings?part=${part}`,
  })),
  {
    name: 'settings-unsaved',
    path: '/t/default/settings',
    prepare: async (page) => {
      await page.getByRole('radio', { name: /^May be the same/ }).check()
    },
  },
  {
    name: 'settings-leaving',
    path: '/t/default/settings',
    prepare: async (page) => {
      await page.getByRole('radio', { name: /^May be the same/ }).check()
      await page.getByRole('tab', { name: 'Operators' }).click()
    },
  },
  { name: 'invite', path: '/t/default/settings?part=operators', prepare: (page) => invite(page) },
  {
    name: 'invite-link',
    path: '/t/default/settings?part=operators',
    prepare: async (page) => {
      await invite(page)
      const dialog = page.getByRole('dialog')
      await dialog.getByLabel('E-mail').fill(`eve-${Date.now()}@example.com`)
      await dialog.getByLabel('Name').fill('Eve')
      await dialog.getByRole('button', { name: 'Invite' }).click()
      await page.getByRole('textbox', { name: 'Sign-in link' }).waitFor()
    },
  },
  {
    name: 'erase',
    path: '/t/default/users',
    prepare: async (page) => {
      await first(page)
      await more(page)
      await page.getByRole('menuitem', { name: 'Erase' }).click()
      await page.waitForLoadState('networkidle')
    },
  },
  {
    name: 'palette',
    path: '/t/default/overview',
    prepare: (page) => page.keyboard.press('Control+k'),
  },
  { name: 'lost', path: '/nowhere' },
]

/** In the order of docs/console.md. */
const DOCUMENTED = [
  'overview',
  'my-stuff-menu',
  'api-key-shown',
  'users',
  'user',
  'suspended',
  'groups',
  'activity',
  'request-refused',
  'connect-entra',
  'try',
  'settings-rules',
]

type State = Awaited<ReturnType<BrowserContext['storageState']>>

const fileOf = ({ name }: Picture, colorScheme: string, width: number) =>
  join(values.to, `${name}-${colorScheme}-${width}.png`)

const data = mkdtempSync(join(tmpdir(), 'rollcall-'))
const database = `sqlite:${join(data, 'pictures.db')}`
let service: ChildProcess | undefined
let customerKey = ''
/** How often everybody of the customer was sent. */
let everybody = 0
try {
  await run('demo', '--users', values.users, '--database', database)
  await run('tenant', 'create', CUSTOMER, '--database', database)
  customerKey = await keyOf(CUSTOMER, 'Their Entra')
  const key = await keyOf('default', 'first')
  const { base, link } = await start()
  await converse(base, key)
  await takeAll(base, link)
} finally {
  service?.kill()
  rmSync(data, { recursive: true, force: true })
}

/** Resolves to the last line that it printed. */
async function run(...args: readonly string[]): Promise<string> {
  const child = spawn(process.execPath, [BIN, ...args], { stdio: ['ignore', 'pipe', 'inherit'] })
  let printed = ''
  child.stdout.on('data', (piece) => {
    printed += String(piece)
  })
  return await new Promise((done, failed) => {
    child.on('close', (code) => {
      if (code === 0) done(printed.trim().split('\n').at(-1) ?? '')
      else failed(new Error(`${args[0]}: ${code}`))
    })
  })
}

function keyOf(tenant: string, name: string): Promise<string> {
  return run('key', 'create', '--name', name, '--tenant', tenant, '--database', database)
}

/** The first start prints the link that makes the first owner. */
async function start(): Promise<{ base: string; link: string }> {
  const args = [BIN, 'serve', '--database', database, '--port', '0']
  service = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] })
  const { stdout } = service
  return await new Promise((done, failed) => {
    let printed = ''
    stdout?.on('data', (piece) => {
      printed += String(piece)
      const link = /http\S+\/sign-in\/link#\S+/.exec(printed)?.[0]
      if (link && printed.includes('listening')) done({ base: new URL(link).origin, link })
    })
    stdout?.on('end', () => failed(new Error(`The service did not start: ${printed}`)))
  })
}

/** A first synchronisation: people, a group of them, and one who is refused. */
async function sendEverybody(base: string): Promise<void> {
  const send = async (path: string, body: object) => {
    const response = await fetch(`${base}/scim/v2${path}`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${customerKey}`,
        'content-type': 'application/scim+json',
        'user-agent': 'Microsoft.Azure.SyncFabric',
      },
      body: JSON.stringify(body),
    })
    return (await response.json()) as { readonly id: string }
  }
  const run = ++everybody
  const people = Array.from({ length: 180 }, (_, index) => ({
    schemas: ['urn:ietf:params:scim:schemas:core:2.0:User'],
    userName: `person${index}.${run}@example.com`,
  }))
  const members = []
  for (const person of people) members.push({ value: (await send('/Users', person)).id })
  await send('/Users', { schemas: people[0]?.schemas })
  await send('/Groups', {
    schemas: ['urn:ietf:params:scim:schemas:core:2.0:Group'],
    displayName: `Everybody ${run}`,
    members,
  })
  // Requests are written down a moment after they were answered.
  await new Promise((done) => setTimeout(done, 1500))
}

/** A few requests, good and bad, so that there is something to see. */
async function converse(base: string, key: string): Promise<void> {
  const send = (method: string, path: string, body?: unknown, credential = key) =>
    fetch(`${base}/scim/v2${path}`, {
      method,
      headers: {
        authorization: `Bearer ${credential}`,
        'content-type': 'application/scim+json',
        'user-agent': 'Microsoft.Azure.SyncFabric',
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    })
  const user = (userName: string) => ({
    schemas: ['urn:ietf:params:scim:schemas:core:2.0:User'],
    userName,
    displayName: 'Łukasz Żółć',
    active: true,
  })
  const { id } = (await (await send('POST', '/Users', user('lukasz@example.com'))).json()) as {
    id: string
  }
  await send('POST', '/Users', user('lukasz@example.com'))
  await send('GET', `/Users?filter=${encodeURIComponent('userName eq "lukasz@example.com"')}`)
  await send('PATCH', `/Users/${id}`, {
    schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'],
    Operations: [{ op: 'Replace', path: 'active', value: 'False' }],
  })
  await send('GET', '/Users?filter=nonsense')
  await send('DELETE', `/Users/${id}`)
  await send('GET', '/Users?count=1', undefined, 'rc_mistyped')
}

async function takeAll(base: string, link: string): Promise<void> {
  mkdirSync(values.to, { recursive: true })
  const only = values.only?.split(',')
  const wanted = PICTURES.filter(({ name }) => !only || only.includes(name))
  const browser = await launch()
  try {
    const start = await browser.newContext()
    const page = await start.newPage()
    await page.goto(link)
    await page.getByLabel('E-mail').fill('ada@example.com')
    await page.getByLabel('Your name').fill('Ada Brandt')
    await page.getByLabel('A password').fill(PASSWORD)
    await page.screenshot({ path: join(values.to, 'first-sign-in.png') })
    await page.getByRole('button', { name: 'Make it and sign in' }).click()
    await page.waitForURL('**/overview')
    const storageState = await start.storageState()
    if (values.docs) {
      await takeForDocs(browser, base, storageState)
      return
    }
    for (const colorScheme of THEMES) {
      for (const width of WIDTHS) {
        const viewport = { width, height: width < 500 ? 720 : 900 }
        const shared = { viewport, colorScheme, reducedMotion: 'reduce' } as const
        const inside = await browser.newContext({ ...shared, storageState })
        for (const picture of wanted) {
          await take(await inside.newPage(), base, picture, fileOf(picture, colorScheme, width))
        }
        await inside.close()
        const outside = await browser.newContext(shared)
        const signIn = { name: 'sign-in', path: '/sign-in' }
        await take(await outside.newPage(), base, signIn, fileOf(signIn, colorScheme, width))
        await outside.close()
      }
    }
  } finally {
    await browser.close()
  }
  console.log(`The pictures are in ${values.to}`)
}

/** Wide and light, made smaller; one of them dark, and one as on a telephone. */
async function takeForDocs(browser: Browser, base: string, storageState: State): Promise<void> {
  mkdirSync(DOCS, { recursive: true })
  const wide = { viewport: { width: 1440, height: 720 }, deviceScaleFactor: 5 / 8 }
  const narrow = { viewport: { width: 320, height: 640 }, deviceScaleFactor: 1 }
  const views = [
    ...DOCUMENTED.map((name) => ({ name, suffix: '', colorScheme: 'light', ...wide }) as const),
    { name: 'activity', suffix: '-dark', colorScheme: 'dark', ...wide } as const,
    { name: 'api-keys', suffix: '-narrow', colorScheme: 'light', ...narrow } as const,
  ]
  for (const { name, suffix, ...view } of views) {
    const picture = PICTURES.find((one) => one.name === name)
    if (!picture) throw new Error(`there is no picture "${name}"`)
    const context = await browser.newContext({ ...view, reducedMotion: 'reduce', storageState })
    const file = join(DOCS, `${name}${suffix}.png`)
    await take(await context.newPage(), base, picture, file, false)
    const { size } = statSync(file)
    console.log(`${file}: ${size} bytes${size > DOCS_LIMIT ? ', which is too many' : ''}`)
    await context.close()
  }
}

async function take(
  page: Page,
  base: string,
  picture: Picture,
  file: string,
  fullPage = picture.isWhole ?? !picture.prepare,
): Promise<void> {
  const name = basename(file, '.png')
  page.on('console', (message) => {
    if (message.type() === 'error') console.log(`${name}: ${message.text()}`)
  })
  page.on('pageerror', (error) => console.log(`${name}: ${error.message}`))
  page.setDefaultTimeout(5000)
  try {
    await page.goto(base + picture.path)
    await page.waitForLoadState('networkidle', { timeout: 3000 }).catch(() => {})
    await picture.prepare?.(page)
    // Pages that are live never fall silent.
    await page.waitForTimeout(300)
    const tooWide = await page.evaluate('document.documentElement.scrollWidth - innerWidth')
    if (Number(tooWide) > 0) console.log(`${name}: wider than its window by ${tooWide} px`)
    await page.screenshot({ path: file, fullPage })
  } catch (error) {
    console.log(`${name}: ${error instanceof Error ? error.message.split('\n')[0] : error}`)
  }
  await page.close()
}
