import { expect, test } from 'vitest'
import { ENTERPRISE_USER, USER } from '../../src/protocol/urn.ts'
import { expectError } from '../support/client.ts'
import { onEveryStore } from '../support/suite.ts'

const WORK = { value: 'work@example.com', type: 'work', primary: true }
const HOME = { value: 'home@example.com', type: 'home' }
const BOTH = { emails: [WORK, HOME] }

onEveryStore('PATCH remove (§3.5.2.2)', (suite) => {
  const patch = async (before: object, path: string, value?: unknown) => {
    const user = await suite.user({ userName: 'bjensen', ...before })
    const rows = await suite.rows()
    const reply = await suite.patch(`/Users/${user.id}`, [{ op: 'remove', path, value }])
    return { user, reply, changed: rows !== (await suite.rows()) }
  }

  test.each([
    ['a simple attribute', { title: 'x', nickName: 'B' }, 'title', { nickName: 'B' }],
    ['a complex attribute', { name: { givenName: 'B' } }, 'name', {}],
    [
      'a sub-attribute',
      { name: { givenName: 'B', familyName: 'J' } },
      'name.givenName',
      { name: { familyName: 'J' } },
    ],
    [
      'the last sub-attribute, and so the attribute',
      { name: { givenName: 'B' } },
      'name.givenName',
      {},
    ],
    ['all values', BOTH, 'emails', {}],
    ['the selected values', BOTH, 'emails[type eq "work"]', { emails: [HOME] }],
    [
      'the values a filter with "not" selects',
      BOTH,
      'emails[not (type eq "work")]',
      { emails: [WORK] },
    ],
    ['the last value, and so the attribute', { emails: [HOME] }, 'emails[type eq "home"]', {}],
    [
      'a sub-attribute of the selected values',
      BOTH,
      'emails[type eq "work"].primary',
      {
        emails: [{ value: WORK.value, type: 'work' }, HOME],
      },
    ],
    [
      'a sub-attribute of all values',
      BOTH,
      'emails.type',
      {
        emails: [{ value: WORK.value, primary: true }, { value: HOME.value }],
      },
    ],
    [
      'an attribute of an extension',
      { [ENTERPRISE_USER]: { division: 'a', department: 'b' } },
      `${ENTERPRISE_USER}:division`,
      { [ENTERPRISE_USER]: { department: 'b' } },
    ],
    [
      'the last attribute of an extension, and so its URN',
      { [ENTERPRISE_USER]: { division: 'a' } },
      `${ENTERPRISE_USER}:division`,
      {},
    ],
    [
      'a whole extension',
      { [ENTERPRISE_USER]: { division: 'a', manager: { value: '1' } } },
      ENTERPRISE_USER,
      {},
    ],
    [
      'the manager by its value',
      { [ENTERPRISE_USER]: { manager: { value: '1' } } },
      `${ENTERPRISE_USER}:manager.value`,
      {},
    ],
  ])('takes away %s', async (_, before, path, after) => {
    const { reply } = await patch(before, path)
    expect(reply.status, reply.text).toBe(200)
    const { id, userName, meta, schemas, ...rest } = reply.body
    expect(rest).toEqual(after)
    expect(meta.version).toBe('W/"2"')
    expect(schemas).toEqual(ENTERPRISE_USER in rest ? [USER, ENTERPRISE_USER] : [USER])
    expect((await suite.get(`/Users/${id}`)).text).toBe(reply.text)
  })

  test.each([
    ['an attribute without a value', {}, 'title'],
    ['a sub-attribute of one without a value', {}, 'name.givenName'],
    ['an attribute of an extension that is not there', {}, `${ENTERPRISE_USER}:division`],
    ['an extension that is not there', {}, ENTERPRISE_USER],
    ['a selection that matches nothing', BOTH, 'emails[type eq "other"]'],
    ['a sub-attribute of such a selection', BOTH, 'emails[type eq "other"].value'],
  ])('%s changes nothing', async (_, before, path) => {
    const { user, reply, changed } = await patch(before, path)
    expect(reply.status, reply.text).toBe(200)
    expect(reply.body).toEqual(user)
    expect(changed).toBe(false)
  })

  test('with a list in the value takes only the listed ones away (quirks.md row 5)', async () => {
    const { reply } = await patch(BOTH, 'emails', [{ value: 'WORK@example.com' }])
    expect(reply.body.emails).toEqual([HOME])
  })

  test('without a path answers 400 noTarget', async () => {
    const { id } = await suite.user()
    for (const operation of [{ op: 'remove' }, { op: 'remove', value: { title: 'x' } }]) {
      expectError(await suite.patch(`/Users/${id}`, [operation]), 400, 'noTarget')
    }
  })

  test.each([
    'userName',
    `${USER}:userName`,
    'id',
    'meta',
    'meta.created',
    'groups',
    `${ENTERPRISE_USER}:manager.displayName`,
  ])('of %s, which is required or readOnly, answers 400 mutability', async (path) => {
    const { reply, changed } = await patch({ [ENTERPRISE_USER]: { manager: { value: '1' } } }, path)
    expectError(reply, 400, 'mutability')
    expect(changed).toBe(false)
  })

  test('of the displayName of a group, which is required, answers 400 mutability', async () => {
    const { id } = await suite.group('Guides')
    const reply = await suite.patch(`/Groups/${id}`, [{ op: 'remove', path: 'displayName' }])
    expectError(reply, 400, 'mutability')
  })
})
