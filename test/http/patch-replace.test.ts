import { expect, test } from 'vitest'
import { ENTERPRISE_USER, USER } from '../../src/protocol/urn.ts'
import { expectError } from '../support/client.ts'
import { onEveryStore } from '../support/suite.ts'

const WORK = { value: 'work@example.com', type: 'work', primary: true }
const HOME = { value: 'home@example.com', type: 'home' }
const BOTH = { emails: [WORK, HOME] }

onEveryStore('PATCH replace (§3.5.2.3)', (suite) => {
  const patch = async (before: object, operation: object) => {
    const user = await suite.user({ userName: 'bjensen', ...before })
    const rows = await suite.rows()
    const reply = await suite.patch(`/Users/${user.id}`, [{ op: 'replace', ...operation }])
    return { user, reply, changed: rows !== (await suite.rows()) }
  }

  test.each([
    ['a simple attribute', { title: 'x' }, { path: 'title', value: 'Guide' }, { title: 'Guide' }],
    [
      'one that is not there, as add would',
      {},
      { path: 'title', value: 'Guide' },
      { title: 'Guide' },
    ],
    ['by null, which unassigns', { title: 'x' }, { path: 'title', value: null }, {}],
    [
      'a sub-attribute',
      { name: { givenName: 'x', familyName: 'J' } },
      { path: 'name.givenName', value: 'B' },
      { name: { familyName: 'J', givenName: 'B' } },
    ],
    [
      'of a complex attribute only what is given',
      { name: { givenName: 'B', familyName: 'x' } },
      { path: 'name', value: { familyName: 'J' } },
      { name: { familyName: 'J', givenName: 'B' } },
    ],
    [
      'a sub-attribute by null inside an object',
      { name: { givenName: 'B', familyName: 'x' } },
      { path: 'name', value: { familyName: null } },
      { name: { givenName: 'B' } },
    ],
    [
      'all values',
      BOTH,
      { path: 'emails', value: [{ value: 'new@example.com' }] },
      { emails: [{ value: 'new@example.com' }] },
    ],
    ['all values by none', BOTH, { path: 'emails', value: [] }, {}],
    [
      'the selected values as a whole',
      BOTH,
      { path: 'emails[type eq "work"]', value: { value: 'new@example.com' } },
      { emails: [{ value: 'new@example.com' }, HOME] },
    ],
    [
      'a sub-attribute of the selected values',
      BOTH,
      { path: 'emails[type eq "work"].value', value: 'new@example.com' },
      { emails: [{ ...WORK, value: 'new@example.com' }, HOME] },
    ],
    [
      'a sub-attribute of all values',
      BOTH,
      { path: 'emails.display', value: 'x' },
      {
        emails: [
          { value: WORK.value, display: 'x', type: 'work', primary: true },
          { value: HOME.value, display: 'x', type: 'home' },
        ],
      },
    ],
    [
      'an attribute of an extension',
      { [ENTERPRISE_USER]: { division: 'a' } },
      { path: `${ENTERPRISE_USER}:division`, value: 'b' },
      { [ENTERPRISE_USER]: { division: 'b' } },
    ],
    [
      'several attributes without a path',
      { title: 'x', ...BOTH },
      { value: { title: 'y', emails: [HOME] } },
      { title: 'y', emails: [HOME] },
    ],
    [
      'keys that are paths (Entra)',
      { name: { familyName: 'J' } },
      { value: { 'name.givenName': 'B', [`${ENTERPRISE_USER}:division`]: 'a' } },
      { name: { familyName: 'J', givenName: 'B' }, [ENTERPRISE_USER]: { division: 'a' } },
    ],
    [
      'a value path as a key',
      BOTH,
      { value: { 'emails[type eq "work"].value': 'n@example.com' } },
      { emails: [{ ...WORK, value: 'n@example.com' }, HOME] },
    ],
    [
      'under the URN of the core schema',
      { title: 'x' },
      { path: USER, value: { title: 'y' } },
      { title: 'y' },
    ],
    [
      'the manager, whose $ref no longer holds',
      { [ENTERPRISE_USER]: { manager: { value: '1', $ref: '../Users/1' } } },
      { path: `${ENTERPRISE_USER}:manager`, value: { value: '2' } },
      { [ENTERPRISE_USER]: { manager: { value: '2' } } },
    ],
  ])('replaces %s', async (_, before, operation, after) => {
    const { reply } = await patch(before, operation)
    expect(reply.status, reply.text).toBe(200)
    const { id, userName, meta, schemas, ...rest } = reply.body
    expect(rest).toEqual(after)
    expect(meta.version).toBe('W/"2"')
    expect((await suite.get(`/Users/${id}`)).text).toBe(reply.text)
  })

  test.each([
    ['by what is there', BOTH, { path: 'emails[type eq "work"].value', value: WORK.value }],
    ['of all values by the same', BOTH, { path: 'emails', value: [WORK, HOME] }],
    ['by null of what is not there', {}, { path: 'title', value: null }],
    ['by [] of what is not there', {}, { path: 'emails', value: [] }],
    ['of nothing', {}, { value: {} }],
    ['of "schemas"', {}, { value: { schemas: [USER, 'urn:x:y'] } }],
  ])('%s changes nothing', async (_, before, operation) => {
    const { user, reply, changed } = await patch(before, operation)
    expect(reply.body).toEqual(user)
    expect(changed).toBe(false)
  })

  test('of the primary mark moves it (§3.5.2)', async () => {
    const { reply } = await patch(BOTH, { path: 'emails[type eq "home"].primary', value: true })
    expect(reply.body.emails).toEqual([
      { ...WORK, primary: false },
      { ...HOME, primary: true },
    ])
  })

  test('by two primary values answers 400 invalidValue', async () => {
    const value = [WORK, { ...HOME, primary: true }]
    expectError((await patch(BOTH, { path: 'emails', value })).reply, 400, 'invalidValue')
  })

  test.each(['work', 'home', 'other', 'WORK'])(
    'creates emails[type eq "%s"].value, a type the schema suggests (quirks.md row 1)',
    async (type) => {
      const path = `emails[type eq "${type}"].value`
      const { reply } = await patch({}, { path, value: 'new@example.com' })
      expect(reply.body.emails).toEqual([{ value: 'new@example.com', type }])
    },
  )

  test('creates roles[primary eq "True"].value (row 1)', async () => {
    const { reply } = await patch({}, { path: 'roles[primary eq "True"].value', value: 'admin' })
    expect(reply.body.roles).toEqual([{ value: 'admin', primary: true }])
  })

  test.each([
    'emails[type eq "nonexistent"].value',
    'emails[type eq "home"]',
    'emails[value eq "nobody@example.com"].type',
    'emails[type eq "home" and primary eq true].value',
    'emails[not (type eq "work")].value',
    'emails[type ne "work"].value',
    'emails[primary eq false].value',
    'name[givenName eq "x"].familyName',
  ])('of %s, which matches nothing, answers 400 noTarget (row 1)', async (path) => {
    const before = { emails: [WORK], name: { givenName: 'B' } }
    const value = path.endsWith(']') ? HOME : 'x'
    const { reply, changed } = await patch(before, { path, value })
    expectError(reply, 400, 'noTarget')
    expect(changed).toBe(false)
  })

  test('whoever listens is told who left with it, and not who had left before', async () => {
    const { id } = await suite.user({ userName: 'bjensen' })
    const value = { active: 'False', title: 'x' }
    await suite.patch(`/Users/${id}`, [{ op: 'Replace', value }])
    await suite.patch(`/Users/${id}`, [{ op: 'replace', value: { ...value, title: 'y' } }])
    await suite.patch(`/Users/${id}`, [{ op: 'remove', path: 'active' }])
    const body = { schemas: [USER], userName: 'bjensen', active: false }
    for (const _ of 'ab') await suite.app.fetch(`/Users/${id}`, { method: 'PUT', body })
    const told = suite.app.entries.filter(({ path }) => path === `/Users/${id}`)
    expect(told.map(({ deactivates }) => deactivates)).toEqual([true, false, false, true, false])
  })
})
