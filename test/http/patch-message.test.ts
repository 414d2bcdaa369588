import { expect, test } from 'vitest'
import { ENTERPRISE_USER, PATCH_OP, USER } from '../../src/protocol/urn.ts'
import { expectError, patchOf } from '../support/client.ts'
import { onEveryStore } from '../support/suite.ts'

const set = (title: unknown) => ({ op: 'replace', path: 'title', value: title })

onEveryStore('PATCH as a whole (§3.5.2)', (suite) => {
  test('answers 200 with the resource, its ETag and Content-Location', async () => {
    const { id, meta } = await suite.user()
    const { status, headers, body } = await suite.patch(`/Users/${id}`, [set('Guide')])
    expect(status).toBe(200)
    expect(body).toMatchObject({ id, title: 'Guide' })
    expect(headers.get('ETag')).toBe('W/"2"')
    expect(headers.get('Content-Location')).toBe(meta.location)
  })

  test('answers only the attributes that were asked for', async () => {
    const { id, schemas } = await suite.user()
    const { body } = await suite.patch(`/Users/${id}?attributes=title`, [set('Guide')])
    expect(body).toEqual({ schemas, id, title: 'Guide' })
  })

  test('applies operations in order, each to what the one before left', async () => {
    const { id } = await suite.user()
    const { body } = await suite.patch(`/Users/${id}`, [
      { op: 'add', path: 'emails[type eq "work"].value', value: 'a@example.com' },
      { op: 'add', path: 'emails', value: [{ value: 'b@example.com', type: 'home' }] },
      { op: 'replace', path: 'emails[type eq "work"].type', value: 'other' },
      { op: 'remove', path: 'emails[type eq "home"]' },
      set('x'),
      set('y'),
    ])
    expect(body).toMatchObject({ title: 'y', emails: [{ value: 'a@example.com', type: 'other' }] })
    expect(body.emails).toHaveLength(1)
    expect(body.meta.version, 'one message is one version').toBe('W/"2"')
  })

  test('counts by what the operations come to: away and back again is no change', async () => {
    const user = await suite.user({ title: 'Guide' })
    const rows = await suite.rows()
    const remove = { op: 'remove', path: 'title' }
    const { body } = await suite.patch(`/Users/${user.id}`, [remove, set('Guide')])
    expect(body).toEqual(user)
    expect(await suite.rows()).toBe(rows)
  })

  test('may not take a required attribute away, though a later operation puts it back (§3.5.2.2)', async () => {
    const { id } = await suite.user({ userName: 'bjensen' })
    const remove = { op: 'remove', path: 'userName' }
    const add = { op: 'add', path: 'userName', value: 'babs' }
    expectError(await suite.patch(`/Users/${id}`, [remove, add]), 400, 'mutability')
    expect((await suite.patch(`/Users/${id}`, [add])).body.userName).toBe('babs')
  })

  test.each([
    ['an unknown path', { op: 'add', path: 'nothing', value: 1 }, 'invalidPath'],
    ['a value of the wrong type', { op: 'add', path: 'active', value: 'maybe' }, 'invalidValue'],
    ['a readOnly attribute', { op: 'replace', path: 'id', value: 'x' }, 'mutability'],
    [
      'a selection that matches nothing',
      { op: 'replace', path: 'emails[type eq "x"].value', value: 'x' },
      'noTarget',
    ],
    [
      'a required attribute emptied',
      { op: 'replace', path: 'userName', value: '' },
      'invalidValue',
    ],
    ['no path to remove', { op: 'remove' }, 'noTarget'],
  ])(
    'with %s as its last operation applies none of the others and logs nothing',
    async (_, bad, scimType) => {
      const { id } = await suite.user()
      const rows = await suite.rows()
      const good = [set('Guide'), { op: 'add', path: 'password', value: 's3cret' }]
      expectError(await suite.patch(`/Users/${id}`, [...good, bad]), 400, scimType)
      expect(await suite.rows()).toBe(rows)
    },
  )

  test('to the userName of another answers 409 and applies nothing', async () => {
    await suite.user({ userName: 'taken' })
    const { id } = await suite.user()
    const rows = await suite.rows()
    const rename = { op: 'replace', path: 'userName', value: 'TAKEN' }
    const refused = await suite.patch(`/Users/${id}`, [set('x'), rename])
    expectError(refused, 409, 'uniqueness')
    expect(refused.body.detail).toContain('"TAKEN"')
    expect(await suite.rows()).toBe(rows)
  })

  test('logs what changed, before and after', async () => {
    const { id } = await suite.user({ title: 'x', [ENTERPRISE_USER]: { division: 'a' } })
    const path = `${ENTERPRISE_USER}:division`
    await suite.patch(`/Users/${id}`, [set('y'), { op: 'remove', path }])
    const log = await suite.app.store.tenant('main').changes({ after: 0, limit: 10, about: id })
    expect(log.at(-1)).toMatchObject({
      kind: 'updated',
      actor: 'key:write',
      what: {
        changed: [
          { path: 'title', before: 'x', after: 'y' },
          { path, before: 'a' },
        ],
      },
    })
  })

  test('sets a password, and neither shows nor logs it', async () => {
    const { id } = await suite.user()
    const value = 't1meMa$heen'
    for (const operation of [
      { op: 'add', path: 'password', value },
      { op: 'replace', value: { password: value } },
    ]) {
      const { status, text } = await suite.patch(`/Users/${id}`, [operation])
      expect(status).toBe(200)
      expect(text).not.toContain(value)
    }
    expect((await suite.read(`/Users/${id}`)).meta.version).toBe('W/"3"')
    expect((await suite.patch(`/Users/${id}`, [{ op: 'remove', path: 'password' }])).status).toBe(
      200,
    )
    expect(await suite.rows()).not.toContain(value)
    expect(suite.app.logged()).not.toContain(value)
  })

  test.each([[''], [7], [{ value: 'x' }], ['x'.repeat(65_537)]])(
    'refuses a password that cannot be hashed (%#)',
    async (value) => {
      const { id } = await suite.user()
      const reply = await suite.patch(`/Users/${id}`, [{ op: 'replace', path: 'password', value }])
      expectError(reply, 400, 'invalidValue')
    },
  )

  test('takes 1,000 operations, and answers 413 to one more', async () => {
    const { id } = await suite.user()
    const operations = Array.from({ length: 1_001 }, (_, index) => set(String(index)))
    expectError(await suite.patch(`/Users/${id}`, operations), 413, 'tooMany')
    expect((await suite.patch(`/Users/${id}`, operations.slice(0, 1_000))).body.title).toBe('999')
  })

  test('keeps 1,000 values of an attribute, and looks at so many in one message and no more', async () => {
    const roles = Array.from({ length: 1_000 }, (_, index) => ({ value: `role-${index}` }))
    const { id } = await suite.user({ roles })
    const rows = await suite.rows()
    const more = [{ op: 'add', path: 'roles', value: [{ value: 'another' }] }]
    expectError(await suite.patch(`/Users/${id}`, more), 400, 'invalidValue')
    const many = { userName: 'many', schemas: [USER], roles: [...roles, { value: 'another' }] }
    expectError(await suite.post('/Users', many), 400, 'invalidValue')
    const terms = Array.from({ length: 200 }, (_, index) => `value co "none-${index}"`)
    const long = { op: 'remove', path: `roles[${terms.join(' or ')}]` }
    expectError(await suite.patch(`/Users/${id}`, [long, long]), 413, 'tooMany')
    expect(await suite.rows()).toBe(rows)
    const one = { op: 'remove', path: 'roles[value eq "role-999"]' }
    expect((await suite.patch(`/Users/${id}`, [long, one])).body.roles).toHaveLength(999)
  })

  test.each([
    ['no object', [], 'invalidSyntax'],
    ['no Operations', { schemas: [PATCH_OP] }, 'invalidSyntax'],
    ['Operations that are no list', { schemas: [PATCH_OP], Operations: {} }, 'invalidSyntax'],
    ['an operation that is no object', patchOf('add'), 'invalidSyntax'],
    ['an operation without op', patchOf({ path: 'title', value: 'x' }), 'invalidSyntax'],
    ['an unknown op', patchOf({ op: 'copy', path: 'title', value: 'x' }), 'invalidSyntax'],
    ['a path that is no string', patchOf({ op: 'add', path: 7, value: 'x' }), 'invalidPath'],
    ['add without a value', patchOf({ op: 'add', path: 'title' }), 'invalidValue'],
    ['replace without a value', patchOf({ op: 'replace', path: 'title' }), 'invalidValue'],
    ['a pathless value that is no object', patchOf({ op: 'add', value: 'x' }), 'invalidValue'],
    ['a pathless value that is a list', patchOf({ op: 'add', value: ['x'] }), 'invalidValue'],
  ])('of %s answers 400', async (_, body, scimType) => {
    const { id } = await suite.user()
    expectError(await suite.send(`/Users/${id}`, { method: 'PATCH', body }), 400, scimType)
  })

  test.each([
    ['nothing.title', 'invalidPath'],
    ['name.nothing', 'invalidPath'],
    ['title.value', 'invalidPath'],
    ['title[value eq "x"]', 'invalidPath'],
    ['emails[type eq "work"].nothing', 'invalidPath'],
    ['emails[type eq "work"]value', 'invalidPath'],
    ['emails[type eq "work"', 'invalidFilter'],
    ['emails[type is "work"]', 'invalidFilter'],
    ['emails[nothing eq "work"]', 'invalidFilter'],
    ['emails[]', 'invalidFilter'],
    ['emails[type eq "work"][primary eq true]', 'invalidPath'],
    ['urn:x:y:z', 'invalidPath'],
    [`${ENTERPRISE_USER}:nothing`, 'invalidPath'],
    [' ', 'invalidPath'],
    ['title eq "x"', 'invalidPath'],
    ['.', 'invalidPath'],
  ])('with the path %s answers 400 %s', async (path, scimType) => {
    const { id } = await suite.user()
    const rows = await suite.rows()
    for (const op of ['add', 'replace', 'remove']) {
      expectError(await suite.patch(`/Users/${id}`, [{ op, path, value: 'x' }]), 400, scimType)
    }
    expect(await suite.rows()).toBe(rows)
  })

  test.each([
    'id',
    'meta',
    'meta.created',
    'groups',
    'groups[value eq "x"].display',
    `${ENTERPRISE_USER}:manager.displayName`,
  ])('of %s, which is readOnly, answers 400 mutability', async (path) => {
    const { id } = await suite.user()
    for (const op of ['add', 'replace']) {
      expectError(await suite.patch(`/Users/${id}`, [{ op, path, value: 'x' }]), 400, 'mutability')
    }
  })

  test('takes the own id in a pathless value and refuses another (quirks.md row 10)', async () => {
    const { id } = await suite.group('Guides')
    const rename = (own: string) => [{ op: 'replace', value: { id: own, displayName: 'Tours' } }]
    expectError(await suite.patch(`/Groups/${id}`, rename('other')), 400, 'mutability')
    expect((await suite.patch(`/Groups/${id}`, rename(id))).body.displayName).toBe('Tours')
  })

  test('of an unknown resource answers 404, of one of the other type too', async () => {
    const { id } = await suite.group('Guides')
    expectError(await suite.patch('/Users/nobody', [set('x')]), 404)
    expectError(await suite.patch(`/Users/${id}`, [set('x')]), 404)
  })
})
