/** Connect in the browser: a key made in its guide, ticking for itself and for no other. */

import { expect, test } from 'vitest'
import { send, user } from '../support/service.ts'
import { accessibilityOf, outOfOrder, overflowOf } from './visitor.ts'
import { withService } from './with-service.ts'

const { running, look } = withService()

test('a guide makes its key, shows it where it goes, and ticks with what comes with it', async () => {
  const { page, go } = await look()
  await go('/connect/entra')
  const aside = page.getByRole('complementary', { name: 'What works so far' })
  await aside.getByText('A request came with this key: not yet').waitFor()
  await page.getByRole('button', { name: 'Make another API key' }).click()
  const dialog = page.getByRole('dialog')
  expect(await dialog.getByLabel('Name').inputValue()).toBe('Microsoft Entra ID')
  await dialog.getByRole('button', { name: 'Create key' }).click()
  await dialog.getByRole('button', { name: 'I have saved it' }).click()
  const key = new URL(page.url()).searchParams.get('key')
  expect(key).toMatch(/^\w+$/)
  const secret = await page.getByRole('textbox', { name: 'Secret Token' }).inputValue()
  expect(secret).toMatch(/^rc_\w{38}$/)
  await send(running(), '/Users', secret, user('ann@example.com'))
  await aside.getByText('Somebody was created: done').waitFor()
  await aside.getByText('Something was read: not yet').waitFor()
  await aside.getByRole('option', { name: /^Microsoft Entra ID …\w{4}: 3 of 5$/ }).waitFor({
    state: 'attached',
  })
  expect(await accessibilityOf(page)).toEqual([])
  const headers = { Authorization: `Bearer ${secret}`, 'User-Agent': 'Okta SCIM Client' }
  expect((await fetch(`${running().baseUrl}/Users`, { headers })).status).toBe(200)
  await page.reload()
  await page.getByText('Okta uses it:').waitFor()
})

test('another key has done nothing, in any guide, and its address says which it is', async () => {
  const { page, go } = await look()
  await go('/connect')
  const aside = page.getByRole('complementary', { name: 'What works so far' })
  await aside.getByLabel('With the API key').selectOption({ index: 1 })
  await aside.getByText('The key was accepted: not yet').waitFor()
  await page.getByRole('link', { name: 'Okta' }).click()
  await page.getByRole('heading', { level: 1, name: 'Okta' }).waitFor()
  await aside.getByText('The key was accepted: not yet').waitFor()
  expect(new URL(page.url()).searchParams.get('key')).toMatch(/^\w+$/)
  await page.reload()
  await aside.getByText('The key was accepted: not yet').waitFor()
})

test('a key of nobody that came is told of, and a link to an unknown key says so', async () => {
  const { page, go } = await look()
  await send(running(), '/Users', 'rc_wrong')
  await go('/connect')
  const aside = page.getByRole('complementary', { name: 'What works so far' })
  await aside.getByLabel('With the API key').selectOption({ index: 1 })
  await aside.getByText('a key that this server does not know').waitFor()
  await page.setViewportSize({ width: 320, height: 800 })
  expect(await overflowOf(page)).toBe(0)
  expect(await outOfOrder(page)).toEqual([])
  expect(await accessibilityOf(page)).toEqual([])
  await go('/connect?key=unknown')
  await page.getByText('There is no such key').waitFor()
})

test('a setup link is in sight and chosen when made, and ends for who says so twice', async () => {
  const { page, go } = await look('light', 768)
  await go('/connect')
  await page.getByRole('button', { name: 'Make a link' }).click()
  await page.getByLabel('For whom?').fill('Northwind')
  await page.getByRole('button', { name: 'Make the link' }).click()
  const link = page.getByRole('textbox', { name: 'Setup link' })
  await link.and(page.locator(':focus')).waitFor()
  const { width = 0, height = 0, y = 0 } = (await link.boundingBox()) ?? {}
  expect(width).toBeGreaterThan(300)
  expect(y + height).toBeLessThan(page.viewportSize()?.height ?? 0)
  await page.getByRole('row', { name: 'Northwind' }).waitFor()
  const end = page.getByRole('button', { name: 'End it' })
  await end.click()
  await page.keyboard.press('Escape')
  await end.and(page.locator(':focus')).waitFor()
  await end.click()
  await page.getByRole('dialog').getByText('No key was made with it.').waitFor()
  await page.getByRole('button', { name: 'End the link' }).click()
  await page.getByRole('dialog').waitFor({ state: 'detached' })
  expect(await link.count()).toBe(0)
  await page
    .getByRole('region', { name: 'Somebody else does it?' })
    .and(page.locator(':focus'))
    .waitFor()
})

