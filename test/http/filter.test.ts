import { beforeAll, expect, test } from 'vitest'
import { ENTERPRISE_USER, GROUP, USER } from '../../src/protocol/urn.ts'
import { BASE_URL } from '../support/app.ts'
import { onEveryStore, readOnEveryStore } from '../support/suite.ts'

const PEOPLE = [
  {
    userName: 'anna',
    externalId: 'X1',
    title: 'Guide',
    active: true,
    name: { familyName: 'Österberg' },
    emails: [
      { value: 'anna@work.example', type: 'work', primary: true },
      { value: 'anna@home.example', type: 'home' },
    ],
    [ENTERPRISE_USER]: { department: 'Tours', manager: { value: 'm1' } },
  },
  {
    userName: 'Bertil',
    externalId: 'x1',
    title: 'guide',
    active: false,
    emails: [{ value: 'bertil@work.example', type: 'home', primary: true }],
    x509Certificates: [{ value: 'TWFu' }],
    [ENTERPRISE_USER]: { department: 'Sales' },
  },
  { userName: 'cecilia', title: '50%_\\"', profileUrl: 'https://Example.com/C', nickName: '' },
]

readOnEveryStore('filter (§3.4.2.2)', (suite) => {
  beforeAll(async () => {
    for (const person of PEOPLE) await suite.user(person)
  })

  const find = async (filter: string) =>
    (await suite.find('/Users', filter))
      .map((name) => name[0]?.toLowerCase())
      .sort()
      .join('')

  test.each([
    // The ten operators, on text that is not case-exact.
    ['title eq "GUIDE"', 'ab'],
    ['title ne "guide"', 'c'],
    ['nickName ne "x"', 'abc'],
    ['userName co "ECIL"', 'c'],
    ['userName sw "b"', 'b'],
    ['userName ew "IL"', 'b'],
    ['title pr', 'abc'],
    ['externalId pr', 'ab'],
    ['nickName pr', ''],
    ['nickName eq ""', 'c'],
    ['userName gt "bertil"', 'c'],
    ['userName ge "bertil"', 'bc'],
    ['userName lt "BERTIL"', 'a'],
    ['userName le "BERTIL"', 'ab'],
    ['UserName EQ "anna"', 'a'],
    // caseExact
    ['externalId eq "X1"', 'a'],
    ['externalId sw "x"', 'b'],
    ['profileUrl co "Example"', 'c'],
    ['profileUrl co "example"', ''],
    // letters that fold beyond ASCII
    ['name.familyName eq "ÖSTERBERG"', 'a'],
    ['name.familyName sw "o\u0308ster"', 'a'],
    ['name[familyName co "berg"]', 'a'],
    // booleans, null
    ['active eq true', 'a'],
    ['active ne true', 'bc'],
    ['active eq False', 'b'],
    ['active eq null', 'c'],
    ['active ne null', 'ab'],
    // multi-valued attributes: one value that matches is enough
    ['emails.type eq "home"', 'ab'],
    ['emails eq "anna@home.example"', 'a'],
    ['emails co "work.example"', 'ab'],
    ['emails.value ew "home.example"', 'a'],
    ['emails pr', 'ab'],
    ['not (emails pr)', 'c'],
    ['emails.primary eq true', 'ab'],
    ['emails.type eq "work" and emails.value eq "anna@home.example"', 'a'],
    // value paths: one value has to satisfy everything
    ['emails[type eq "work" and value co "home"]', ''],
    ['emails[type eq "home" and value co "home"]', 'a'],
    ['emails[type eq "home" or primary eq true]', 'ab'],
    ['emails[not (type eq "home")]', 'a'],
    ['not (emails[type eq "home"])', 'c'],
    ['emails[primary eq true].value co "bertil"', 'b'],
    ['emails[(type eq "work" or type eq "home") and not (primary eq true)]', 'a'],
    ['emails[display pr]', ''],
    // and, or, not, grouping
    ['title pr and active eq true or userName eq "cecilia"', 'ac'],
    ['title pr and (active eq true or userName eq "cecilia")', 'ac'],
    ['userName eq "anna" or userName eq "bertil" and active eq true', 'a'],
    ['(userName eq "anna" or userName eq "bertil") and active eq false', 'b'],
    ['not (active eq true)', 'bc'],
    ['not (active eq true) and not (userName eq "bertil")', 'c'],
    ['not (active eq true or userName eq "bertil")', 'c'],
    // extensions
    [`${ENTERPRISE_USER}:department eq "tours"`, 'a'],
    [`${ENTERPRISE_USER.toLowerCase()}:Department pr`, 'ab'],
    [`${ENTERPRISE_USER}:manager.value eq "m1"`, 'a'],
    [`${ENTERPRISE_USER}:manager[value eq "m1"]`, 'a'],
    [`not (${ENTERPRISE_USER}:department eq "tours")`, 'bc'],
    [`${USER}:userName eq "anna"`, 'a'],
    [`${USER}:emails[type eq "work"]`, 'a'],
    [`schemas eq "${ENTERPRISE_USER}"`, 'ab'],
    [`schemas eq "${USER.toUpperCase()}"`, 'abc'],
    [`schemas ne "${USER}"`, 'ab'],
    // binary
    ['x509Certificates.value eq "TWFu"', 'b'],
    ['x509Certificates.value eq "twfu"', ''],
    // literal text, whatever it means to a database
    ['title eq "50%_\\\\\\""', 'c'],
    ['title co "%"', 'c'],
    ['title sw "5_"', ''],
    ['title co "_"', 'c'],
    ['title co "\\\\"', 'c'],
    ['title ew "\\""', 'c'],
    ['userName eq "x\' OR 1=1 --"', ''],
    ['userName co "\'"', ''],
    ['userName sw "*"', ''],
    ['title co ""', 'abc'],
    ['userName eq "\\u0061nna"', 'a'],
  ])('%s finds "%s"', async (filter, found) => {
    expect(await find(filter)).toBe(found)
  })

  test('compares meta: dates as instants, whatever their offset or precision', async () => {
    const [first] = (await suite.get('/Users?filter=userName%20eq%20%22anna%22')).body.Resources
    const { id = '', meta } = first ?? {}
    const created = meta?.created ?? ''
    const elsewhere = new Date(Date.parse(created) + 2 * 3_600_000)
      .toISOString()
      .replace('Z', '+02:00')
    const mine = (filter: string) => find(`${filter} and id eq "${id}"`)
    for (const same of [created, elsewhere, created.replace('Z', '0000Z')]) {
      for (const operator of ['eq', 'ge', 'le']) {
        expect(await mine(`meta.created ${operator} "${same}"`), same).toBe('a')
      }
      for (const operator of ['ne', 'gt', 'lt']) {
        expect(await mine(`meta.created ${operator} "${same}"`), same).toBe('')
      }
    }
    expect(await mine('meta.lastModified gt "2011-05-13T04:42:34Z"')).toBe('a')
    expect(await mine('meta.version eq "W/\\"1\\""')).toBe('a')
    expect(await mine(`meta.location eq "${BASE_URL}/Users/${id}"`)).toBe('a')
    expect(await find('meta.resourceType eq "User"')).toBe('abc')
    expect(await find('meta.resourceType eq "user"')).toBe('')
  })

  test('compares ids exactly', async () => {
    const [{ id = '' } = {}] = (await suite.get('/Users?count=1')).body.Resources
    expect(await find(`id eq "${id}"`)).toBe('a')
    expect(await find(`id eq "${id.toUpperCase()}x"`)).toBe('')
    expect(await find('id pr')).toBe('abc')
  })
})

