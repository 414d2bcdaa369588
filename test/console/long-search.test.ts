/** Activity where more came than one search looks through: it goes on by itself, and can be stopped. */

import { readFile } from 'node:fs/promises'
import { beforeAll, expect, test } from 'vitest'
import { openDatabase } from '../../src/server/database.ts'
import type { NewRequest } from '../../src/store/journal.ts'
import { journalFile, openSqliteJournal } from '../../src/stores/sqlite/journal.ts'
import { accessibilityOf, overflowOf, settled } from './visitor.ts'
import { withService } from './with-service.ts'

/** So many that it takes three searches to come by all of them. */
const MANY = 45_000
const DAY = 86_400_000

let tenant: string
let file: string

const { look } = withService(
  async () => {},
  async (database) => {
    file = database.replace('sqlite:', '')
  },
)

const request = (index: number): NewRequest => ({
  ...{ tenant, requestId: `request-${index}`, at: Date.now(), milliseconds: 2, method: 'GET' },
  ...{ path: pathOf(index), query: '', status: 200, result: 'success', key: null, agent: null },
  ...{ address: null, scimType: null, quirks: [], resource: null, refused: null },
  ...{ route: '/Users', detail: null },
  request: { headers: {}, body: null, omitted: null },
  response: { headers: {}, body: null, omitted: null },
})

// The oldest of all, and one that the first search comes by.
const pathOf = (index: number) =>
  index === 0 ? '/Schemas/oldest' : index === MANY - 1_000 ? '/Schemas/newer' : '/Users'

beforeAll(async () => {
  const opened = await openDatabase({ kind: 'sqlite', file }, { create: false, lock: false })
  tenant = (await opened.registry.tenants())[0]?.id ?? ''
  await opened.close()
  let now = Date.now() - DAY
  const journal = openSqliteJournal({ file: journalFile(file), now: () => Math.floor(now) })
  for (let first = 0; first < MANY; first += 5_000) {
    const requests = Array.from({ length: 5_000 }, (_, index) => request(first + index))
    await journal.append({ requests, counts: [], firsts: [] })
    now += DAY / 10
  }
  await journal.close()
})

test('it goes on until it has found something, and further when it is told to', async () => {
  const { page, go } = await look()
  await go('/activity?path=/Schemas/oldest')
  await page.getByRole('link', { name: 'GET /Schemas/oldest' }).waitFor()
  expect(await page.getByText('Searched back to').count()).toBe(0)
  await go('/activity?path=/Schemas')
  await page.getByRole('link', { name: 'GET /Schemas/newer' }).waitFor()
  await page.getByText('Searched back to').waitFor()
  expect(await page.getByRole('link', { name: 'GET /Schemas/oldest' }).count()).toBe(0)
  await page.getByRole('button', { name: 'Go on searching' }).click()
  await page.getByRole('link', { name: 'GET /Schemas/oldest' }).waitFor()
  expect(await page.getByText('Searched back to').count()).toBe(0)
  // From one to the next, however far apart they are.
  await page.getByRole('link', { name: 'GET /Schemas/newer' }).click()
  await page.getByRole('link', { name: 'Older' }).click()
  await page.getByRole('heading', { name: 'GET /Schemas/oldest' }).waitFor()
  await page.getByRole('link', { name: 'Newer' }).waitFor()
})

test('a file has all that fit, however far apart they are', async () => {
  const { page, go } = await look()
  await go('/activity?path=/Schemas')
  const waiting = page.waitForEvent('download')
  await page.getByRole('link', { name: 'CSV' }).click()
  const text = await readFile(await (await waiting).path(), 'utf8')
  const [, ...rows] = text.trim().split('\r\n')
  expect(rows.map((row) => row.split(',')[3])).toEqual(['/Schemas/newer', '/Schemas/oldest'])
})

test('it can be stopped, and gone on with to the end', async () => {
  const { page, go } = await look('dark', 320)
  // A slow service, so that there is time to stop it.
  await page.route('**/activity?*', async (route) => {
    await new Promise((resolve) => setTimeout(resolve, 1_000))
    await route.continue()
  })
  await go('/activity?path=/nowhere')
  await page.getByText('Searching for requests that fit').waitFor()
  await page.getByRole('button', { name: 'Stop' }).click()
  await page.getByText('None that fits was found so far').waitFor()
  await settled(page)
  expect(await accessibilityOf(page)).toEqual([])
  expect(await overflowOf(page)).toBe(0)
  await page.getByRole('button', { name: 'Go on searching' }).click()
  await page.getByRole('heading', { name: 'No request fits' }).waitFor()
})

test('what comes is shown live, without looking through all that came before', async () => {
  const { page, go } = await look()
  const asked: (string | null)[] = []
  page.on('request', (one) => {
    const url = new URL(one.url())
    if (url.pathname.endsWith('/activity')) asked.push(url.searchParams.get('after'))
  })
  await go('/activity?path=/nowhere&live=1')
  await page.getByRole('heading', { name: 'No request fits' }).waitFor()
  await expect.poll(() => asked.filter((after) => after !== null).length).toBeGreaterThan(1)
  expect(asked.filter((after) => after !== null && Number(after) < 1e12)).toEqual([])
})
