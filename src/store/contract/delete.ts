import { describe, expect, test } from 'vitest'
import { groupType, userType } from '../../protocol/schema/core/types.ts'
import type { Stored } from '../store.ts'
import { elements, refused, removal, type Scene } from './arena.ts'

export function deleteContract(scene: () => Promise<Scene>): void {
  describe('delete', () => {
    for (const how of ['delete', 'suspend'] as const) {
      const leave = (at: Scene, id: string) =>
        how === 'delete' ? at.delete(userType, id) : at.suspend(id)

      test(`${how}: no read or search finds it`, async () => {
        const at = await scene()
        const { id } = await at.user('bjensen')
        const other = await at.user('other')
        expect(await leave(at, id)).toBe(true)
        expect(await at.readUser(id)).toBeUndefined()
        expect(await at.find(userType)).toEqual([other.id])
        expect(await at.find(userType, 'userName eq "bjensen"')).toEqual([])
        expect(await at.find(userType, `id eq "${id}"`)).toEqual([])
      })

      test(`${how}: its unique values are free`, async () => {
        const at = await scene()
        const { id } = await at.user('bjensen')
        await leave(at, id)
        const again = await at.user('bjensen')
        expect(await at.find(userType, 'userName eq "bjensen"')).toEqual([again.id])
      })

      test(`${how}: its groups lose it, and their versions move`, async () => {
        const at = await scene()
        const user = await at.user('bjensen')
        const other = await at.user('other')
        const with_ = await at.group('with', user.id, other.id)
        const without = await at.group('without', other.id)
        await leave(at, user.id)
        expect(await at.memberIds(with_.id)).toEqual([other.id])
        expect(await at.readGroup(with_.id)).toMatchObject({ version: 2, modified: at.now })
        expect(await at.readGroup(without.id)).toEqual(without)
      })

      test(`${how}: a second time there is none`, async () => {
        const at = await scene()
        const { id } = await at.user('bjensen')
        await leave(at, id)
        const before = await at.everything()
        expect(await leave(at, id)).toBe(false)
        expect(await at.everything()).toEqual(before)
      })
    }

    test('of a group takes its edges at either end', async () => {
      const at = await scene()
      const user = await at.user('bjensen')
      const group = await at.group('x', user.id)
      const outer = await at.group('outer', group.id)
      expect(await at.delete(groupType, group.id)).toBe(true)
      expect(elements(await at.readUser(user.id), 'groups')).toEqual([])
      expect(await at.memberIds(outer.id)).toEqual([])
      expect(await at.readGroup(outer.id)).toMatchObject({ version: 2, modified: at.now })
    })

    test('under the name of another type takes nothing', async () => {
      const at = await scene()
      const { id } = await at.user('bjensen')
      expect(await at.delete(groupType, id)).toBe(false)
      expect(await at.readUser(id)).toBeDefined()
    })

    test('shows decide the current state', async () => {
      const at = await scene()
      const user = await at.user('bjensen')
      let seen: Stored | undefined
      const decide = (current: Stored) => {
        seen = current
        return removal(userType, current)
      }
      await at.rows.delete('User', user.id, decide, at.write())
      expect(seen).toMatchObject({ ...user, edges: {} })
    })

    test('rethrows what decide throws and leaves everything', async () => {
      const at = await scene()
      const user = await at.user('bjensen')
      await at.group('x', user.id)
      const thrown = new Error('precondition failed')
      const decide = () => {
        throw thrown
      }
      const attempt = () => at.rows.delete('User', user.id, decide, at.write())
      expect(await refused(at, attempt)).toBe(thrown)
    })
  })
}
