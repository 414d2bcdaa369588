import { expect, test } from 'vitest'
import { GROUP } from '../../src/protocol/urn.ts'
import { BASE_URL } from '../support/app.ts'
import { expectError, groupOf, userOf } from '../support/client.ts'
import { onEveryStore } from '../support/suite.ts'

onEveryStore('Groups (RFC 7643 §4.2)', (suite) => {
  test('POST answers members with value, $ref, type and display', async () => {
    const user = await suite.user({ userName: 'bjensen', displayName: 'Babs' })
    const inner = await suite.group('Inner')
    const members = [{ value: user.id }, { value: inner.id }]
    const reply = await suite.post('/Groups', groupOf('Guides', { members }))
    expect(reply.status).toBe(201)
    expect(reply.headers.get('Location')).toBe(`${BASE_URL}/Groups/${reply.body.id}`)
    expect(reply.body).toMatchObject({ schemas: [GROUP], meta: { resourceType: 'Group' } })
    const expected = [
      { value: user.id, $ref: user.meta.location, type: 'User', display: 'Babs' },
      { value: inner.id, $ref: inner.meta.location, type: 'Group', display: 'Inner' },
    ]
    expect(new Set(reply.body.members)).toEqual(new Set(expected))
    expect((await suite.get(`/Groups/${reply.body.id}`)).text).toBe(reply.text)
  })

  test('what a client says of a member beside its value is not believed', async () => {
    const { id } = await suite.user({ userName: 'bjensen' })
    const member = { value: id, type: 'Group', display: 'Boss', $ref: 'https://evil/' }
    const { body } = await suite.post('/Groups', groupOf('Guides', { members: [member] }))
    expect(body.members).toEqual([
      { value: id, $ref: `${BASE_URL}/Users/${id}`, type: 'User', display: 'bjensen' },
    ])
  })

  test('a group without members has no attribute "members" (RFC 7643 §2.5)', async () => {
    const { body } = await suite.post('/Groups', groupOf('Guides', { members: [] }))
    expect(Object.keys(body)).toEqual(['schemas', 'id', 'displayName', 'meta'])
  })

  test('POST without displayName answers 400 invalidValue', async () => {
    expectError(await suite.post('/Groups', { schemas: [GROUP] }), 400, 'invalidValue')
  })

  test('a second group of one displayName answers 409; a tenant can allow it', async () => {
    await suite.group('Guides')
    expectError(await suite.post('/Groups', groupOf('GUIDES')), 409, 'uniqueness')
    const { id } = await suite.group('Other')
    expectError(await suite.put(`/Groups/${id}`, groupOf('Guides')), 409, 'uniqueness')
    const rename = [{ op: 'replace', path: 'displayName', value: 'guides' }]
    expectError(await suite.patch(`/Groups/${id}`, rename), 409, 'uniqueness')

    await suite.restart({ settings: { groupNames: 'free' } })
    await suite.group('Guides')
    expect((await suite.post('/Groups', groupOf('Guides'))).status).toBe(201)
  })

  test('PUT replaces all members, and without "members" leaves none', async () => {
    const [one, two] = [await suite.user(), await suite.user()]
    const { id } = await suite.group('Guides', [one.id])
    const put = await suite.put(
      `/Groups/${id}`,
      groupOf('Guides', { members: [{ value: two.id }] }),
    )
    expect(put.body.members.map(({ value }) => value)).toEqual([two.id])
    expect(put.body.meta.version).toBe('W/"2"')
    expect((await suite.put(`/Groups/${id}`, groupOf('Guides'))).body.members).toBeUndefined()
    expect((await suite.read(`/Users/${two.id}`)).groups).toBeUndefined()
  })

  test('PUT of what is there changes nothing', async () => {
    const { id } = await suite.user()
    const group = await suite.group('Guides', [id])
    const rows = await suite.rows()
    expect((await suite.put(`/Groups/${group.id}`, group)).body).toEqual(group)
    expect(await suite.rows()).toBe(rows)
  })

  test('User.groups lists the groups a user is directly in (RFC 7643 §4.1.2)', async () => {
    const { id } = await suite.user()
    const inner = await suite.group('Inner', [id])
    await suite.group('Outer', [inner.id])
    expect((await suite.read(`/Users/${id}`)).groups).toEqual([
      { value: inner.id, $ref: inner.meta.location, type: 'direct', display: 'Inner' },
    ])
  })

  test('the display of a member follows the name of the user, and that of a group its own', async () => {
    const user = await suite.user({ userName: 'bjensen' })
    const group = await suite.group('Guides', [user.id])
    await suite.put(`/Users/${user.id}`, userOf('bjensen', { displayName: 'Babs' }))
    const rename = [{ op: 'replace', path: 'displayName', value: 'Tour Guides' }]
    await suite.patch(`/Groups/${group.id}`, rename)
    expect((await suite.read(`/Groups/${group.id}`)).members[0]?.display).toBe('Babs')
    expect((await suite.read(`/Users/${user.id}`)).groups[0]?.display).toBe('Tour Guides')
  })

  test('excludedAttributes=members leaves them out, one by one and in lists', async () => {
    const { id } = await suite.user()
    const group = await suite.group('Guides', [id])
    for (const path of [`/Groups/${group.id}`, '/Groups']) {
      const { text } = await suite.get(`${path}?excludedAttributes=members`)
      expect(text).toContain('"displayName":"Guides"')
      expect(text).not.toContain('"members"')
    }
    const only = await suite.get(`/Groups/${group.id}?attributes=members.value`)
    expect(only.body).toEqual({ schemas: [GROUP], id: group.id, members: [{ value: id }] })
  })

  test('groups nest to any depth, and a cycle is refused wherever it would close', async () => {
    let top = await suite.group('0')
    const bottom = top.id
    for (let depth = 1; depth <= 20; depth++) top = await suite.group(String(depth), [top.id])
    const rows = await suite.rows()
    const add = (value: string) => [{ op: 'add', path: 'members', value: [{ value }] }]
    for (const member of [bottom, top.id]) {
      expectError(await suite.patch(`/Groups/${bottom}`, add(member)), 400, 'invalidValue')
    }
    const members = [{ value: top.id }]
    expectError(
      await suite.put(`/Groups/${bottom}`, groupOf('0', { members })),
      400,
      'invalidValue',
    )
    expect(await suite.rows()).toBe(rows)
  })

  test('an unknown member and one of another tenant are refused alike', async () => {
    const page = await suite.get('/Users', { key: 'canary' })
    const foreign = page.body.Resources[0]?.id ?? ''
    const details = new Set<string>()
    for (const value of [foreign, 'nobody']) {
      const reply = await suite.post('/Groups', groupOf('Guides', { members: [{ value }] }))
      expectError(reply, 400, 'invalidValue')
      details.add(reply.body.detail.replace(value, '…'))
    }
    expect(details.size).toBe(1)
    expect((await suite.get('/Groups')).body.totalResults).toBe(0)
  })
})
