/** Users, suspended accounts and groups in the browser: with nobody there, with some, and with many. */

import { beforeEach, describe, expect, test } from 'vitest'
import { crowd } from '../support/crowd.ts'
import { type Service, send, user } from '../support/service.ts'
import { accessibilityOf, overflowOf, settled, type Visitor } from './visitor.ts'
import { withService } from './with-service.ts'

const PATCH = 'urn:ietf:params:scim:api:messages:2.0:PatchOp'
const GROUP = 'urn:ietf:params:scim:schemas:core:2.0:Group'

const ids = new Map<string, string>()

async function made(running: Service, path: string, body: unknown): Promise<string> {
  const response = await send(running, path, running.key, body)
  expect(response.status).toBe(201)
  return ((await response.json()) as { id: string }).id
}

/** Sixty people, who are all in one group, which is in another; one is deactivated, one was deleted. */
async function populate(running: Service): Promise<void> {
  const everybody: string[] = []
  for (let index = 0; index < 60; index++) {
    const one = String(index).padStart(2, '0')
    everybody.push(
      await made(running, '/Users', {
        ...user(`person${one}@example.com`),
        displayName: `Person ${one}`,
        externalId: `ext-${one}`,
        active: index !== 1,
        title: 'Accountant',
        emails: [{ value: `person${one}@work.example`, type: 'work', primary: true }],
      }),
    )
  }
  const members = everybody.map((value) => ({ value }))
  const staff = await made(running, '/Groups', { schemas: [GROUP], displayName: 'Staff', members })
  const all = { schemas: [GROUP], displayName: 'All of us', members: [{ value: staff }] }
  ids.set('staff', staff)
  ids.set('all', await made(running, '/Groups', all))
  ids.set('first', everybody[0] as string)
  const title = { op: 'replace', path: 'title', value: 'Team lead' }
  const changed = { schemas: [PATCH], Operations: [title] }
  await send(running, `/Users/${everybody[0]}`, running.key, changed, 'PATCH')
  await send(running, `/Users/${everybody[59]}`, running.key, undefined, 'DELETE')
}

const PAGES = {
  users: '/users',
  'users, filtered in vain': '/users?q=nobody-is-called-so',
  'a filter that is none': '/users?filter=active%20eq',
  suspended: '/suspended',
  groups: '/groups',
}

describe('with nobody there', () => {
  const at = withService()

  test.each([
    ['/users', 'There are no users yet', 'Connect an identity provider'],
    ['/suspended', 'No account is suspended', 'See deactivated users'],
    ['/groups', 'There are no groups yet', 'See how to send groups'],
  ])('%s teaches the next step', async (path, title, link) => {
    const { page, go, complaints } = await at.look()
    await go(path)
    await page.getByRole('heading', { name: title }).waitFor()
    const next = page.getByRole('main').getByRole('link', { name: link })
    const address = await next.getAttribute('href')
    await next.click()
    await expect.poll(() => page.url()).toContain(address)
    expect(complaints).toEqual([])
  })

  test('a mistyped address of a tenant leaves its navigation where it is', async () => {
    const { page, go } = await at.look()
    await go('/settings/nowhere')
    await page.getByRole('heading', { name: 'There is no such page' }).waitFor()
    await page
      .getByRole('navigation', { name: 'Pages' })
      .getByRole('link', { name: 'Groups' })
      .click()
    await page.getByRole('heading', { name: 'There are no groups yet' }).waitFor()
  })

  test('axe finds nothing', async () => {
    const { page, go } = await at.look('dark', 320)
    for (const path of [PAGES.users, PAGES.suspended, PAGES.groups]) {
      await go(path)
      await settled(page)
      expect(await accessibilityOf(page)).toEqual([])
      expect(await overflowOf(page)).toBe(0)
    }
  })
})

