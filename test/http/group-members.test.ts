import { beforeEach, describe, expect, test } from 'vitest'
import { expectError, type Message } from '../support/client.ts'
import { onEveryStore } from '../support/suite.ts'

onEveryStore('PATCH of members (§3.5.2)', (suite) => {
  let users: string[]
  let group: Message

  beforeEach(async () => {
    users = []
    for (const userName of ['a', 'b', 'c', 'd']) users.push((await suite.user({ userName })).id)
    group = await suite.group('Guides', users.slice(0, 2))
  })

  const id = (name: string) => users['abcd'.indexOf(name)] ?? name
  const values = (names: string) => [...names].map((name) => ({ value: id(name) }))
  const patch = (...operations: unknown[]) => suite.patch(`/Groups/${group.id}`, operations)
  const names = async () => {
    const { members = [] } = await suite.read(`/Groups/${group.id}`)
    return members
      .map(({ display }) => display)
      .sort()
      .join('')
  }

  describe('add (§3.5.2.1)', () => {
    test.each([
      ['a list under a path', () => ({ path: 'members', value: values('cd') })],
      ['a list without a path', () => ({ value: { members: values('cd') } })],
      [
        'members that are there already among them',
        () => ({ path: 'members', value: values('abcd') }),
      ],
      ['one twice', () => ({ path: 'members', value: values('cdcd') })],
    ])('%s', async (_, operation) => {
      const { status, body } = await patch({ op: 'add', ...operation() })
      expect(status).toBe(200)
      expect(body.meta.version).toBe('W/"2"')
      expect(await names()).toBe('abcd')
    })

    test('a single object', async () => {
      await patch({ op: 'add', path: 'members', value: { value: id('c') } })
      expect(await names()).toBe('abc')
    })

    test('of those that are there moves neither version nor lastModified, and logs nothing', async () => {
      const rows = await suite.rows()
      const { body } = await patch({ op: 'add', path: 'members', value: values('ab') })
      expect(body.meta).toEqual(group.meta)
      expect(await suite.rows()).toBe(rows)
    })

    test('logs one row for each member that came', async () => {
      const before = await suite.app.store.tenant('main').changes({ after: 0, limit: 100 })
      await patch({ op: 'add', path: 'members', value: values('bcd') })
      const after = Number(before.at(-1)?.seq)
      const log = await suite.app.store.tenant('main').changes({ after, limit: 100 })
      expect(log.map(({ kind }) => kind)).toEqual(['memberAdded', 'memberAdded'])
      expect(log.map(({ member }) => member).sort()).toEqual([id('c'), id('d')].sort())
    })

    test('of an unknown member refuses the whole message', async () => {
      const rows = await suite.rows()
      const value = [...values('c'), { value: 'nobody' }]
      expectError(await patch({ op: 'add', path: 'members', value }), 400, 'invalidValue')
      expect(await suite.rows()).toBe(rows)
    })

    test('of a member without a value answers 400 invalidValue', async () => {
      const operation = { op: 'add', path: 'members', value: [{ type: 'User' }] }
      expectError(await patch(operation), 400, 'invalidValue')
    })
  })

  describe('remove (§3.5.2.2)', () => {
    test.each([
      ['by value', () => ({ path: `members[value eq "${id('a')}"]` }), 'b'],
      [
        'by several values',
        () => ({ path: `members[value eq "${id('a')}" or value eq "${id('b')}"]` }),
        '',
      ],
      ['by another filter', () => ({ path: 'members[display eq "A"]' }), 'b'],
      ['by type', () => ({ path: 'members[type eq "User"]' }), ''],
      ['all of them', () => ({ path: 'members' }), ''],
      [
        'a list in the value (quirks.md row 5)',
        () => ({ path: 'members', value: values('ac') }),
        'b',
      ],
    ])('%s', async (_, operation, left) => {
      expect((await patch({ op: 'remove', ...operation() })).status).toBe(200)
      expect(await names()).toBe(left)
    })

    test.each([
      ['by value', () => ({ path: `members[value eq "${id('d')}"]` })],
      ['by another filter', () => ({ path: 'members[display eq "d"]' })],
      ['in a list', () => ({ path: 'members', value: values('cd') })],
    ])('of who is no member, %s, changes nothing', async (_, operation) => {
      const rows = await suite.rows()
      const { status, body } = await patch({ op: 'remove', ...operation() })
      expect([status, body.meta.version]).toEqual([200, 'W/"1"'])
      expect(await suite.rows()).toBe(rows)
    })
  })

  describe('replace (§3.5.2.3)', () => {
    test('puts a list in the place of all', async () => {
      await patch({ op: 'replace', path: 'members', value: values('bcd') })
      expect(await names()).toBe('bcd')
    })

    test.each([[[]], [null]])('by %j leaves none', async (value) => {
      await patch({ op: 'replace', path: 'members', value })
      expect(await names()).toBe('')
    })

    test('by the same list changes nothing', async () => {
      await patch({ op: 'replace', path: 'members', value: values('ba') })
      expect((await suite.read(`/Groups/${group.id}`)).meta).toEqual(group.meta)
    })

    test('of a selected member puts another in its place', async () => {
      const path = `members[value eq "${id('a')}"]`
      await patch({ op: 'replace', path, value: { value: id('c') } })
      expect(await names()).toBe('bc')
    })

    test('of a member that is not selected answers 400 noTarget', async () => {
      const path = `members[value eq "${id('d')}"]`
      expectError(await patch({ op: 'replace', path, value: values('c') }), 400, 'noTarget')
      expect(await names()).toBe('ab')
    })

    test('of other attributes leaves the members alone', async () => {
      await patch({ op: 'replace', value: { id: group.id, displayName: 'Renamed' } })
      expect(await names()).toBe('ab')
    })
  })

  test('a member is immutable: its sub-attributes cannot be written (RFC 7643 §4.2)', async () => {
    for (const path of ['members.value', 'members[type eq "User"].value', 'members.display']) {
      expectError(await patch({ op: 'replace', path, value: id('c') }), 400, 'mutability')
    }
  })

  test('operations apply in order, and only what they come to counts', async () => {
    const one = `members[value eq "${id('a')}"]`
    const back = { op: 'add', path: 'members', value: values('a') }
    const { body } = await patch({ op: 'remove', path: one }, back)
    expect(body.meta).toEqual(group.meta)
    await patch(back, { op: 'remove', path: 'members' }, { ...back, value: values('d') })
    expect(await names()).toBe('d')
  })

  test('answers 200 up to 100 members, 204 above, and 200 when attributes are asked', async () => {
    const many = await Promise.all(Array.from({ length: 99 }, () => suite.user()))
    const [last, ...rest] = many.map(({ id: value }) => ({ value }))
    const full = await patch({ op: 'add', path: 'members', value: rest })
    expect(full.status).toBe(200)
    expect(full.body.members).toHaveLength(100)
    const above = await patch({ op: 'add', path: 'members', value: [last] })
    expect([above.status, above.text]).toEqual([204, ''])
    expect(above.headers.get('ETag')).toBe('W/"3"')
    const rename = [{ op: 'replace', path: 'displayName', value: 'Many' }]
    const asked = await suite.patch(`/Groups/${group.id}?attributes=displayName`, rename)
    expect([asked.status, asked.body.displayName]).toEqual([200, 'Many'])
    const members = await suite.patch(`/Groups/${group.id}?attributes=members`, rename)
    expect(members.body.members).toHaveLength(101)
  })
})
