/** Activity in the browser: with nothing kept, with requests that were really made, and live. */

import { readFile } from 'node:fs/promises'
import { beforeAll, describe, expect, test } from 'vitest'
import { Connection } from '../../src/stores/sqlite/connection.ts'
import { journalFile } from '../../src/stores/sqlite/journal.ts'
import { send, user } from '../support/service.ts'
import { accessibilityOf, overflowOf, settled } from './visitor.ts'
import { withService } from './with-service.ts'

const PATCH = 'urn:ietf:params:scim:api:messages:2.0:PatchOp'

let file: string
const { running, look } = withService(
  async () => {},
  async (database) => {
    file = database.replace('sqlite:', '')
  },
)

const scim = (path: string, body?: unknown, method?: string) =>
  send(running(), path, running().key, body, method)

test('with nothing it teaches the next step, and axe finds nothing', async () => {
  const { page, go } = await look('dark', 320)
  await go('/activity')
  await page.getByRole('heading', { name: 'No request has come yet' }).waitFor()
  await page.getByRole('main').getByRole('link', { name: 'Connect an identity' }).waitFor()
  expect(await accessibilityOf(page)).toEqual([])
  expect(await overflowOf(page)).toBe(0)
})

test('live, a request appears by itself, and none does under the eyes of a reader', async () => {
  const { page, go } = await look()
  await go('/activity')
  await page.getByRole('button', { name: 'Live' }).click()
  expect(new URL(page.url()).search).toBe('?live=1')
  await scim('/Users?filter=userName%20eq%20%22nobody%22')
  const rows = page.getByRole('main').getByRole('row')
  await page.getByRole('link', { name: /^GET \/Users ?\?filter=userName eq "nobody"$/ }).waitFor()
  for (let index = 0; index < 40; index++) await scim('/Groups')
  await expect.poll(() => rows.count(), { timeout: 10_000 }).toBe(42)
  await page.evaluate('window.scrollTo(0, 700)')
  await scim('/ServiceProviderConfig')
  await page.getByRole('button', { name: 'Show 1 new request' }).waitFor()
  expect(await rows.count()).toBe(42)
  await page.getByRole('button', { name: 'Show 1 new request' }).click()
  await page.getByRole('link', { name: 'GET /ServiceProviderConfig' }).waitFor()
  const journal = new Connection(journalFile(file))
  journal.exec(`update request_minutes set unkept = 1 where tenant <> ''`)
  await page.getByText(/^\d requests? that came between .* counted and not kept/).waitFor()
  expect(await accessibilityOf(page)).toEqual([])
  journal.exec('update request_minutes set unkept = 0')
  journal.exec(
    `insert into request_forgotten select tenant, 1 from requests where tenant <> '' limit 1`,
  )
  const begun = page.getByText(/^Requests are kept since .* Older ones were forgotten/)
  await go('/activity')
  await begun.waitFor()
  await go('/settings')
  await begun.waitFor()
  journal.exec('delete from request_forgotten')
  journal.close()
})

test('an unknown key is told on the overview, and its request found from there', async () => {
  const { page, go } = await look()
  await go('/overview')
  await page.getByRole('heading', { name: 'Connections' }).waitFor()
  expect(await page.getByText('no key that is known here').count()).toBe(0)
  const refused = await send(running(), '/Users?count=1', 'rc_mistyped')
  expect(refused.status).toBe(401)
  await expect
    .poll(async () => {
      await page.reload()
      await page.getByRole('heading', { name: 'Connections' }).waitFor()
      return await page.getByText('1 request came with no key that is known here').count()
    })
    .toBe(1)
  // What nobody can know just now is not said as if it were known, and nobody has to ask for it.
  const health = page.getByRole('cell', { name: /^(?:Was )?(?:Healthy|Unused)/i })
  expect(await health.textContent()).not.toContain('As of')
  await page.context().setOffline(true)
  await health.getByText(/^As of/).waitFor()
  await page.getByText('It is asked again and again by itself').waitFor()
  expect(await accessibilityOf(page)).toEqual([])
  await page.context().setOffline(false)
  await health.getByText(/^(?:Healthy|Unused)$/).waitFor()
  expect(await page.getByRole('alert').count()).toBe(0)
  await page.getByRole('link', { name: 'See it' }).click()
  await page.getByRole('heading', { name: 'Unknown keys', level: 1 }).waitFor()
  const row = page.getByRole('row').nth(1)
  await row.getByText(refused.headers.get('X-Request-Id') ?? 'none').waitFor()
  await row.getByText('401 malformed key').waitFor()
  await row.getByRole('link', { name: 'GET /Users' }).click()
  await page.waitForURL(/\/unknown-keys\/\d+$/)
  await page.getByRole('term').getByText('Cause').waitFor()
  await page.getByText('What was sent is no API key').waitFor()
  await page.getByText('No body is kept of what comes with no known key.').first().waitFor()
  await settled(page)
  expect(await accessibilityOf(page)).toEqual([])
  expect(await overflowOf(page)).toBe(0)
  await page.getByRole('main').getByRole('link', { name: 'Unknown keys' }).click()
  await page.getByRole('heading', { name: 'Unknown keys', level: 1 }).waitFor()
})