describe('with some', () => {
  const at = withService(populate)
  let visitor: Visitor
  beforeEach(async () => {
    visitor = await at.look()
  })

  test('users are found as one types, and the address says what was typed', async () => {
    const { page, go } = visitor
    await go('/users')
    await page.getByText('1–50 of 59 users').waitFor()
    // Back leads through what was asked for, one after the other.
    await page.getByLabel('State').selectOption('Deactivated')
    await page.getByText('1–1 of 1 user').waitFor()
    await page.getByRole('searchbox').fill('person0')
    await expect.poll(() => new URL(page.url()).searchParams.get('q')).toBe('person0')
    await page.goBack()
    await expect.poll(() => new URL(page.url()).search).toBe('?filter=active+eq+false')
    await page.goBack()
    await page.getByText('1–50 of 59 users').waitFor()
    await page.getByRole('searchbox').fill('person07')
    await page.getByText('1–1 of 1 user').waitFor()
    expect(new URL(page.url()).search).toBe('?q=person07')
    // Nothing lies over a row: its time says more when pointed at, and a press there opens it.
    const time = page.getByRole('row').locator('time')
    await time.hover()
    expect(await time.getAttribute('title')).toContain('UTC')
    await time.click()
    await page.getByRole('heading', { level: 1, name: 'Person 07' }).waitFor()
    await page.goBack()
    await page.getByText('1–1 of 1 user').waitFor()
    await page.getByRole('searchbox').fill('nobody at all')
    await page.getByRole('heading', { name: 'No user matches “nobody at all”' }).waitFor()
    await page.getByRole('button', { name: 'Show all users' }).click()
    await page.getByText('1–50 of 59 users').waitFor()
  })

  test('pages lead there and back', async () => {
    const { page, go } = visitor
    await go('/users')
    await page.getByRole('link', { name: 'Next' }).click()
    await page.getByText('51–59 of 59 users').waitFor()
    await page.getByRole('link', { name: 'Previous' }).click()
    await page.getByText('1–50 of 59 users').waitFor()
    await page.getByRole('link', { name: 'Next' }).click()
    await page.getByText('51–59 of 59 users').waitFor()
    await page.reload()
    await page.getByText('51–59 of 59 users').waitFor()
    await page.getByRole('link', { name: 'Previous' }).click()
    await page.getByText('1–50 of 59 users').waitFor()
    await page.getByRole('link', { name: 'Next' }).click()
    await page.getByRole('link', { name: 'First page' }).click()
    await page.getByText('1–50 of 59 users').waitFor()
  })

  test('a SCIM filter is applied, and one that is none is told in words', async () => {
    const { page, go } = visitor
    await go('/users')
    await page.getByRole('button', { name: 'SCIM filter' }).click()
    await page.getByLabel('A filter as').fill('userName sw "person"')
    await page.getByRole('button', { name: 'Apply' }).click()
    await page.getByText('1–50 of 59 users').waitFor()
    await page.getByLabel('State').selectOption('Deactivated')
    await page.getByText('1–1 of 1 user').waitFor()
    await page.getByRole('row', { name: /Person 01.*Deactivated/ }).waitFor()
    const asked = new URL(page.url()).searchParams.get('filter')
    expect(asked).toBe('active eq false and (userName sw "person")')
    // What is chosen alone stands beside the box, and opens nothing.
    await go('/users?filter=active%20eq%20false')
    await page.getByText('1–1 of 1 user').waitFor()
    expect(await page.getByLabel('A filter as').isVisible()).toBe(false)
    await page.getByRole('button', { name: 'SCIM filter' }).click()
    await page.getByLabel('State').selectOption('Active')
    await page.getByText('1–50 of 58 users').waitFor()
    await page.getByLabel('A filter as').fill('active eq')
    await page.getByRole('button', { name: 'Apply' }).click()
    await page.getByRole('alert').getByText('malformed filter at character').waitFor()
    await page.getByRole('button', { name: 'Drop the filter' }).click()
    await page.getByText('1–50 of 59 users').waitFor()
  })

  test('a user has a profile, groups, JSON, and a timeline with before and after', async () => {
    const { page, go } = visitor
    await go(`/users/${ids.get('first')}`)
    await page.getByRole('heading', { level: 1, name: 'Person 00' }).waitFor()
    await page.getByText('person00@work.example').waitFor()
    await page.getByRole('tab', { name: 'Timeline' }).click()
    const change = page.getByRole('listitem').filter({ hasText: 'Changed' })
    expect(await change.getByRole('deletion').textContent()).toContain('Accountant')
    expect(await change.getByRole('insertion').textContent()).toContain('Team lead')
    await page.getByRole('link', { name: 'Staff' }).waitFor()
    await page.getByLabel('Kind of change').selectOption('Created')
    await expect.poll(() => change.count()).toBe(0)
    await page.reload()
    await page.getByRole('listitem').filter({ hasText: 'Created' }).waitFor()
    expect(await change.count()).toBe(0)
    await page.getByRole('tab', { name: 'JSON' }).click()
    await page.getByText('"urn:ietf:params:scim:schemas:core:2.0:User"').waitFor()
    expect(new URL(page.url()).search).toBe('?part=json')
    await page.getByRole('tab', { name: 'Groups 2' }).click()
    await page.getByText(/^All of us\s+through Staff$/).waitFor()
    await page.getByRole('link', { name: 'Staff' }).first().click()
    await page.getByRole('heading', { level: 1, name: 'Staff' }).waitFor()
  })

  test('the members of a group come by the page, and groups are nested both ways', async () => {
    const { page, go } = visitor
    await go(`/groups/${ids.get('staff')}`)
    await page.getByRole('link', { name: 'Next' }).click()
    await page.getByText('51–59 of 59 members').waitFor()
    await page.getByRole('tab', { name: 'About' }).click()
    await page.getByRole('link', { name: 'All of us' }).click()
    await page
      .getByRole('row', { name: /Staff\s+Group/ })
      .getByRole('link')
      .click()
    await page.getByRole('heading', { level: 1, name: 'Staff' }).waitFor()
    await page.getByRole('tab', { name: 'Timeline' }).click()
    await page.getByText('Added to a group').waitFor()
    const removed = page.getByRole('listitem').filter({ hasText: 'Member removed' })
    await removed.getByText('when suspended by first').waitFor()
    const added = page.getByRole('listitem').filter({ hasText: 'Member added' })
    await added.getByRole('button', { name: /^and \d+ others$/ }).click()
    await added.getByRole('link', { name: 'Person 07' }).waitFor()
  })

  test('an account is suspended, restored, and erased by who types its name', async () => {
    const { page, go } = visitor
    await go('/users?q=person58')
    await page.getByRole('link', { name: 'Person 58' }).click()
    const act = async (item: string) => {
      await page.getByRole('button', { name: 'More actions' }).click()
      await page.getByRole('menuitem', { name: item }).click()
    }
    await act('Suspend')
    await page.getByRole('dialog').getByText('Suspended is not the same as').waitFor()
    // What failed and was given up is not done later.
    await page.context().setOffline(true)
    await page.getByRole('button', { name: 'Suspend Person 58' }).click()
    await page.getByText('The service did not answer.').waitFor()
    await page.getByRole('button', { name: 'Cancel' }).click()
    await page.context().setOffline(false)
    await page.reload()
    await page.getByText('Active', { exact: true }).first().waitFor()
    await act('Suspend')
    await page.getByRole('button', { name: 'Suspend Person 58' }).click()
    await page.getByText('Person 58 is suspended.').first().waitFor()
    const current = page.getByRole('navigation', { name: 'Pages' }).locator('[aria-current]')
    expect(await current.allTextContents()).toEqual([' Suspended'])
    await page.getByRole('button', { name: 'Restore …' }).click()
    await page.getByRole('button', { name: 'Restore Person 58' }).click()
    await page.getByText('Active', { exact: true }).first().waitFor()
    expect(await current.allTextContents()).toEqual([' Users'])
    await act('Erase')
    const address = page.url()
    const erase = page.getByRole('button', { name: 'Erase Person 58' })
    const typed = page.getByRole('dialog').getByRole('textbox')
    await typed.fill('Person 58')
    await page.getByText('The user name is wanted here: person58@example.com').waitFor()
    expect(await erase.isDisabled()).toBe(true)
    await typed.fill('Person58@example.com ')
    await erase.click()
    await page.waitForURL('**/users')
    // Neither by Back nor by its address is anything shown of whoever is gone.
    await page.goBack()
    await page.getByRole('alert').getByText('Ada Brandt erased this account').waitFor()
    expect(await page.getByRole('heading', { name: 'Person 58' }).count()).toBe(0)
    expect(await page.getByText('person58@').count()).toBe(0)
    await page.goto(address)
    await page.getByRole('alert').getByText('Ada Brandt erased this account just now.').waitFor()
    const rest = page.getByRole('region', { name: 'What is still known' })
    await rest.getByText('Erased', { exact: true }).last().waitFor()
    await go('/settings?part=audit')
    await page.getByRole('row', { name: 'Erased' }).getByRole('link').click()
    await rest.waitFor()
    await go('/users?q=person58')
    await page.getByRole('heading', { name: 'No user matches' }).waitFor()
  })

  test('what an identity provider does meanwhile is told in place of what was asked', async () => {
    const { page, go } = visitor
    const running = at.running()
    const late = user('late@example.com')
    const id = await made(running, '/Users', { ...late, displayName: 'Late Comer' })
    const act = async (button: string, item: string) => {
      await page.getByRole('button', { name: button }).click()
      await page.getByRole('menuitem', { name: item }).click()
    }
    const dialog = page.getByRole('dialog')
    await go(`/users/${id}`)
    await act('More actions', 'Suspend')
    await send(running, `/Users/${id}`, running.key, undefined, 'DELETE')
    await page.getByRole('button', { name: 'Suspend Late Comer' }).click()
    await dialog.getByText('The key “first” suspended this account just now.').waitFor()
    await dialog.getByText('Nothing is left to do.').waitFor()
    await dialog.getByRole('button', { name: 'Close' }).last().click()
    await page.getByText('Late Comer is suspended.').waitFor()
    await go('/suspended')
    await act('More actions for Late Comer', 'Erase')
    await dialog.getByRole('textbox').fill('late@example.com')
    await send(running, '/Users', running.key, late)
    await page.getByRole('button', { name: 'Erase Late Comer' }).click()
    const back = 'Nothing was erased: the key “first” brought this account back just now.'
    await dialog.getByText(back).waitFor()
    await expect.poll(() => page.getByRole('row', { name: /Late Comer/ }).count()).toBe(0)
    await dialog.getByRole('link', { name: 'See the account' }).click()
    await page.getByRole('heading', { level: 1, name: 'late@example.com' }).waitFor()
    await page.getByText('Active', { exact: true }).first().waitFor()
    // Nor is it begun with somebody who has come back since the list was read.
    await send(running, `/Users/${id}`, running.key, undefined, 'DELETE')
    await go('/suspended')
    await page.getByRole('row', { name: /late@/ }).waitFor()
    await send(running, '/Users', running.key, late)
    await act('More actions for late@example.com', 'Erase')
    await dialog.getByText(back).waitFor()
    expect(await dialog.getByRole('textbox').count()).toBe(0)
    await dialog.getByRole('button', { name: 'Close' }).last().click()
    await expect.poll(() => page.getByRole('row', { name: /late@/ }).count()).toBe(0)
    // Nor with somebody who has come back and was deleted again.
    await send(running, `/Users/${id}`, running.key, undefined, 'DELETE')
    await go('/suspended')
    await page.getByRole('row', { name: /late@/ }).waitFor()
    await send(running, '/Users', running.key, late)
    await send(running, `/Users/${id}`, running.key, undefined, 'DELETE')
    await act('More actions for late@example.com', 'Erase')
    await dialog
      .getByText(back.replace('brought this account back', 'suspended this account'))
      .waitFor()
    expect(await dialog.getByRole('textbox').count()).toBe(0)
    await dialog.getByRole('button', { name: 'Close' }).last().click()
    await act('More actions for late@example.com', 'Erase')
    await dialog.getByRole('textbox').waitFor()
    await dialog.getByRole('button', { name: 'Cancel' }).click()
    await send(running, '/Users', running.key, late)
    // Nor with somebody who is not as their page shows them.
    await go(`/users/${id}`)
    await page.getByText('Active', { exact: true }).first().waitFor()
    const value = { active: false, title: 'Gone soon' }
    const retired = { schemas: [PATCH], Operations: [{ op: 'replace', value }] }
    await send(running, `/Users/${id}`, running.key, retired, 'PATCH')
    await act('More actions', 'Erase')
    await dialog
      .getByText(back.replace('brought this account back', 'changed this account'))
      .waitFor()
    expect(await dialog.getByRole('textbox').count()).toBe(0)
    await page.getByText('Deactivated', { exact: true }).first().waitFor()
    await dialog.getByRole('button', { name: 'Close' }).last().click()
    await act('More actions', 'Erase')
    await dialog.getByRole('textbox').waitFor()
    await dialog.getByRole('button', { name: 'Cancel' }).click()
    // Of somebody in no group it is not said that they never were in one.
    const members = [{ value: id }]
    const team = await made(running, '/Groups', { schemas: [GROUP], displayName: 'Team', members })
    await send(running, `/Groups/${team}`, running.key, undefined, 'DELETE')
    await go(`/users/${id}?part=groups`)
    await page.getByRole('heading', { name: 'In no group' }).waitFor()
    await page.getByText('Whether this user was in one before, the timeline tells.').waitFor()
    expect(await page.getByText('has put this user into one').count()).toBe(0)
    // Whoever was erased meanwhile is not shown any longer.
    const gone = await made(running, '/Users', user('gone@example.com'))
    await send(running, `/Users/${gone}`, running.key, undefined, 'DELETE')
    await go(`/users/${gone}`)
    await page.getByText('gone@example.com is suspended.').waitFor()
    await page.evaluate(`(async () => {
      const at = '/console/api/tenants/default/users/${gone}/'
      const headers = { 'x-rollcall-console': '1', 'content-type': 'application/json' }
      const { name, seen } = await (await fetch(at + 'losses', { headers })).json()
      const body = JSON.stringify({ name, seen })
      await fetch(at + 'erase', { method: 'POST', headers, body })
    })()`)
    await act('More actions', 'Erase')
    const rest = page.getByRole('region', { name: 'What is still known' })
    await rest.getByText('Erased', { exact: true }).last().waitFor()
    await page.getByRole('alert').getByText('erased this account just now').waitFor()
    expect(await page.getByText('gone@example.com is suspended.').count()).toBe(0)
    // The pages after this one count who is there.
    await send(running, `/Users/${id}`, running.key, undefined, 'DELETE')
    await go('/suspended')
    await act('More actions for late@example.com', 'Erase')
    await dialog.getByRole('textbox').fill('late@example.com')
    const refused: string[] = []
    page.on('response', (response) => response.ok() || refused.push(response.url()))
    await page.getByRole('button', { name: 'Erase late@example.com' }).click()
    await page.getByText('late@example.com was erased.').waitFor()
    await expect.poll(() => page.getByRole('row', { name: /late@/ }).count()).toBe(0)
    expect(refused).toEqual([])
  })

  test('what nobody sees in a name is shown, turns nothing around it, and need not be typed', async () => {
    const { page, go } = visitor
    const running = at.running()
    const names = { userName: 'gno\u200Bme@example.com', displayName: 'Person \u202E85' }
    const id = await made(running, '/Users', { ...user('gnome@example.com'), ...names })
    await go('/users?q=gno')
    const row = page.getByRole('row').filter({ has: page.locator('[data-code="U+202E"]') })
    await row.locator('[data-code="U+200B"]').first().waitFor()
    await row.getByRole('link').click()
    const heading = page.getByRole('heading', { level: 1 })
    await heading.locator('[data-code="U+202E"]').waitFor()
    const copied = await page.evaluate(`(() => {
      getSelection().selectAllChildren(document.querySelector('h1'))
      return getSelection().toString()
    })()`)
    expect(copied).toBe(names.displayName)
    expect(await page.title()).toBe('Person [U+202E]85 · Rollcall')
    await page.getByRole('button', { name: 'More actions' }).click()
    await page.getByRole('menuitem', { name: 'Erase' }).click()
    const dialog = page.getByRole('dialog')
    const ends = await page.evaluate<number[]>(`
      [...document.querySelector('[role=dialog] h2').childNodes].map((node) => {
        const range = document.createRange()
        range.selectNode(node)
        return range.getBoundingClientRect().left
      })`)
    expect(ends).toEqual(ends.toSorted((one, other) => one - other))
    expect(ends).toHaveLength(3)
    await dialog.locator('code [data-code="U+200B"]').waitFor()
    await dialog.getByRole('textbox').fill('gnome@example.com')
    await dialog.getByRole('button', { name: 'Erase Person' }).click()
    await page.getByRole('status').getByText('Person [U+202E]85 was erased.').waitFor()
    expect((await send(running, `/Users/${id}`, running.key)).status).toBe(404)
  })

  test('who was deleted is among the suspended, with who did it', async () => {
    const { page, go } = visitor
    await go('/suspended')
    await page.getByText('Suspended is not deactivated.').waitFor()
    const row = page.getByRole('row', { name: /Person 59/ })
    expect(await row.textContent()).toMatch(/Person 59.*first/)
    const find = page.getByRole('searchbox', { name: /begins/ })
    await find.fill('person58')
    await page.getByRole('heading', { name: 'No suspended account matches' }).waitFor()
    await find.fill('PERSON59')
    await row.getByRole('button', { name: 'More actions for Person 59' }).click()
    await page.getByRole('menuitem', { name: 'Restore' }).click()
    await page.getByRole('button', { name: 'Restore Person 59' }).click()
    await page.getByRole('button', { name: 'Show all suspended' }).click()
    await page.getByRole('heading', { name: 'No account is suspended' }).waitFor()
  })

  // The pages as one comes to them are in every-page.test.ts.
  test('axe finds nothing in their other parts', async () => {
    const { page, go, complaints } = await at.look('dark', 320)
    const one = `/users/${ids.get('first')}`
    const group = `/groups/${ids.get('staff')}`
    const parts = ['?part=groups', '?part=timeline', '?part=json'].map((part) => one + part)
    const groupParts = ['?part=about', '?part=timeline'].map((part) => group + part)
    for (const path of [...parts, ...groupParts]) {
      await go(path)
      await settled(page)
      expect([path, await accessibilityOf(page)]).toEqual([path, []])
      expect([path, await overflowOf(page)]).toEqual([path, 0])
    }
    const long = {
      ...user(`christopher.${'long'.repeat(12)}@us.northwind.example`),
      displayName: 'y'.repeat(300),
      emails: [{ value: 'a@example.com', type: 't'.repeat(200) }],
    }
    const id = await made(at.running(), '/Users', long)
    await go('/activity?method=POST')
    await page.getByRole('link', { name: 'POST /Users' }).first().click()
    await page.getByRole('heading', { name: 'What it changed' }).waitFor()
    expect(await overflowOf(page)).toBe(0)
    await go(`/users/${id}`)
    await page.getByText('t'.repeat(200)).waitFor()
    expect(await overflowOf(page)).toBe(0)
    await page.getByRole('button', { name: 'More actions' }).click()
    await page.getByRole('menuitem', { name: 'Erase' }).click()
    await page.getByRole('textbox').fill('Somebody else')
    await page.getByText('The user name is wanted here').waitFor()
    const wider = `(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth)(
      document.querySelector('[role=dialog]'))`
    expect(await page.evaluate(wider)).toBe(0)
    expect(await accessibilityOf(page)).toEqual([])
    expect(complaints).toEqual([])
  })
})

