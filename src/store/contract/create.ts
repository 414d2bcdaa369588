import { describe, expect, test } from 'vitest'
import { groupType, userType } from '../../protocol/schema/core/types.ts'
import type { Lookup } from '../store.ts'
import { elements, newResource, noView, refs, refused, type Scene } from './arena.ts'

export function createContract(scene: () => Promise<Scene>): void {
  describe('create', () => {
    test('adds a resource in version 1, created and modified when it was written', async () => {
      const at = await scene()
      const created = await at.user('bjensen', { title: 'Tour Guide' })
      expect(created).toEqual({
        type: 'User',
        id: 'id-000001',
        version: 1,
        created: at.now,
        modified: at.now,
        body: expect.stringMatching(/^\{"schemas":\[/),
        edges: { groups: '[]' },
      })
      expect(await at.readUser(created.id)).toEqual(created)
    })

    test('keeps the body as the very text it was', async () => {
      const at = await scene()
      const body = `{"schemas":["urn:x"],  "a":1.50, "é":"\\u00e9 \\" \\\\ 𝒳 é", "b":[ ]}`
      const resource = { ...newResource(userType, at.newId(), {}), body }
      expect((await at.rows.create(resource, at.write())).body).toBe(body)
      expect((await at.readUser(resource.id))?.body).toBe(body)
    })

    test('keeps a body of a megabyte', async () => {
      const at = await scene()
      const { id, body } = await at.user('long', { title: 'ü'.repeat(500_000) })
      expect((await at.readUser(id))?.body).toBe(body)
    })

    test('answers with the edges of the view, one for each member', async () => {
      const at = await scene()
      const one = await at.user('one')
      const two = await at.user('two')
      const group = await at.group('both', two.id, one.id, two.id)
      expect(elements(group, 'members').map(({ value }) => value)).toEqual([one.id, two.id])
    })

    test('never gives secrets back', async () => {
      const at = await scene()
      await at.user('bjensen', {}, { secrets: { password: 'argon2-of-t1meMa$heen' } })
      expect(JSON.stringify(await at.everything())).not.toContain('t1meMa')
    })

    test('refuses a unique value that a live resource of the type holds', async () => {
      const at = await scene()
      await at.user('bjensen', { displayName: 'Babs' })
      const error = await refused(at, () => at.user('BJensen'))
      expect(error).toMatchObject({
        name: 'UniquenessConflict',
        attribute: 'userName',
        value: 'bjensen',
      })
    })

    test('takes a value that is not unique, or that another type holds', async () => {
      const at = await scene()
      await at.user('one', { displayName: 'Babs' })
      await at.user('two', { displayName: 'Babs' })
      const lookups = [{ attribute: 'userName', value: 'one', unique: true }]
      await at.create(groupType, { displayName: 'Babs' }, { lookups })
      expect(await at.find(userType, 'displayName eq "babs"')).toHaveLength(2)
    })

    test('refuses a value that was not always unique, and that one holds from before', async () => {
      const at = await scene()
      const lookup = { attribute: 'displayName', value: 'babs', unique: true } as const
      const create = (more: Partial<Lookup>) =>
        at.create(groupType, { displayName: 'Babs' }, { lookups: [{ ...lookup, ...more }] })
      const before = [await create({ unique: false }), await create({ unique: false })]
      const conflict = { name: 'UniquenessConflict', attribute: 'displayName', value: 'babs' }
      for (const { id } of before) {
        expect(await refused(at, () => create({ isLate: true }))).toMatchObject(conflict)
        await at.delete(groupType, id)
      }
      await create({ isLate: true })
      expect(await refused(at, () => create({ isLate: true }))).toMatchObject(conflict)
    })

    test('refuses an id that is taken, whatever the type', async () => {
      const at = await scene()
      const live = await at.user('live')
      const suspended = await at.user('suspended')
      await at.suspend(suspended.id)
      for (const { id } of [live, suspended]) {
        const resource = newResource(groupType, id, { displayName: 'x' })
        expect(await refused(at, () => at.rows.create(resource, at.write()))).toBeInstanceOf(Error)
      }
    })

    test('refuses a member that is not there', async () => {
      const at = await scene()
      const { id } = await at.user('one')
      const error = await refused(at, () => at.group('x', id, 'nobody'))
      expect(error).toMatchObject({ name: 'MissingMember', id: 'nobody' })
    })

    test('refuses a member that is suspended or was deleted', async () => {
      const at = await scene()
      const suspended = await at.user('suspended')
      const deleted = await at.user('deleted')
      await at.suspend(suspended.id)
      await at.delete(userType, deleted.id)
      for (const { id } of [suspended, deleted]) {
        expect(await refused(at, () => at.group('x', id))).toMatchObject({
          name: 'MissingMember',
          id,
        })
      }
    })

    test('refuses a member whose type cannot be a member', async () => {
      const at = await scene()
      const { id } = await at.group('inner')
      const resource = newResource(
        groupType,
        at.newId(),
        { displayName: 'outer' },
        { members: [{ id }], memberTypes: ['User'] },
      )
      const error = await refused(at, () => at.rows.create(resource, at.write()))
      expect(error).toMatchObject({ name: 'MissingMember', id })
    })

    test('compares identifiers exactly', async () => {
      const at = await scene()
      const create = (id: string, userName: string) =>
        at.rows.create(newResource(userType, id, { userName }), at.write())
      await create('Id-é', 'one')
      await create('id-é', 'two')
      await create('id-e\u0301', 'three')
      for (const [id, name] of Object.entries({ 'Id-é': 'one', 'id-é': 'two' })) {
        expect((await at.rows.read('User', id, noView))?.body).toContain(name)
      }
      expect(await at.readUser('ID-É')).toBeUndefined()
      expect(await refused(at, () => at.group('x', 'ID-É'))).toMatchObject({ id: 'ID-É' })
    })

    test('spells references as the view says', async () => {
      const at = await scene()
      const user = await at.user('bjensen')
      const group = await at.group('Tour Guides', user.id)
      expect(group.edges.members).toBe(
        `[{"value":"${user.id}","$ref":"${refs.User}${user.id}","type":"User","display":"bjensen"}]`,
      )
    })
  })
}
