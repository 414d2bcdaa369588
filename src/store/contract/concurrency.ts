import { describe, expect, test } from 'vitest'
import { userType } from '../../protocol/schema/core/types.ts'
import { UniquenessConflict } from '../store.ts'
import { newBody, type Scene } from './arena.ts'

/** Runs every action at once and sorts the outcomes. */
async function atOnce<T>(actions: readonly (() => Promise<T>)[]) {
  const settled = await Promise.allSettled(actions.map((action) => action()))
  return {
    values: settled.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : [])),
    errors: settled.flatMap((one) => (one.status === 'rejected' ? [one.reason as unknown] : [])),
  }
}

function times<T>(count: number, make: (index: number) => T): T[] {
  return Array.from({ length: count }, (_, index) => make(index))
}

export function concurrencyContract(scene: () => Promise<Scene>): void {
  describe('at once', { timeout: 60_000 }, () => {
    test('of 50 creates of one unique value one succeeds and 49 conflict', async () => {
      const at = await scene()
      const name = (index: number) => (index % 2 === 0 ? 'bjensen' : 'BJensen')
      const { values, errors } = await atOnce(times(50, (index) => () => at.user(name(index))))
      expect(values).toHaveLength(1)
      expect(errors).toHaveLength(49)
      for (const error of errors) expect(error).toBeInstanceOf(UniquenessConflict)
      expect(await at.find(userType)).toEqual([values[0]!.id])
      expect(await at.told()).toEqual([`created ${values[0]!.id}`])
    })

    test('of 50 changes to one unique value one succeeds and 49 conflict', async () => {
      const at = await scene()
      const ids: string[] = []
      for (let index = 0; index < 50; index++) ids.push((await at.user(`user-${index}`)).id)
      const { values, errors } = await atOnce(
        ids.map((id) => () => at.rewriteUser(id, { userName: 'bjensen' })),
      )
      expect(values).toHaveLength(1)
      expect(errors).toHaveLength(49)
      for (const error of errors) expect(error).toBeInstanceOf(UniquenessConflict)
      expect(await at.find(userType, 'userName eq "bjensen"')).toHaveLength(1)
    })

    test('32 writers, 1,024 changes of single members of one group: none is lost', async () => {
      const at = await scene()
      const ids = (await atOnce(times(64, (index) => () => at.user(`user-${index}`)))).values
        .map(({ id }) => id)
        .toSorted()
      const group = await at.group('x')
      // Each writer owns two members, which it adds and removes in turn, ending with one of them.
      const writer = (index: number) => async () => {
        const [even, odd] = [ids[2 * index]!, ids[2 * index + 1]!]
        for (let round = 0; round < 8; round++) {
          await at.addMembers(group.id, even)
          await at.addMembers(group.id, odd)
          await at.changeMembers(group.id, { kind: 'remove', ids: [even] })
          if (round < 7) await at.changeMembers(group.id, { kind: 'remove', ids: [odd] })
          else await at.addMembers(group.id, even)
        }
      }
      const { errors } = await atOnce(times(32, writer))
      expect(errors).toEqual([])
      expect(await at.memberIds(group.id)).toEqual(ids)
      expect((await at.rows.memberCounts('Group', [group.id])).get(group.id)).toBe(ids.length)
      expect((await at.readGroup(group.id))?.version).toBe(1 + 1024)
      const rows = await at.log(group.id)
      expect(rows).toHaveLength(1 + 1024)
      expect(new Set(rows.map(({ seq }) => seq)).size).toBe(rows.length)
    })

    test('decides on the state it changes: 200 increments come to 200', async () => {
      const at = await scene()
      const { id } = await at.user('counter', { title: '0' })
      const increment = () =>
        at.changeUser(id, (current) => {
          const { title } = JSON.parse(current.body) as { title: string }
          return newBody(userType, current, {
            userName: 'counter',
            title: String(Number(title) + 1),
          })
        })
      const { errors, values } = await atOnce(times(200, () => increment))
      expect(errors).toEqual([])
      expect(new Set(values.map((value) => value?.version)).size).toBe(200)
      expect(await at.readUser(id)).toMatchObject({
        version: 201,
        body: expect.stringContaining('"title":"200"'),
      })
    })

    test('a write that fails takes none of its neighbours along', async () => {
      const at = await scene()
      await at.user('taken')
      const { values, errors } = await atOnce(
        times(60, (index) => () => {
          if (index % 3 === 0) return at.user('taken')
          if (index % 3 === 1) return at.group(`group-${index}`, 'nobody')
          return at.user(`user-${index}`)
        }),
      )
      expect(values).toHaveLength(20)
      expect(errors).toHaveLength(40)
      expect(await at.find(userType)).toHaveLength(21)
      expect(await at.told()).toHaveLength(21)
    })

    test('two groups that would become members of each other: one is refused', async () => {
      const at = await scene()
      for (let round = 0; round < 5; round++) {
        const one = await at.group('one')
        const two = await at.group('two')
        const { values, errors } = await atOnce([
          () => at.addMembers(one.id, two.id),
          () => at.addMembers(two.id, one.id),
        ])
        expect(values).toHaveLength(1)
        expect(errors).toMatchObject([{ name: 'MemberCycle' }])
      }
    })

    test('of 20 deletions of one resource one finds it', async () => {
      const at = await scene()
      const { id } = await at.user('bjensen')
      const group = await at.group('x', id)
      const { values } = await atOnce(times(20, () => () => at.suspend(id)))
      expect(values.filter((found) => found)).toHaveLength(1)
      expect((await at.readGroup(group.id))?.version).toBe(2)
      expect((await at.rows.suspended({ offset: 0, limit: 0 })).total).toBe(1)
    })

    test('a member that is deleted while it is added is in no group afterwards', async () => {
      const at = await scene()
      for (let round = 0; round < 10; round++) {
        const user = await at.user('bjensen')
        const group = await at.group('x')
        const { errors } = await atOnce<unknown>([
          () => at.addMembers(group.id, user.id),
          () => at.delete(userType, user.id),
        ])
        for (const error of errors) expect(error).toMatchObject({ name: 'MissingMember' })
        expect(await at.memberIds(group.id)).toEqual([])
        expect((await at.rows.memberCounts('Group', [group.id])).get(group.id)).toBe(0)
      }
    })
  })
}
