import { beforeEach, expect, test } from 'vitest'
import { ENTERPRISE_USER } from '../../src/protocol/urn.ts'
import { expectError, searchOf } from '../support/client.ts'
import { onEveryStore } from '../support/suite.ts'

onEveryStore('sortBy and sortOrder (§3.4.2.3)', (suite) => {
  beforeEach(async () => {
    await suite.user({
      userName: 'b',
      externalId: 'b',
      title: 'Äbte',
      name: { familyName: 'Jensen' },
      emails: [{ value: 'z@example.com' }, { value: 'a@example.com', primary: true }],
      active: true,
      [ENTERPRISE_USER]: { department: 'Tours' },
    })
    await suite.user({
      userName: 'A',
      externalId: 'C',
      title: 'zebra',
      name: { familyName: 'jansen' },
      emails: [{ value: 'm@example.com' }, { value: '0@example.com' }],
      active: false,
      [ENTERPRISE_USER]: { department: 'Sales' },
    })
    await suite.user({ userName: 'c', externalId: 'a' })
  })

  const sorted = async (query: string) => {
    const { status, text, body } = await suite.get(`/Users?${query}`)
    expect(status, text).toBe(200)
    return body.Resources.map(({ userName }) => userName).join('')
  }

  test.each([
    ['userName', 'Abc', 'cbA', 'case ignored'],
    ['USERNAME', 'Abc', 'cbA', 'names in any letter case'],
    ['externalId', 'Acb', 'bcA', 'case counts where the attribute is case-exact'],
    ['title', 'Abc', 'cbA', 'by code point'],
    ['name.familyName', 'Abc', 'cbA', 'no value last, descending first'],
    ['emails', 'bAc', 'cAb', 'the primary value counts, or else the first'],
    ['emails.value', 'bAc', 'cAb', 'by a sub-attribute'],
    ['active', 'Abc', 'cbA', 'false before true'],
    [`${ENTERPRISE_USER}:department`, 'Abc', 'cbA', 'in an extension'],
  ])('by %s: %s, descending %s (%s)', async (sortBy, ascending, descending) => {
    const by = `sortBy=${encodeURIComponent(sortBy)}`
    expect(await sorted(by)).toBe(ascending)
    expect(await sorted(`${by}&sortOrder=ascending`)).toBe(ascending)
    expect(await sorted(`${by}&sortOrder=descending`)).toBe(descending)
  })

  test('by meta.created follows the order of creation, as far as clocks tell', async () => {
    const { body } = await suite.get('/Users?sortBy=meta.created&sortOrder=descending')
    const dates = body.Resources.map(({ meta }) => meta.created)
    expect(dates).toEqual([...dates].sort().reverse())
  })

  test('ties come in the order of ids, ascending either way, so pages never overlap', async () => {
    for (let index = 0; index < 6; index++) await suite.user({ title: 'same' })
    for (const order of ['ascending', 'descending']) {
      const query = `filter=title%20eq%20%22same%22&sortBy=title&sortOrder=${order}`
      const whole = (await suite.get(`/Users?${query}`)).body.Resources.map(({ id }) => id)
      expect(whole).toEqual([...whole].sort())
      const pages: string[] = []
      for (let startIndex = 1; startIndex <= 6; startIndex += 2) {
        const page = await suite.get(`/Users?${query}&startIndex=${startIndex}&count=2`)
        pages.push(...page.body.Resources.map(({ id }) => id))
      }
      expect(pages).toEqual(whole)
    }
  })

  test('sortOrder without sortBy is ignored (§3.4.2.3)', async () => {
    expect([...(await sorted('sortOrder=descending'))].sort().join('')).toBe('Abc')
  })

  test.each([
    'name',
    'addresses',
    'nothing',
    'password',
    'groups',
    'groups.value',
    '%5B',
    'emails.nothing',
  ])('by %s answers 400 invalidFilter', async (sortBy) => {
    const refused = await suite.get(`/Users?sortBy=${sortBy}`)
    expectError(refused, 400, 'invalidFilter')
    expect(refused.body.detail).toMatch(/^"sortBy": ./)
  })

  test('an unknown sortOrder answers 400 invalidValue', async () => {
    expectError(await suite.get('/Users?sortBy=userName&sortOrder=up'), 400, 'invalidValue')
  })

  test('at the root resources of all types are one order; who has no value comes last', async () => {
    await suite.group('B group')
    await suite.group('a group')
    await suite.patch(`/Users/${(await suite.user({ userName: 'd' })).id}`, [
      { op: 'add', path: 'displayName', value: 'Ab user' },
    ])
    const search = async (sortOrder: string) => {
      const filter = 'displayName pr or userName eq "c"'
      const reply = await suite.post(
        '/.search',
        searchOf({ filter, sortBy: 'displayName', sortOrder }),
      )
      return reply.body.Resources.map(({ userName, displayName }) => displayName ?? userName)
    }
    const ascending = ['a group', 'Ab user', 'B group', 'c']
    expect(await search('ascending')).toEqual(ascending)
    expect(await search('descending')).toEqual(ascending.toReversed())
  })

  test('at the root an attribute of one type sorts the others last', async () => {
    await suite.group('Guides')
    const { body } = await suite.get('/?sortBy=userName')
    expect(body.Resources.map(({ userName }) => userName)).toEqual(['A', 'b', 'c', undefined])
    expectError(await suite.get('/?sortBy=nothing'), 400, 'invalidFilter')
  })
})