test('the key of a setup link is not lost by a wrong step, for the link makes no other', async () => {
  const { page, go } = await look()
  await go('/connect')
  const links: string[] = []
  while (links.length < 2) {
    await page.getByRole('button', { name: 'Make a link' }).click()
    await page.getByRole('button', { name: 'Make the link' }).click()
    await page.getByRole('dialog').waitFor({ state: 'detached' })
    links.push(await page.getByRole('textbox', { name: 'Setup link' }).inputValue())
  }
  const [first = '', second = ''] = links
  await page.goto(first)
  await page.getByLabel('Which one is it?').selectOption('Okta')
  await page.getByText('The API key: make it above.').first().waitFor()
  await page.getByRole('button', { name: 'Make the key' }).click()
  const key = page.getByRole('textbox', { name: 'API key' })
  const secret = await key.inputValue()
  const asked = page.waitForEvent('dialog')
  await page.close({ runBeforeUnload: true })
  const question = await asked
  expect(question.type()).toBe('beforeunload')
  await question.dismiss()
  expect(await key.inputValue()).toBe(secret)
  // Another link in the same tab waits for it.
  const paste = (link: string) =>
    page.evaluate(`location.hash = ${JSON.stringify(new URL(link).hash)}`)
  const another = page.getByText('You opened another link.')
  await paste(second)
  await another.waitFor()
  expect(await key.inputValue()).toBe(secret)
  await paste(first)
  await another.waitFor({ state: 'detached' })
  await page.getByRole('button', { name: 'I have saved it' }).click()
  expect(await page.getByRole('textbox', { name: 'API Token' }).inputValue()).toBe(secret)
  await paste(second)
  await page.getByRole('button', { name: 'Make the key' }).waitFor()
  await paste(first)
  await page.reload()
  await page.getByText('keys are shown once').waitFor()
  // One that ends while its page is open is told to have ended, and nothing is offered there any more.
  await paste(second)
  const make = page.getByRole('button', { name: 'Make the key' })
  await make.waitFor()
  await page.evaluate(`(async () => {
    const headers = { 'x-rollcall-console': '1' }
    const at = '/console/api/tenants/default/connect'
    const { links } = await (await fetch(at, { headers })).json()
    for (const { id } of links) await fetch(at + '/links/' + id, { method: 'DELETE', headers })
  })()`)
  await page.getByRole('heading', { name: 'This link does not work' }).waitFor()
  expect(await make.count()).toBe(0)
})

test('a page whose code cannot be had says that there is no answer, and comes with one', async () => {
  const { page, go } = await look()
  await go('/connect')
  await page.getByRole('heading', { level: 1, name: 'Connect' }).waitFor()
  await page.context().setOffline(true)
  await page.getByRole('link', { name: 'Settings' }).click()
  await page.getByRole('heading', { name: 'This page could not be shown' }).waitFor()
  await page.getByText('The service did not answer').waitFor()
  await page.context().setOffline(false)
  await page.getByRole('heading', { level: 1, name: 'Settings' }).waitFor()
  // Nor does one wait in silence for what the page is to show.
  await page.clock.install()
  await page.route(/\/tenants\/default\/users(?:\?|$)/, () => {})
  await page.getByRole('link', { name: 'Users', exact: true }).click()
  await page.getByText('Loading users').waitFor()
  expect(await page.getByText('No answer yet').count()).toBe(0)
  await page.clock.fastForward(5_000)
  await page.getByText('No answer yet').waitFor()
})

test('with a key that may only read no step is told as if it could write', async () => {
  const { page, go } = await look()
  await go('/connect')
  const made = await page.evaluate<{ key: { id: string }; secret: string }>(`(async () => {
    const headers = { 'x-rollcall-console': '1', 'content-type': 'application/json' }
    const body = JSON.stringify({ name: 'Reports', scope: 'read', days: null })
    const path = '/console/api/tenants/default/keys'
    return (await fetch(path, { method: 'POST', headers, body })).json()
  })()`)
  expect((await send(running(), '/Users', made.secret)).status).toBe(200)
  await go(`/connect/okta?key=${made.key.id}`)
  const aside = page.getByRole('complementary', { name: 'What works so far' })
  await aside.getByText('Something was read: done').waitFor()
  const created = aside.getByRole('listitem').filter({ hasText: 'Somebody was created' })
  const said = 'Not with this key: it may only read.'
  await created.getByText(said).waitFor()
  expect(await aside.getByText('Assign one person').count()).toBe(0)
  const steps = page.getByRole('listitem').filter({ hasText: said })
  await steps.getByRole('heading', { name: 'Assign people, push groups' }).waitFor()
  expect(await steps.getByRole('heading', { name: 'Make an application' }).count()).toBe(0)
  expect(await accessibilityOf(page)).toEqual([])
  // Where everything was refused, the overview leads to it.
  const refused = Array.from({ length: 5 }, () => send(running(), '/Users', made.secret, {}))
  expect(new Set((await Promise.all(refused)).map(({ status }) => status))).toEqual(new Set([403]))
  await go('/overview')
  await page.getByRole('link', { name: 'See what went wrong' }).click()
  await page.waitForURL((url) => url.search.includes(made.key.id) && /status=bad/.test(url.search))
})