describe('with requests', () => {
  let id: string
  beforeAll(async () => {
    const body = { ...user('ann@example.com'), title: 'Guide', password: 'hunter22 hunter22' }
    id = ((await (await scim('/Users', body)).json()) as { id: string }).id
    const operation = { op: 'Replace', path: 'title', value: 'Lead' }
    await scim(`/Users/${id}`, { schemas: [PATCH], Operations: [operation] }, 'PATCH')
    await scim('/Users', user('Ann@example.com'))
  })

  test('a refusal says its cause and the next step first, and leads to the one before', async () => {
    const { page, go } = await look()
    await go('/activity')
    await page.getByLabel('Result').selectOption('Refused')
    await page.getByRole('button', { name: 'Drop the filter: result is Refused' }).waitFor()
    expect(new URL(page.url()).search).toBe('?result=rejected')
    await page.getByRole('link', { name: 'POST /Users' }).click()
    await page.getByText('409').first().waitFor()
    await page.getByRole('term').getByText('Cause').waitFor()
    await page.getByRole('term').getByText('Next step').waitFor()
    const holder = page.getByRole('definition').getByRole('link', { name: 'Ann@example.com' })
    expect(await holder.getAttribute('href')).toMatch(new RegExp(`/users/${id}$`))
    await page.getByRole('link', { name: 'Activity' }).first().waitFor()
    expect(await page.getByRole('link', { name: 'Older' }).count()).toBe(0)
    await page.getByRole('main').getByRole('link', { name: 'Activity' }).click()
    expect(new URL(page.url()).search).toBe('?result=rejected')
  })

  test('a change is shown before and after, with its quirk, as JSON, and as curl', async () => {
    const { page, go } = await look()
    await go('/activity?method=PATCH')
    await page.getByRole('link', { name: `PATCH /Users/${id}` }).click()
    expect(await page.getByRole('deletion').textContent()).toContain('Guide')
    expect(await page.getByRole('insertion').textContent()).toContain('Lead')
    await page.getByText('op-capitalised').waitFor()
    await page.getByRole('button', { name: 'Copy as curl' }).waitFor()
    await page.getByRole('region', { name: 'Body of the request' }).getByText('"path"').waitFor()
  })

  test('what was redacted is marked, and what it was is nowhere', async () => {
    const { page, go } = await look()
    await go(`/activity?method=POST&resource=${id}`)
    await page.getByRole('link', { name: 'POST /Users' }).click()
    await page.locator('mark').getByText('redacted').waitFor()
    expect(await page.content()).not.toContain('hunter22')
    await go(`/users/${id}?part=timeline`)
    const created = page.getByRole('listitem').filter({ hasText: 'Created' })
    await created.getByRole('link', { name: 'The request' }).click()
    await page.getByRole('heading', { level: 1, name: 'POST /Users' }).waitFor()
    await page.goBack()
    await created.waitFor()
  })

  test('filters are combined, named when nothing fits, and dropped', async () => {
    const { page, go } = await look()
    await go('/activity')
    await page.getByRole('searchbox').fill('/Users')
    await page.waitForURL('**/activity?path=%2FUsers')
    await page.getByRole('button', { name: 'More filters' }).click()
    await page.getByLabel('Took at least').fill('3600000')
    await page.getByRole('button', { name: 'Apply' }).click()
    await page.getByText('path begins with /Users, took at least').waitFor()
    await page.goBack()
    await page.getByRole('link', { name: `PATCH /Users/${id}` }).waitFor()
    expect(new URL(page.url()).search).toBe('?path=%2FUsers')
    await page.getByRole('searchbox').fill('ada@example.com')
    await page.getByText('choose Requests').waitFor()
    await go(`/activity?path=${encodeURIComponent(`http://id.example.com/scim/v2/Users/${id}`)}`)
    await page.getByRole('link', { name: `PATCH /Users/${id}` }).waitFor()
    await page.getByText('and no older ones').waitFor()
    await page.getByRole('searchbox').fill(`/scim/v2/Users/${id}?attributes=id`)
    await page.getByRole('status').getByText('?attributes=id is left out.').waitFor()
    await page.getByRole('link', { name: `PATCH /Users/${id}` }).waitFor()
    await go('/activity?from=2000&to=1000')
    await page.getByRole('heading', { name: '“Since” is not earlier than “Before”' }).waitFor()
    await go('/activity?from=abc')
    await page.getByRole('heading', { name: '“abc” is no time.' }).waitFor()
    await page.getByRole('button', { name: 'Drop the filter: since abc' }).waitFor()
    await go('/activity?slower=abc')
    await page.getByRole('heading', { name: '“abc” is no number of milliseconds.' }).waitFor()
    await page.getByRole('button', { name: 'Show all requests' }).click()
    await page.getByRole('link', { name: `PATCH /Users/${id}` }).waitFor()
    expect(new URL(page.url()).search).toBe('')
  })

  test('exactly the filtered ones are exported', async () => {
    const { page, go } = await look()
    await go('/activity?result=rejected')
    const waiting = page.waitForEvent('download')
    await page.getByRole('link', { name: 'CSV' }).click()
    const file = await readFile(await (await waiting).path(), 'utf8')
    expect(file.trim().split('\r\n')).toHaveLength(2)
    expect(file).toContain('uniqueness')
  })

  // The pages as one comes to them are in every-page.test.ts.
  test('axe finds nothing when they are filtered, or of a change and a refusal', async () => {
    const { page, go, complaints } = await look('dark', 320)
    const check = async (path: string) => {
      await settled(page)
      expect([path, await accessibilityOf(page)]).toEqual([path, []])
      expect([path, await overflowOf(page)]).toEqual([path, 0])
    }
    await go('/activity?path=/no')
    await check('/activity?path=/no')
    for (const list of ['/activity?result=rejected', '/activity?method=PATCH']) {
      await go(list)
      await page.getByRole('main').getByRole('row').getByRole('link').first().click()
      await page.getByRole('heading', { name: 'Messages' }).waitFor()
      await check(list)
    }
    expect(complaints).toEqual([])
  })
})

test('the palette finds what there is to do, and shows all of each line in a small window', async () => {
  const { page, go } = await look('light', 320)
  await page.setViewportSize({ width: 320, height: 560 })
  await go('/overview')
  await page.getByRole('heading', { name: 'Connections' }).waitFor()
  await page.keyboard.press('Control+k')
  const options = page.getByRole('option')
  await options.nth(8).waitFor()
  const cut = `[...document.querySelectorAll('[role="option"]')].filter(
    ({ scrollHeight, clientHeight }) => scrollHeight > clientHeight + 1).length`
  expect(await page.evaluate(cut)).toBe(0)
  const box = page.getByRole('combobox')
  for (const [text, title] of [
    ['okta', 'Connect Okta'],
    ['log out', 'Sign out'],
    ['api key', 'API key'],
  ] as const) {
    await box.fill(text)
    await options.filter({ hasText: title }).waitFor()
  }
  await page.keyboard.press('Enter')
  await page.getByRole('dialog', { name: 'API key' }).waitFor()
  await page.keyboard.press('Escape')
  await page.keyboard.press('Control+k')
  await box.fill('dark')
  await page.keyboard.press('Enter')
  expect(await page.evaluate('document.documentElement.dataset.theme')).toBe('dark')
})

test('a request of nobody is told on a screen of middle width without breaking its words', async () => {
  const { page, go } = await look('light', 768)
  await send(running(), '/Users?filter=userName%20eq%20%22somebody%22', 'rc_mistyped')
  // It is written down a moment after it was answered, and this page is not live.
  const row = page.getByRole('row').filter({ hasText: '?filter=' })
  await expect
    .poll(async () => {
      await go('/../../unknown-keys')
      await page.getByRole('row').nth(1).waitFor()
      return await row.count()
    })
    .toBe(1)
  const lines = (text: string) =>
    row.getByText(text, { exact: true }).evaluate((one) => one.getClientRects().length)
  expect([await lines('/Users'), await lines('127.0.0.1')]).toEqual([1, 1])
  const query = (await row.getByTitle(/^filter=/).boundingBox()) ?? { x: 0, width: 0 }
  const result = (await row.getByRole('cell').nth(1).boundingBox()) ?? { x: 0 }
  expect(query.x + query.width).toBeLessThanOrEqual(result.x)
  expect(await overflowOf(page)).toBe(0)
})
