import { expect, test } from 'vitest'
import { expectError, userOf } from '../support/client.ts'
import { onEveryStore, type Suite } from '../support/suite.ts'

const ALL = { offset: 0, limit: 100 }

async function logOf({ app }: Suite, about: string) {
  const rows = await app.store.tenant('main').changes({ after: 0, limit: 1000, about })
  return rows.map(({ kind, type, actor }) => `${kind} ${type} by ${actor}`)
}

onEveryStore('DELETE /Users/{id} suspends the account (§3.6)', (suite) => {
  test('answers 204 without a body; from then on every operation answers 404', async () => {
    const { id } = await suite.user({ userName: 'bjensen' })
    const reply = await suite.del(`/Users/${id}`)
    expect([reply.status, reply.text]).toEqual([204, ''])
    expectError(await suite.get(`/Users/${id}`), 404)
    expectError(await suite.put(`/Users/${id}`, userOf('bjensen')), 404)
    expectError(await suite.patch(`/Users/${id}`, [{ op: 'remove', path: 'title' }]), 404)
    expectError(await suite.del(`/Users/${id}`), 404)
  })

  test('takes it out of every list', async () => {
    const { id } = await suite.user({ userName: 'bjensen' })
    await suite.user({ userName: 'stays' })
    await suite.del(`/Users/${id}`)
    expect(await suite.find('/Users', 'userName pr')).toEqual(['stays'])
    expect(await suite.find('/Users', `id eq "${id}"`)).toEqual([])
    expect(await suite.find('/', 'userName eq "bjensen"')).toEqual([])
    expect((await suite.get('/Users?count=0')).body.totalResults).toBe(1)
  })

  test('frees its userName for another account', async () => {
    const { id } = await suite.user({ userName: 'bjensen', externalId: 'a' })
    const other = await suite.user({ userName: 'other' })
    await suite.del(`/Users/${id}`)
    expect((await suite.put(`/Users/${other.id}`, userOf('bjensen'))).status).toBe(200)
  })

  test('ends its memberships, and moves the version of each group', async () => {
    const { id } = await suite.user()
    const stays = await suite.user()
    const group = await suite.group('Guides', [id, stays.id])
    await suite.del(`/Users/${id}`)
    const after = await suite.read(`/Groups/${group.id}`)
    expect(after.members.map(({ value }) => value)).toEqual([stays.id])
    expect(after.meta.version).not.toBe(group.meta.version)
    expect(await suite.find('/Groups', `members.value eq "${id}"`)).toEqual([])
    expect(await logOf(suite, id)).toEqual([
      'created User by key:write',
      'memberAdded Group by key:write',
      'suspended User by key:write',
      'memberRemoved Group by key:write',
    ])
  })

  test('keeps the account: the list of suspended ones has it, with who and when', async () => {
    const user = await suite.user({ userName: 'bjensen', title: 'Guide' })
    await suite.del(`/Users/${user.id}`)
    const { total, records } = await suite.app.store.tenant('main').suspended(ALL)
    expect(total).toBe(1)
    expect(records[0]).toMatchObject({ id: user.id, type: 'User', suspendedBy: 'key:write' })
    expect(records[0]?.suspendedAt).toBeGreaterThanOrEqual(Date.parse(user.meta.created))
    expect(JSON.parse(records[0]?.body ?? '')).toMatchObject({ title: 'Guide' })
  })

  test.each([
    ['the same externalId', 'x1', 'x1'],
    ['an externalId where it had none', undefined, 'x1'],
    ['none where it had an externalId', 'x1', undefined],
  ])('POST of its userName with %s restores it under its id', async (_, had, has) => {
    const user = await suite.user({ userName: 'BJensen', externalId: had, title: 'Guide' })
    const group = await suite.group('Guides', [user.id])
    await suite.del(`/Users/${user.id}`)
    const { status, body, headers } = await suite.post(
      '/Users',
      userOf('bjensen', { externalId: has, nickName: 'Babs' }),
    )
    expect(status).toBe(201)
    expect(body).toMatchObject({ id: user.id, userName: 'bjensen', nickName: 'Babs' })
    expect(body.title).toBeUndefined()
    expect(body.externalId).toBe(has)
    expect(body.meta.created).toBe(user.meta.created)
    expect(body.meta.version).not.toBe(user.meta.version)
    expect(headers.get('Location')).toBe(user.meta.location)
    expect(body.groups, 'memberships do not come back').toBeUndefined()
    expect((await suite.read(`/Groups/${group.id}`)).members).toBeUndefined()
    expect((await suite.app.store.tenant('main').suspended(ALL)).total).toBe(0)
    expect((await logOf(suite, user.id)).at(-1)).toBe('restored User by key:write')
  })

  test('the log tells of a restoring POST what became different, and no more', async () => {
    const kept = { displayName: 'Babs', emails: [{ value: 'b@example.com' }] }
    const given = { userName: 'BJensen', title: 'Guide', password: 't1meMa$heen', ...kept }
    const { id } = await suite.user(given)
    await suite.del(`/Users/${id}`)
    await suite.post('/Users', userOf('bjensen', { ...kept, nickName: 'B' }))
    const log = await suite.app.store.tenant('main').changes({ after: 0, limit: 9, about: id })
    expect(log.at(-1)?.what?.changed).toEqual([
      { path: 'userName', before: 'BJensen', after: 'bjensen' },
      { path: 'title', before: 'Guide' },
      { path: 'nickName', after: 'B' },
      { path: 'password', secret: 'removed' },
    ])
    await suite.del(`/Users/${id}`)
    await suite.post('/Users', userOf('bjensen', { ...kept, nickName: 'B' }))
    const again = await suite.app.store.tenant('main').changes({ after: 0, limit: 9, about: id })
    expect(again.at(-1)).toMatchObject({ kind: 'restored', what: {} })
  })

  test('a restored account never repeats a version it had', async () => {
    const user = await suite.user({ userName: 'bjensen' })
    const seen = new Set([user.meta.version])
    for (let round = 0; round < 3; round++) {
      await suite.del(`/Users/${user.id}`)
      const { body } = await suite.post('/Users', userOf('bjensen'))
      expect(seen.has(body.meta.version)).toBe(false)
      seen.add(body.meta.version)
    }
  })

  test('POST of its userName with another externalId makes a new account', async () => {
    const { id } = await suite.user({ userName: 'bjensen', externalId: 'x1' })
    await suite.del(`/Users/${id}`)
    const { body } = await suite.post('/Users', userOf('bjensen', { externalId: 'x2' }))
    expect(body.id).not.toBe(id)
    expectError(await suite.get(`/Users/${id}`), 404)
    expect((await suite.app.store.tenant('main').suspended(ALL)).records[0]?.id).toBe(id)
  })

  test('with the setting recreate "new" a POST always makes a new account', async () => {
    await suite.restart({ settings: { recreate: 'new' } })
    const { id } = await suite.user({ userName: 'bjensen' })
    await suite.del(`/Users/${id}`)
    expect((await suite.post('/Users', userOf('bjensen'))).body.id).not.toBe(id)
    expect((await suite.app.store.tenant('main').suspended(ALL)).total).toBe(1)
  })

  test('active false is the other thing: the user stays visible', async () => {
    const { id } = await suite.user({ userName: 'bjensen' })
    const group = await suite.group('Guides', [id])
    await suite.patch(`/Users/${id}`, [{ op: 'replace', value: { active: false } }])
    expect(await suite.read(`/Users/${id}`)).toMatchObject({ userName: 'bjensen', active: false })
    expect(await suite.find('/Users', 'active eq false')).toEqual(['bjensen'])
    expect((await suite.read(`/Groups/${group.id}`)).members).toHaveLength(1)
    expectError(await suite.post('/Users', userOf('bjensen')), 409, 'uniqueness')
  })
})

onEveryStore('DELETE /Groups/{id} (§3.6)', (suite) => {
  test('deletes the group: its members stay, its name is free, nothing is suspended', async () => {
    const user = await suite.user()
    const inner = await suite.group('Inner', [user.id])
    const outer = await suite.group('Outer', [inner.id])
    expect((await suite.del(`/Groups/${inner.id}`)).status).toBe(204)
    expectError(await suite.get(`/Groups/${inner.id}`), 404)
    expectError(await suite.del(`/Groups/${inner.id}`), 404)
    expect((await suite.read(`/Users/${user.id}`)).groups).toBeUndefined()
    expect((await suite.read(`/Groups/${outer.id}`)).members).toBeUndefined()
    expect((await suite.group('Inner')).id).not.toBe(inner.id)
    expect((await suite.app.store.tenant('main').suspended(ALL)).total).toBe(0)
  })
})
