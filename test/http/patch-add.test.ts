import { expect, test } from 'vitest'
import { ENTERPRISE_USER, USER } from '../../src/protocol/urn.ts'
import { onEveryStore } from '../support/suite.ts'

const WORK = { value: 'work@example.com', type: 'work', primary: true }
const HOME = { value: 'home@example.com', type: 'home' }

onEveryStore('PATCH add (§3.5.2.1)', (suite) => {
  /** What a user with `before` looks like once the operations were applied, without the rest. */
  const patched = async (before: object, ...operations: object[]) => {
    const { id } = await suite.user({ userName: 'bjensen', ...before })
    const reply = await suite.patch(
      `/Users/${id}`,
      operations.map((operation) => ({ op: 'add', ...operation })),
    )
    expect(reply.status, reply.text).toBe(200)
    expect((await suite.get(`/Users/${id}`)).text).toBe(reply.text)
    const { id: _, userName, schemas, meta, ...rest } = reply.body
    return { rest, schemas, version: meta.version }
  }

  test.each([
    ['sets a simple attribute that is not there', {}, 'title', 'Guide', { title: 'Guide' }],
    ['replaces one that is', { title: 'x' }, 'title', 'Guide', { title: 'Guide' }],
    ['finds attributes in any letter case', {}, 'NickNAME', 'B', { nickName: 'B' }],
    ['sets a boolean', {}, 'active', false, { active: false }],
    ['takes null for no value', { title: 'x' }, 'title', null, {}],
    [
      'sets a sub-attribute, making what is around it',
      {},
      'name.givenName',
      'B',
      { name: { givenName: 'B' } },
    ],
    [
      'merges into a complex attribute',
      { name: { givenName: 'B', familyName: 'x' } },
      'name',
      { familyName: 'Jensen' },
      { name: { familyName: 'Jensen', givenName: 'B' } },
    ],
    [
      'puts values behind those there are',
      { emails: [WORK] },
      'emails',
      [HOME],
      { emails: [WORK, HOME] },
    ],
    [
      'takes one value for a list of one',
      { emails: [WORK] },
      'emails',
      HOME,
      { emails: [WORK, HOME] },
    ],
    [
      'adds only what is not there yet',
      { emails: [WORK] },
      'emails',
      [WORK, HOME],
      { emails: [WORK, HOME] },
    ],
    [
      'sets a sub-attribute of the selected values',
      { emails: [WORK, HOME] },
      'emails[type eq "home"].display',
      'Home',
      { emails: [WORK, { ...HOME, display: 'Home' }] },
    ],
    [
      'merges into the selected values',
      { emails: [HOME] },
      'emails[value sw "home"]',
      { display: 'Home' },
      { emails: [{ ...HOME, display: 'Home' }] },
    ],
    [
      'creates a value that a filter describes (quirks.md row 2)',
      { emails: [WORK] },
      'emails[type eq "home"].value',
      'home@example.com',
      { emails: [WORK, HOME] },
    ],
    [
      'creates one of a type nobody suggested as well',
      {},
      'emails[type eq "holiday"].value',
      'sea@example.com',
      { emails: [{ value: 'sea@example.com', type: 'holiday' }] },
    ],
    [
      'creates one of several terms',
      {},
      'addresses[type eq "work" and primary eq true].locality',
      'Oslo',
      { addresses: [{ locality: 'Oslo', type: 'work', primary: true }] },
    ],
  ])('%s', async (_, before, path, value, after) => {
    expect((await patched(before, { path, value })).rest).toEqual(after)
  })

  test('several operations on one value that is not there make one value (row 2)', async () => {
    const path = 'addresses[type eq "work"]'
    const { rest } = await patched(
      {},
      { path: `${path}.locality`, value: 'Oslo' },
      { path: `${path}.country`, value: 'NO' },
      { path: `${path}.formatted`, value: 'Oslo, NO' },
    )
    expect(rest.addresses).toEqual([
      { formatted: 'Oslo, NO', locality: 'Oslo', country: 'NO', type: 'work' },
    ])
  })

  test('without a path adds each attribute of the value, extensions too', async () => {
    const { rest, schemas } = await patched(
      { emails: [WORK] },
      { value: { title: 'Guide', emails: [HOME], [ENTERPRISE_USER]: { department: 'Tours' } } },
    )
    expect(rest).toEqual({
      title: 'Guide',
      emails: [WORK, HOME],
      [ENTERPRISE_USER]: { department: 'Tours' },
    })
    expect(schemas).toEqual([USER, ENTERPRISE_USER])
  })

  test.each([
    ['an attribute of an extension', `${ENTERPRISE_USER}:department`, 'Tours'],
    ['its URN in another letter case', `${ENTERPRISE_USER.toUpperCase()}:Department`, 'Tours'],
    ['a whole extension, merging (row 13)', ENTERPRISE_USER, { department: 'Tours' }],
    [
      'a whole extension of which a value is unassigned',
      ENTERPRISE_USER,
      { department: 'Tours', division: null },
    ],
  ])('%s as the path', async (_, path, value) => {
    const before = { [ENTERPRISE_USER]: { costCenter: '4130' } }
    const { rest } = await patched(before, { path, value })
    expect(rest).toEqual({ [ENTERPRISE_USER]: { costCenter: '4130', department: 'Tours' } })
  })

  test('an attribute of the core schema by its URN', async () => {
    const { rest } = await patched({}, { path: `${USER}:name.givenName`, value: 'B' })
    expect(rest).toEqual({ name: { givenName: 'B' } })
  })

  test('a sub-attribute of an extension', async () => {
    const { rest } = await patched({}, { path: `${ENTERPRISE_USER}:manager.value`, value: '26' })
    expect(rest).toEqual({ [ENTERPRISE_USER]: { manager: { value: '26' } } })
  })

  test('a new primary value takes the mark from the former one (§3.5.2)', async () => {
    const { rest } = await patched(
      { emails: [WORK] },
      { path: 'emails', value: [{ ...HOME, primary: true }] },
    )
    expect(rest.emails).toEqual([
      { ...WORK, primary: false },
      { ...HOME, primary: true },
    ])
  })

  test('primary set on a selected value moves there (§3.5.2)', async () => {
    const path = 'emails[type eq "home"].primary'
    const { rest } = await patched({ emails: [WORK, HOME] }, { path, value: true })
    expect(rest.emails).toEqual([
      { ...WORK, primary: false },
      { ...HOME, primary: true },
    ])
  })

  test.each([
    ['a simple value', { path: 'title', value: 'Guide' }],
    ['a value of several', { path: 'emails', value: [WORK] }],
    [
      'a value of several with its keys in another order',
      {
        path: 'emails',
        value: [{ type: 'work', primary: true, value: 'work@example.com' }],
      },
    ],
    ['a sub-attribute', { path: 'emails[type eq "work"].value', value: WORK.value }],
    ['a pathless value', { value: { title: 'Guide', emails: [WORK] } }],
    ['an extension', { path: ENTERPRISE_USER, value: { department: 'Tours' } }],
  ])('%s that is there changes nothing: version, lastModified, log', async (_, operation) => {
    const before = { title: 'Guide', emails: [WORK], [ENTERPRISE_USER]: { department: 'Tours' } }
    const user = await suite.user(before)
    const rows = await suite.rows()
    const { body } = await suite.patch(`/Users/${user.id}`, [{ op: 'add', ...operation }])
    expect(body).toEqual(user)
    expect(await suite.rows()).toBe(rows)
  })
})
