import { describe, expect, test } from 'vitest'
import { groupType, userType } from '../../protocol/schema/core/types.ts'
import { type Arena, refused, type Scene } from './arena.ts'

/** A tenant with something of everything in it, under the ids that every other one uses too. */
export async function canaryScene(arena: Arena): Promise<Scene> {
  const at = await arena.scene()
  const users: string[] = []
  for (const name of ['bjensen', 'user-1', 'one', 'taken', 'a', 'b']) {
    users.push((await at.user(name, { displayName: name, emails: [{ value: `${name}@x` }] })).id)
  }
  const inner = await at.group('x', ...users.slice(0, 4))
  await at.group('outer', inner.id)
  await at.suspend(users[5]!)
  await at.suspend(users[4]!)
  await at.restore(users[4]!)
  await at.rewriteUser(users[0]!, { userName: 'bjensen', title: 'canary' })
  return at
}

export function tenantsContract(scene: () => Promise<Scene>, canary: () => Promise<void>): void {
  describe('tenants', () => {
    test('may use the same ids and unique values', async () => {
      const [one, two] = [await scene(), await scene()]
      const user = await one.user('bjensen', { title: 'one' })
      expect((await two.user('bjensen', { title: 'two' })).id).toBe(user.id)
      expect((await one.readUser(user.id))?.body).toContain('"one"')
      expect((await two.readUser(user.id))?.body).toContain('"two"')
    })

    test('never see what another one has', async () => {
      const [one, two] = [await scene(), await scene()]
      const user = await one.user('bjensen')
      const group = await one.group('x', user.id)
      const suspended = await one.user('suspended')
      await one.suspend(suspended.id)
      const before = await one.everything()

      expect(await two.everything()).toEqual({
        live: { total: 0, resources: [] },
        suspended: { total: 0, records: [] },
        log: [],
      })
      expect(await two.readUser(user.id)).toBeUndefined()
      expect(await two.find(userType, `id eq "${user.id}"`)).toEqual([])
      expect(await two.rewriteUser(user.id, { userName: 'stolen' })).toBeUndefined()
      expect(await two.addMembers(group.id)).toBeUndefined()
      expect(await two.delete(userType, user.id)).toBe(false)
      expect(await two.delete(groupType, group.id)).toBe(false)
      expect(await two.restore(suspended.id)).toBeUndefined()
      expect(await two.rows.erase(suspended.id, two.write())).toBe(false)
      expect(await one.everything()).toEqual(before)
    })

    test('cannot have members of another one', async () => {
      const [one, two] = [await scene(), await scene()]
      const { id } = await one.user('bjensen')
      two.newId()
      expect(await refused(two, () => two.group('x', id))).toMatchObject({ name: 'MissingMember' })
      const group = await two.group('x')
      expect(await refused(two, () => two.addMembers(group.id, id))).toMatchObject({
        name: 'MissingMember',
      })
    })

    test('keep their edges apart when ids are the same', async () => {
      const [one, two] = [await scene(), await scene()]
      for (const at of [one, two]) await at.user('bjensen')
      const group = await one.group('x', 'id-000001')
      expect((await two.group('x')).id).toBe(group.id)
      expect(await two.memberIds(group.id)).toEqual([])
      expect((await two.readUser('id-000001'))?.edges).toEqual({ groups: '[]' })
      await two.delete(userType, 'id-000001')
      expect(await one.readGroup(group.id)).toEqual(group)
      expect(await one.find(groupType, 'members pr')).toEqual([group.id])
      expect(await two.find(groupType, 'members pr')).toEqual([])
    })

    test('restore nothing of another one', async () => {
      const [one, two] = [await scene(), await scene()]
      await one.user('first')
      const { id } = await one.user('bjensen')
      await one.suspend(id)
      const restore = { name: 'bjensen', externalId: null, what: () => ({}) }
      expect((await two.user('bjensen', {}, { restore })).id).not.toBe(id)
    })

    // The last of all, so that everything above had its chance.
    test('are as they were after all that was done in others', canary)
  })
}