onEveryStore('filter after a write (§3.4.2.2)', (suite) => {
  test('sees what a write left, and no more what it took away', async () => {
    const { id } = await suite.user({ userName: 'dagny', emails: [{ value: 'd@example.com' }] })
    await suite.patch(`/Users/${id}`, [
      { op: 'replace', path: 'emails', value: [{ value: 'n@example.com' }] },
    ])
    expect(await suite.find('/Users', 'emails.value eq "d@example.com"')).toEqual([])
    expect(await suite.find('/Users', 'emails.value eq "n@example.com"')).toEqual(['dagny'])
  })

  test('finds groups by member, and users by group', async () => {
    const [anna, bertil] = [
      await suite.user({ userName: 'anna' }),
      await suite.user({ userName: 'bertil' }),
    ]
    const inner = await suite.group('Inner', [anna.id])
    const outer = await suite.group('Outer', [inner.id, bertil.id])
    const groups = (filter: string) => suite.find('/Groups', filter)
    for (const spelling of [
      `members.value eq "${anna.id}"`,
      `members eq "${anna.id}"`,
      `members[value eq "${anna.id}"]`,
    ]) {
      expect(await groups(spelling)).toEqual(['Inner'])
    }
    expect(await groups('members.type eq "Group"')).toEqual(['Outer'])
    expect(await groups('members.display eq "ANNA"')).toEqual(['Inner'])
    expect(await groups('members[type eq "User" and display eq "Inner"]')).toEqual([])
    expect(await groups(`members.$ref eq "${inner.meta.location}"`)).toEqual(['Outer'])
    expect(await groups(`not (members.value eq "${anna.id}")`)).toEqual(['Outer'])
    expect(await groups(`id eq "${outer.id}" and members eq "${bertil.id}"`)).toEqual(['Outer'])
    expect(await suite.find('/Users', `groups.value eq "${inner.id}"`)).toEqual(['anna'])
    expect(await suite.find('/Users', 'groups.display co "out"')).toEqual(['bertil'])
    expect(await suite.find('/Users', 'not (groups pr)')).toEqual([])
    await suite.del(`/Groups/${inner.id}`)
    expect(await suite.find('/Users', 'not (groups pr)')).toEqual(['anna'])
    expect(await groups('not (members pr)')).toEqual([])
  })

  test('finds groups by displayName in any letter case, members or not', async () => {
    await suite.group('Tour Guides')
    expect(await suite.find('/Groups', 'displayName eq "TOUR guides"')).toEqual(['Tour Guides'])
    expect(await suite.find('/Groups', `schemas eq "${GROUP}"`)).toEqual(['Tour Guides'])
  })
})
