/** Settings in the browser: what was changed and not saved is not lost by a wrong step. */

import type { Locator, Page } from 'playwright-core'
import { beforeEach, describe, expect, test } from 'vitest'
import { send } from '../support/service.ts'
import { accessibilityOf, overflowOf, settled, type Visitor } from './visitor.ts'
import { withService } from './with-service.ts'

describe('rules that were changed and not saved', () => {
  const at = withService()
  let visitor: Visitor
  let page: Page
  beforeEach(async () => {
    visitor = await at.look()
    page = visitor.page
    await visitor.go('/overview')
    await page.getByRole('link', { name: 'Settings', exact: true }).click()
    await page.getByRole('radio', { name: /^May be the same/ }).check()
    await page.getByRole('status').getByText('1 change not saved yet').waitFor()
  })

  const question = () => page.getByRole('dialog', { name: 'Leave without saving?' })
  const isFree = () => page.getByRole('radio', { name: /^May be the same/ }).isChecked()

  test('are asked about on the way to another page, and stay when one stays', async () => {
    await page.getByRole('link', { name: 'Users', exact: true }).click()
    await question().getByRole('listitem').getByText('Names of groups').waitFor()
    expect(await accessibilityOf(page)).toEqual([])
    await page.keyboard.press('Escape')
    await expect.poll(() => question().count()).toBe(0)
    expect(new URL(page.url()).pathname).toBe('/t/default/settings')
    expect(await isFree()).toBe(true)
    expect(visitor.complaints).toEqual([])
  })

  test('are asked about by whichever way one leaves: a key, another part, the way back', async () => {
    await page.getByRole('heading', { level: 1 }).click()
    await page.keyboard.press('g')
    await page.keyboard.press('u')
    await question().getByRole('button', { name: 'Stay' }).click()
    await page.getByRole('tab', { name: 'Operators' }).click()
    await question().getByRole('button', { name: 'Stay' }).click()
    await page.evaluate('history.back()')
    await question().getByRole('button', { name: 'Leave without saving' }).click()
    await page.waitForURL('**/overview')
    await visitor.go('/settings')
    await settled(page)
    expect(await isFree()).toBe(false)
  })

  test('are asked about by the browser when its tab is closed', async () => {
    const asked = page.waitForEvent('dialog')
    const closed = page.close({ runBeforeUnload: true })
    const dialog = await asked
    expect(dialog.type()).toBe('beforeunload')
    await dialog.accept()
    await closed
  })

  test('are forgotten by Undo, and nothing asks any more', async () => {
    await page.getByRole('button', { name: 'Undo' }).click()
    await page.getByRole('link', { name: 'Users', exact: true }).click()
    await page.getByRole('heading', { level: 1, name: 'Users' }).waitFor()
  })

  test('that are wrong are not offered to be saved', async () => {
    await page.getByLabel('Days that requests are kept').fill('ever')
    await page.getByRole('alert').getByText('A whole number from 0 to 365.').waitFor()
    // Said beside the button too, which may stand before the field.
    await page.getByRole('status').getByText('kept: A whole number').waitFor()
    await page.getByRole('link', { name: 'Users', exact: true }).click()
    await question().getByRole('listitem').nth(1).waitFor()
    expect(await question().getByRole('button').allTextContents()).toEqual([
      '',
      'Leave without saving',
      'Stay',
    ])
    await question().getByRole('button', { name: 'Stay' }).click()
    await page.getByRole('button', { name: 'Sign out' }).click()
    await question().getByRole('button', { name: 'Stay' }).click()
    await page.getByRole('alert').getByText('A whole number from 0 to 365.').waitFor()
    const session = await page.evaluate(
      `fetch('/console/api/session').then(({ status }) => status)`,
    )
    expect(session).toBe(200)
  })

  test('are saved on the way, by keyboard alone and on a narrow screen', async () => {
    await page.setViewportSize({ width: 320, height: 640 })
    expect(await overflowOf(page)).toBe(0)
    await page.getByRole('link', { name: 'My Stuff' }).focus()
    await page.keyboard.press('Enter')
    await question().waitFor()
    expect(await overflowOf(page)).toBe(0)
    await page.keyboard.press('Enter')
    await page.waitForURL('**/my-stuff')
    await page.getByText('The rules were saved.').waitFor()
    await visitor.go('/settings')
    await settled(page)
    expect(await isFree()).toBe(true)
    // What becomes of names that several groups have by then is said before.
    const group = {
      schemas: ['urn:ietf:params:scim:schemas:core:2.0:Group'],
      displayName: 'Team "A"',
    }
    for (const _ of 'ab') await send(at.running(), '/Groups', at.running().key, group)
    await page.getByRole('radio', { name: /^Must be unique/ }).check()
    await page.getByText('1 name is held by more than one group: Team "A" (2 groups).').waitFor()
    expect(await overflowOf(page)).toBe(0)
    const link = page.getByRole('link', { name: 'Team "A"', exact: true })
    const groups = new URL((await link.getAttribute('href')) ?? '', page.url())
    expect(groups.searchParams.get('filter')).toBe('displayName eq "Team \\"A\\""')
    await page.getByRole('button', { name: 'Save' }).click()
    await page.getByRole('status').getByText('The rules were saved.').waitFor()
  })
})

