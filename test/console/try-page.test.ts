/** Try it in the browser: what would come of a request, and that nothing of it is stored. */

import { expect, test } from 'vitest'
import { send, user } from '../support/service.ts'
import { accessibilityOf, overflowOf, type Visitor } from './visitor.ts'
import { withService } from './with-service.ts'

const at = withService(async (running) => {
  const ann = { ...user('ann@example.com'), title: 'Guide' }
  expect((await send(running, '/Users', running.key, ann)).status).toBe(201)
})

async function look(colorScheme?: 'light' | 'dark', width?: number): Promise<Visitor> {
  const visitor = await at.look(colorScheme, width)
  await visitor.go('/try')
  return visitor
}

test('a change is shown with its difference and its quirks, and is not there afterwards', async () => {
  const { page, go } = await look()
  await page.getByRole('button', { name: 'Change as Entra does' }).click()
  await page.getByRole('button', { name: 'Try it' }).click()
  await page.getByText('200 Success').waitFor()
  await page.getByText('Nothing was stored.').waitFor()
  expect(await page.getByRole('deletion').first().textContent()).toContain('Guide')
  await page.getByText('op-capitalised').waitFor()
  await go('/users?q=ann')
  await page.getByRole('link', { name: 'ann@example.com' }).click()
  await page.getByText('Guide').waitFor()
})

test('the strict profile refuses the same, with cause and next step', async () => {
  const { page } = await look()
  await page.getByRole('button', { name: 'Change as Entra does' }).click()
  await page.getByLabel('Strict').check()
  await page.getByRole('button', { name: 'Try it' }).click()
  await page.getByText('400 Refused').waitFor()
  await page.getByRole('term').getByText('Next step').waitFor()
  expect(await page.getByText('Nothing was stored.').count()).toBe(0)
})

test('a curl command is taken apart wherever it is pasted, and its DELETE told in words', async () => {
  const { page } = await look()
  const before = await page.getByLabel('Body').inputValue()
  await page.getByRole('button', { name: 'Delete a user' }).click()
  const path = await page.getByLabel('Path').inputValue()
  await page.getByRole('button', { name: 'Create as Entra does' }).click()
  const command = `curl -X DELETE 'https://other.example/scim${path}' \\\n -H 'Authorization: Bearer x' -H 'X-A: b'`
  await page.getByLabel('Body').focus()
  await page.evaluate(`{
    const clipboardData = new DataTransfer()
    clipboardData.setData('text', ${JSON.stringify(command)})
    const paste = new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true })
    document.activeElement.dispatchEvent(paste)
  }`)
  await page.getByText('Left out: the credential').waitFor()
  expect(await page.getByLabel('Path').inputValue()).toBe(path)
  await page.getByText('Ignored').getByText('X-A').waitFor()
  await page.getByRole('button', { name: 'Try it' }).click()
  await page.getByText('ann@example.com would be suspended.').waitFor()
  await page.getByText('is in no group.').waitFor()
  await page.getByRole('button', { name: 'Put back what was here' }).click()
  expect(await page.getByLabel('Body').inputValue()).toBe(before)
})

test('by keys alone: what is no JSON is said, and Ctrl-Enter sends', async () => {
  const { page } = await look()
  await page.getByLabel('Body').fill('{"userName": ')
  await page.getByText('Not JSON yet').waitFor()
  await page.keyboard.press('Control+Enter')
  await page.getByText('400 Refused').waitFor()
})

test('a request of Activity is tried again', async () => {
  const { page, go } = await look()
  await go('/activity?method=POST')
  await page.getByRole('link', { name: 'POST /Users' }).click()
  await page.getByRole('link', { name: 'Try it again' }).click()
  await expect.poll(() => page.getByLabel('Body').inputValue()).toContain('ann@example.com')
  await page.getByRole('button', { name: 'Try it' }).click()
  await page.getByText('409 Refused').waitFor()
})

test('axe finds nothing in an answer', async () => {
  const { page, complaints } = await look('dark', 320)
  for (const example of ['Create as Entra does', 'See a refusal']) {
    await page.getByRole('button', { name: example }).click()
    await page.getByRole('button', { name: 'Try it' }).click()
    await page.getByRole('heading', { name: 'Answer' }).waitFor()
    expect(await accessibilityOf(page)).toEqual([])
    expect(await overflowOf(page)).toBe(0)
  }
  expect(complaints).toEqual([])
})