describe('with 100,000 users', () => {
  const at = withService(undefined, (database) => crowd(database, 100_000))

  test('a page holds fifty, wherever it begins', async () => {
    const { page, go } = await at.look()
    const rows = page.getByRole('main').getByRole('row')
    await go('/users')
    await page.getByText('1–50 of 100,000 users').waitFor()
    expect(await rows.count()).toBe(51)
    await page.getByRole('link', { name: 'Next' }).click()
    await page.getByText('51–100 of 100,000 users').waitFor()
    expect(await rows.count()).toBe(51)
    await page.getByRole('searchbox').fill('mar')
    await expect.poll(() => rows.nth(1).textContent()).toMatch(/mar/i)
    expect(await rows.count()).toBe(51)
  })

  test('who fits a filter that no index knows comes as far as it is found', async () => {
    const { page, go } = await at.look()
    const filtered = (filter: string) => go(`/users?filter=${encodeURIComponent(filter)}`)
    await filtered('userName co "mara"')
    await page.getByText('1–50 users, and there may be more').waitFor()
    await filtered('userName co "ra-009999"')
    await page.getByText('1–1 of 1 user').waitFor()
    await page.getByRole('link', { name: 'mara-0099990@example.com' }).waitFor()
    await filtered('userName co "nobody"')
    await page.getByRole('heading', { name: 'No user matches the filter' }).waitFor()
  })

  test('every other page stays what it is', async () => {
    const { page, go, complaints } = await at.look('dark', 320)
    const parts = ['rules', 'operators', 'schemas', 'audit', 'tenants']
    const paths = ['/overview', '/suspended', '/activity', '/connect', '/connect/entra', '/try']
    const all = [...paths, ...parts.map((part) => `/settings?part=${part}`), '/../../my-stuff']
    for (const path of all) {
      await go(path)
      await settled(page)
      expect([path, await overflowOf(page)]).toEqual([path, 0])
      expect([path, await page.getByRole('main').getByRole('row').count()]).toEqual([
        path,
        expect.toSatisfy((rows: number) => rows <= 101),
      ])
    }
    await go('/overview')
    await page.getByRole('link', { name: 'users' }).waitFor()
    expect(await page.getByRole('main').textContent()).toMatch(/100,000\s*users\s*1\s*group(?!s)/)
    expect(await accessibilityOf(page)).toEqual([])
    await go('/try')
    await page.getByRole('button', { name: 'Find by user name' }).click()
    await page.getByRole('button', { name: 'Try it' }).click()
    await page.getByText('200').first().waitFor()
    expect(complaints).toEqual([])
  })

  test('so do the members of the group that everybody is in', async () => {
    const { page, go } = await at.look()
    await go('/groups?q=Everybody')
    await page.getByRole('link', { name: 'Everybody' }).click()
    await page.getByText('1–50 of 100,000 members').waitFor()
    // Somebody leaves while one looks: what stands above the list knows it as soon as the list does.
    const first = page.getByRole('main').getByRole('row').nth(1).getByRole('link')
    const [who = '', group = ''] = [await first.getAttribute('href'), page.url()].map((address) =>
      address?.split('/').at(-1),
    )
    const left = { op: 'remove', path: `members[value eq "${who}"]` }
    const running = at.running()
    const body = { schemas: [PATCH], Operations: [left] }
    await send(running, `/Groups/${group}`, running.key, body, 'PATCH')
    await page.getByRole('link', { name: 'Next' }).click()
    await page.getByText('51–100 of 99,999 members').waitFor()
    await page.getByRole('tab', { name: 'Members 99,999' }).waitFor()
    expect(await page.getByRole('main').getByRole('row').count()).toBe(51)
    await page.getByRole('link', { name: 'Previous' }).click()
    await page.getByText('1–50 of 99,999 members').waitFor()
    await page.getByRole('searchbox').fill('mara-0099990@')
    await page.getByText('1–1 of 1 member').waitFor()
    await page.getByRole('searchbox').fill('nobody')
    await page.getByRole('heading', { name: 'No member matches “nobody”' }).waitFor()
    expect(await page.getByRole('searchbox').inputValue()).toBe('nobody')
    await page.getByRole('button', { name: 'Show all members' }).click()
    await page.getByText('1–50 of 99,999 members').waitFor()
  })
})