describe('somebody who is invited', () => {
  const at = withService()

  test('is told of in the words for what happened to their password', async () => {
    const { page, go } = await at.look()
    await go('/settings?part=operators')
    const invite = async (role: string): Promise<Locator> => {
      await page.getByRole('button', { name: 'Invite' }).click()
      const dialog = page.getByRole('dialog')
      await dialog.getByLabel('E-mail').fill('eve@example.com')
      await dialog.getByLabel('Name').fill('Eve')
      await dialog.getByRole('radio', { name: role }).check()
      await dialog.getByRole('button', { name: 'Invite' }).click()
      return dialog
    }
    const first = await invite('Viewer')
    await first.getByText('to choose a password with').waitFor()
    const link = await first.getByRole('textbox', { name: 'Sign-in link' }).inputValue()
    await first.getByRole('button', { name: 'Done' }).click()

    const own = await page.context().browser()?.newPage()
    if (!own) throw new Error('no browser')
    const refused: string[] = []
    own.on('response', (answer) => {
      if (answer.status() === 410) refused.push(answer.url())
    })
    await own.goto(link)
    await own.getByLabel('A password').fill('long enough, yes')
    await own.getByRole('button', { name: 'Make it and sign in' }).click()
    await own.waitForURL('**/overview')
    for (const [path, reason, control] of [
      ['try', 'Admins try requests', 'Try it'],
      ['connect', 'An owner or an admin of default can make a link', 'Make a link …'],
      ['settings', 'You are a viewer here', 'Save'],
      ['settings?part=operators', 'You are a viewer here', 'Invite'],
    ] as const) {
      await own.goto(`${new URL(link).origin}/t/default/${path}`)
      await own.getByText(reason).waitFor()
      expect(await own.getByRole('button', { name: control, exact: true }).count()).toBe(0)
    }
    expect(refused).toEqual([])
    const again = await invite('Admin')
    await again.getByText('Eve could enter before and is admin now.').waitFor()
    await again.getByRole('button', { name: 'Done' }).click()
    const change = async (item: RegExp, action: string): Promise<Locator> => {
      await page.getByRole('button', { name: 'More actions for Eve' }).click()
      await page.getByRole('menuitem', { name: item }).click()
      const dialog = page.getByRole('dialog')
      expect(await accessibilityOf(page)).toEqual([])
      await dialog.getByRole('button', { name: action }).click()
      return dialog
    }
    await change(/^Make viewer/, 'Make viewer')
    await page.getByRole('status').getByText('Eve is viewer of default now.').waitFor()
    const renewed = await change(/^New sign-in link/, 'Make a link')
    await renewed.getByRole('textbox', { name: 'Sign-in link' }).waitFor()
    await renewed.getByRole('button', { name: 'Done' }).click()

    await page.getByRole('tab', { name: 'Tenants' }).click()
    await page.getByLabel('A new tenant').fill('second')
    await page.getByRole('button', { name: 'Make it' }).click()
    await page.waitForURL('**/t/second/connect')
    await go('/../second/settings?part=operators')
    const further = await invite('Viewer')
    await further.getByText('was let in elsewhere before').waitFor()
    const anew = await further.getByRole('textbox', { name: 'Sign-in link' }).inputValue()
    await own.reload()
    await own.waitForURL('**/sign-in?**')
    await own.goto(anew)
    await own.getByRole('heading', { name: 'Welcome back' }).waitFor()
    await own.getByLabel('A new password').fill('another one, long')
    await own.getByRole('button', { name: 'Set it and sign in' }).click()
    await own.waitForURL('**/overview')
    await own.close()
  })
})
