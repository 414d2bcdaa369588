/**
 * The way to an API key, as a person goes it: from the link of a first start to a user that was created
 * with the key, by mouse, by keyboard alone, and with a finger on a narrow screen; then what becomes of
 * keys later.
 */

import type { Browser, BrowserContextOptions, Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { databaseAddress } from '../../src/server/config.ts'
import { openDatabase } from '../../src/server/database.ts'
import { Connection } from '../../src/stores/sqlite/connection.ts'
import { type Service, send, service, user, workplace } from '../support/service.ts'
import { launch } from './browser.ts'
import {
  accessibilityOf,
  becomeOwner,
  EMAIL,
  overflowOf,
  PASSWORD,
  type Visitor,
  visit,
} from './visitor.ts'

let browser: Browser
beforeAll(async () => {
  browser = await launch()
})
afterAll(() => browser?.close())

/** How a person gets at what is on the screen. */
interface Hand {
  readonly context: BrowserContextOptions
  press(target: Locator): Promise<void>
  write(target: Locator, text: string): Promise<void>
  /** Opens a menu and chooses from it. */
  choose(button: Locator, item: Locator): Promise<void>
  /** Turns to a tab of several. */
  turnTo(tab: Locator): Promise<void>
}

/** Clicks, or taps. */
const pointing = (context: BrowserContextOptions, press: Hand['press']): Hand => ({
  context,
  press,
  async write(target, text) {
    await press(target)
    await target.pressSequentially(text)
  },
  async choose(button, item) {
    await press(button)
    await press(item)
  },
  turnTo: press,
})

const isFocused = async (target: Locator) =>
  (await target.and(target.page().locator(':focus')).count()) === 1

/** Goes on with Tab until it is there; one that cannot be reached is never found. */
async function tabTo(target: Locator): Promise<void> {
  await target.waitFor()
  for (let steps = 0; steps < 60; steps++) {
    if (await isFocused(target)) return
    await target.page().keyboard.press('Tab')
  }
  throw new Error(`Tab does not lead to ${target}`)
}

const keyboard: Hand = {
  context: { viewport: { width: 1280, height: 800 } },
  async press(target) {
    await tabTo(target)
    await target.page().keyboard.press('Enter')
  },
  async write(target, text) {
    await tabTo(target)
    await target.page().keyboard.type(text)
  },
  async choose(button, item) {
    const { keyboard } = button.page()
    await tabTo(button)
    await keyboard.press('ArrowDown')
    await item.waitFor()
    await keyboard.press('Escape')
    expect(await item.count()).toBe(0)
    expect(await isFocused(button)).toBe(true)
    await keyboard.press('ArrowUp')
    for (let steps = 0; !(await isFocused(item)); steps++) {
      if (steps === 20) throw new Error(`no arrow leads to ${item}`)
      await keyboard.press('ArrowDown')
    }
    await keyboard.press('Enter')
  },
  async turnTo(tab) {
    await tabTo(tab.page().getByRole('tab', { selected: true }))
    while (!(await isFocused(tab))) await tab.page().keyboard.press('ArrowRight')
  },
}

const HANDS: Readonly<Record<string, Hand>> = {
  'by mouse': pointing({ viewport: { width: 1280, height: 800 } }, (target) => target.click()),
  'by keyboard alone': keyboard,
  'by finger, at 320 px': pointing(
    { viewport: { width: 320, height: 640 }, hasTouch: true, isMobile: true },
    (target) => target.tap(),
  ),
}

// A browser tells of the mouse when the page moves under it as well, by no distance.
const COUNT_PRESSES = `
  window.presses = 0
  for (const kind of ['pointerdown', 'mousedown', 'touchstart'])
    addEventListener(kind, () => { window.presses++ }, true)
  addEventListener('mousemove', ({ movementX, movementY }) => {
    if (movementX !== 0 || movementY !== 0) window.presses++
  }, true)`

const copied = (page: Page) => page.evaluate('navigator.clipboard.readText()')

describe.each(Object.entries(HANDS))('a first key, %s', (_, hand) => {
  const place = workplace()
  let running: Service
  beforeAll(async () => {
    running = await service(place.database)
  })
  afterAll(async () => {
    await running?.stop()
    place.remove()
  })

  test('is two steps from the start, is shown once, and creates a user', async () => {
    const permissions = ['clipboard-read', 'clipboard-write']
    const context = await browser.newContext({
      ...hand.context,
      permissions,
      reducedMotion: 'reduce',
    })
    await context.addInitScript(COUNT_PRESSES)
    const page = await context.newPage()
    page.setDefaultTimeout(30_000)
    const button = (name: string) => page.getByRole('button', { name, exact: true })
    const fits = async () => expect(await overflowOf(page)).toBe(0)

    await page.goto(running.link ?? '')
    await hand.press(button('Make it and sign in'))
    await page.getByText('An e-mail address is').waitFor()
    await page.getByText('A password has at least').waitFor()
    await hand.write(page.getByLabel('E-mail'), EMAIL)
    await hand.write(page.getByLabel('Your name'), 'Ada Brandt')
    await hand.write(page.getByLabel('A password'), PASSWORD)
    await fits()
    await hand.press(button('Make it and sign in'))
    await page.waitForURL('**/overview')
    await fits()

    await hand.press(page.getByRole('link', { name: 'My Stuff' }))
    await page.getByRole('heading', { level: 1, name: 'My Stuff' }).waitFor()
    await fits()
    await hand.choose(button('More actions'), page.getByRole('menuitem', { name: 'API Key' }))
    await hand.press(button('Create another'))
    await hand.write(page.getByRole('textbox', { name: 'Name' }), 'Entra production')
    await fits()
    await hand.press(button('Create key'))

    await page.getByRole('dialog', { name: 'Your new API key' }).waitFor()
    await page.getByText('It opens the tenant default.').waitFor()
    await fits()
    const key = await page.getByRole('textbox', { name: 'API key', exact: true }).inputValue()
    await hand.press(button('Copy the API key'))
    await expect.poll(() => copied(page)).toBe(key)
    await hand.press(button('Copy the base URL'))
    await expect.poll(() => copied(page)).toBe(running.baseUrl)
    const curl = page.getByRole('tabpanel').getByText('curl -H')
    expect(await curl.textContent()).toContain(`Authorization: Bearer ${key}`)
    await hand.turnTo(page.getByRole('tab', { name: 'Entra ID' }))
    expect(await page.getByRole('textbox', { name: 'Tenant URL' }).inputValue()).toBe(
      running.baseUrl,
    )
    expect(await page.getByRole('textbox', { name: 'Secret Token' }).inputValue()).toBe(key)
    await hand.turnTo(page.getByRole('tab', { name: 'Okta' }))
    expect(await page.getByRole('textbox', { name: 'API Token' }).inputValue()).toBe(key)
    await fits()
    await hand.press(button('Test it'))
    await page.getByText('It works: the key was accepted and users were read.').waitFor()
    await hand.press(button('I have saved it'))
    await page.getByRole('dialog').waitFor({ state: 'detached' })

    const created = await send(running, '/Users', key, user('bjensen@example.com'))
    expect(created.status).toBe(201)
    await hand.choose(button('More actions'), page.getByRole('menuitem', { name: 'API Key' }))
    const row = page.getByRole('dialog').getByRole('listitem')
    expect(await row.filter({ hasText: 'Entra production' }).textContent()).toContain(key.slice(-4))
    expect(await page.content()).not.toContain(key)
    await fits()
    if (hand === keyboard) expect(await page.evaluate('presses')).toBe(0)
    await context.close()
  })
})

describe('later', () => {
  const place = workplace()
  let running: Service
  let page: Page
  let visitor: Visitor
  beforeAll(async () => {
    running = await service(place.database)
    await becomeOwner(running)
  })
  beforeEach(async () => {
    await visitor?.close()
    visitor = await visit(running, {}, browser)
    page = visitor.page
    await page.goto(`${running.origin}/my-stuff?open=api-key`)
  })
  afterAll(async () => {
    await visitor?.close()
    await running?.stop()
    place.remove()
  })

  const button = (name: string) => page.getByRole('button', { name, exact: true })
  const rowOf = (shown: string) => page.getByRole('listitem').filter({ hasText: shown })
  const status = async (key: string) => (await send(running, '/Users?count=1', key)).status
  const shownKey = () => page.getByRole('textbox', { name: 'API key', exact: true }).inputValue()

  async function create(name: string): Promise<string> {
    await button('Create another').click()
    await page.getByRole('textbox', { name: 'Name' }).fill(name)
    await button('Create key').click()
    return await shownKey()
  }

  async function act(row: Locator, item: string): Promise<void> {
    await row.getByRole('button', { name: 'More actions' }).click()
    await page.getByRole('menuitem', { name: item }).click()
  }

  const reopen = async () => {
    await button('I have saved it').click()
    await button('More actions').click()
    await page.getByRole('menuitem', { name: 'API Key' }).click()
  }

  test('the way back asks before a key that is shown this once is lost', async () => {
    await page.goto(running.origin)
    await page.getByRole('link', { name: 'My Stuff' }).click()
    await button('More actions').click()
    await page.getByRole('menuitem', { name: 'API Key' }).click()
    const key = await create('Google')
    await page.goBack()
    const leave = page.getByText('Google will not be shown again')
    await leave.waitFor()
    expect(await shownKey()).toBe(key)
    await button('Back to the key').click()
    await page.goBack()
    await leave.waitFor()
    expect(await shownKey()).toBe(key)
  })

  test('a rotated key works on beside the new one, and its end is shown', async () => {
    const old = await create('Okta')
    await reopen()
    await act(rowOf('Okta'), 'Rotate')
    await page.getByLabel('The old key').selectOption('works for another day')
    await button('Rotate Okta').click()
    await expect.poll(shownKey).not.toBe(old)
    const fresh = await shownKey()
    expect([await status(old), await status(fresh)]).toEqual([200, 200])
    await page.getByText(/^The old key, rc_….{4}, still works. It ends .*(hours|day)/).waitFor()
    await reopen()
    await rowOf(old.slice(-4)).getByText('Expires soon').waitFor()
    expect(await rowOf(old.slice(-4)).textContent()).toMatch(
      /Replaced, ends in (23|24) hours|Replaced, ends .*day/,
    )
    expect(await rowOf(fresh.slice(-4)).textContent()).toContain('Active')
    await act(rowOf(old.slice(-4)), 'Revoke')
    await page.getByText('It was rotated: see first').waitFor()
  })

  test('one that has expired is rotated from its menu, by keys alone', async () => {
    const old = await create('Expired')
    const database = new Connection(place.database.replace('sqlite:', ''))
    database.exec(`update api_keys set created = created - 86400000, expires = created - 1
      where name = 'Expired'`)
    database.close()
    await reopen()
    const row = rowOf(old.slice(-4))
    await row.getByText('Expired', { exact: true }).last().waitFor()
    await row.getByRole('button', { name: /More actions/ }).press('Enter')
    await page.keyboard.press('Enter')
    await page.getByText('has expired and stays so').waitFor()
    await page.keyboard.press('Enter')
    await expect.poll(shownKey).not.toBe(old)
    expect([await status(old), await status(await shownKey())]).toEqual([401, 200])
    await reopen()
    await row.getByRole('button', { name: /More actions/ }).click()
    expect(await page.getByRole('menuitem').allTextContents()).toEqual(['Revoke'])
    await page.keyboard.press('Escape')
  })

  test('a key in use is revoked by who types its last four, and fails at once', async () => {
    const key = await create('OneLogin')
    const headers = { Authorization: `Bearer ${key}`, 'User-Agent': 'OneLogin SCIM' }
    expect((await fetch(`${running.baseUrl}/Users`, { headers })).status).toBe(200)
    await reopen()
    await act(rowOf(key.slice(-4)), 'Revoke')
    await page.getByText(/Last used .* by OneLogin/).waitFor()
    const revoke = button('Revoke OneLogin')
    expect(await revoke.isDisabled()).toBe(true)
    await page.getByLabel('Type its last four characters').fill('xxxx')
    expect(await revoke.isDisabled()).toBe(true)
    await page.getByLabel('Type its last four characters').fill(key.slice(-4))
    await revoke.click()
    const said = page.getByRole('status').getByText('OneLogin was revoked.')
    expect((await said.boundingBox())?.y).toBeLessThan(40)
    expect(await status(key)).toBe(401)
    await rowOf(key.slice(-4)).getByText('Revoked', { exact: true }).waitFor()
    await page.getByRole('dialog').and(page.locator(':focus')).waitFor()
  })

  test('a key that was not saved is not left by accident', async () => {
    const key = await create('JumpCloud')
    await button('Copy the API key').click()
    // Seen at its button, and said to whoever does not see it; over what is asked next it would lie.
    const heard = page.getByText('Copied the API key.').locator('..')
    expect(await heard.boundingBox()).toMatchObject({ height: 1 })
    await page.keyboard.press('Escape')
    await page.getByRole('alertdialog').getByText('JumpCloud will not be shown again.').waitFor()
    // Once more means no: a habit of pressing it twice loses nothing.
    await page.keyboard.press('Escape')
    await button('I have saved it').waitFor()
    expect(await shownKey()).toBe(key)
    const asked = page.waitForEvent('dialog')
    await page.close({ runBeforeUnload: true })
    const question = await asked
    expect(question.type()).toBe('beforeunload')
    await question.dismiss()
    expect(await shownKey()).toBe(key)
    await page.keyboard.press('Escape')
    await button('Leave it').click()
    await page.getByRole('dialog').waitFor({ state: 'detached' })
    expect(await page.content()).not.toContain(key)
    // It was open from the start: nothing had the focus before.
    await page.locator('main:focus').waitFor()
  })

  test('a key is tried over the wire, and what is wrong with it is named', async () => {
    const key = await create('Somebody')
    const says = async (secret: string) =>
      page.evaluate(`fetch('/console/api/tenants/default/keys/test', {
        method: 'POST',
        headers: { 'Content-Type': 'application/json', 'X-Rollcall-Console': '1' },
        body: ${JSON.stringify(JSON.stringify({ secret }))},
      }).then((response) => response.json())`)
    expect(await says(key)).toMatchObject({ ok: true, status: 200 })
    expect(await says(key.slice(0, -1))).toMatchObject({ ok: false, status: null })
    expect(await says(`${key}\n`)).toMatchObject({ ok: false, status: null })
    await reopen()
    // So is one that somebody has from elsewhere.
    await page.getByText('Test a key that you have').click()
    const another = page.getByLabel('An API key')
    await another.fill(`Bearer ${key}`)
    // The answer is seen even where it comes below what is seen, and that it is awaited.
    await page.setViewportSize({ width: 1280, height: 500 })
    const way = '**/keys/test'
    const held = Promise.withResolvers<void>()
    await page.route(way, (route) => held.promise.then(() => route.continue()))
    await button('Test it').evaluate((one: { scrollIntoView(isStart: boolean): void }) => {
      one.scrollIntoView(false)
    })
    await button('Test it').click()
    await page.getByText('Testing …').waitFor()
    held.resolve()
    const said = page.getByText('begins with the name of a header')
    await said.waitFor()
    const end = async () => {
      const { y = 500, height = 0 } = (await said.boundingBox()) ?? {}
      return y + height
    }
    await expect.poll(end).toBeLessThan(500)
    await page.unroute(way)
    await another.fill(key)
    await button('Test it').click()
    await page.getByText('It works: the key was accepted').waitFor()
    expect(await accessibilityOf(page)).toEqual([])
    await act(rowOf(key.slice(-4)), 'Revoke')
    // Trying it was no use of it, so nothing has to be typed.
    await button('Revoke Somebody').click()
    await page.getByText('Somebody was revoked.').first().waitFor()
    expect(await says(key)).toMatchObject({
      ok: false,
      status: 401,
      says: expect.stringContaining('This key was revoked on'),
    })
  })

  // The last, because the session that the others have is not as it was.
  test('ten minutes after the password was given it is asked again, and what was begun goes on', async () => {
    const later = async (
      password?: string | null,
      confirmedAt = Date.now() - 11 * 60_000,
    ): Promise<string | null> => {
      const database = await openDatabase(databaseAddress(place.database), {
        create: false,
        lock: false,
      })
      const ada = await database.operators.byEmail(EMAIL)
      for (const { id } of await database.operators.sessions(ada?.id ?? '')) {
        await database.operators.changeSession(id, { confirmedAt })
      }
      if (ada && password !== undefined) await database.operators.change(ada.id, { password })
      await database.close()
      return ada?.password ?? null
    }
    // Once the page has read its session, and so does not know of what comes now.
    await button('Create another').waitFor()
    await later()
    await button('Create another').click()
    await page.getByRole('textbox', { name: 'Name' }).fill('PingOne')
    await button('Create key').click()
    const asked = page.getByRole('dialog', { name: 'Your password, please' })
    await asked.getByRole('button', { name: 'Go on' }).click()
    await asked.getByText('Your password is wanted for this.').waitFor()
    await asked.getByLabel('Password').and(page.locator(':focus')).waitFor()
    await asked.getByLabel('Password').fill('not this one')
    await asked.getByRole('button', { name: 'Go on' }).click()
    await asked.getByText('That is not your password.').waitFor()
    await asked.getByLabel('Password').fill(PASSWORD)
    await asked.getByRole('button', { name: 'Go on' }).click()
    expect(await status(await shownKey())).toBe(200)

    // Once the page knows, it asks in the same dialog.
    await later()
    await button('I have saved it').click()
    await page.reload()
    await button('More actions').click()
    await page.getByRole('menuitem', { name: 'API Key' }).click()
    await button('Create another').click()
    await page.getByRole('textbox', { name: 'Name' }).fill('PingOne again')
    const password = page.getByRole('dialog', { name: 'API key' }).getByLabel('Your password')
    await password.fill('not this one')
    await button('Create key').click()
    await page.getByRole('alert').getByText('That is not your password.').waitFor()
    await password.fill(PASSWORD)
    await button('Create key').click()
    expect(await status(await shownKey())).toBe(200)

    // So does every other that gives power away.
    await later()
    await visitor.go('/connect')
    await button('Make a link …').click()
    await page.getByRole('dialog').getByLabel('Your password').fill(PASSWORD)
    await button('Make the link').click()
    await page.getByRole('textbox', { name: 'Setup link' }).waitFor()
    expect(await asked.count()).toBe(0)

    // Whoever has no password is asked for none.
    const hash = await later(null)
    await page.reload()
    await button('Make a link …').click()
    await button('Make the link').click()
    const dialog = page.getByRole('dialog', { name: 'Once more, please' })
    await dialog.getByText('and you have no password').waitFor()
    expect(await page.getByLabel(/password/i).count()).toBe(0)
    // Where there is a provider to sign in with, it goes on by itself once that was done in another tab.
    const ways = { password: true, oidc: { label: 'Sign in there' }, isNew: false, flags: [] }
    const way = '**/console/api/sign-in'
    await page.route(way, (route) => route.fulfill({ json: ways }))
    await page.reload()
    await button('Make a link …').click()
    await button('Make the link').click()
    const there = dialog.getByRole('link', { name: 'Sign in there' })
    expect(await there.getAttribute('href')).toContain('back=%2Fmy-stuff%3Fopen%3Dproved')
    await button('Go on').click()
    await dialog.getByText('You have not signed in there yet.').waitFor()
    await later(null, Date.now())
    await page.getByRole('textbox', { name: 'Setup link' }).waitFor()
    expect(await dialog.count()).toBe(0)
    await page.unroute(way)
    await visitor.go('/../../my-stuff?open=proved')
    await page.getByText('This tab may be closed').waitFor()
    await later(hash)
    await visitor.go('/../../my-stuff?open=api-key')
  })
})
