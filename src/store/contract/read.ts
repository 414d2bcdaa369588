import { describe, expect, test } from 'vitest'
import { type Text, whole } from '../../protocol/parts.ts'
import { elements, members, refs, type Scene } from './arena.ts'

export function readContract(scene: () => Promise<Scene>): void {
  describe('read', () => {
    test('finds nothing under an id that is unknown or of another type', async () => {
      const at = await scene()
      const { id } = await at.user('bjensen')
      expect(await at.readUser('nobody')).toBeUndefined()
      expect(await at.readGroup(id)).toBeUndefined()
      expect(await at.rows.read('Nothing', id, { edges: [] })).toBeUndefined()
    })

    test('finds nothing under the id of what was suspended or deleted', async () => {
      const at = await scene()
      const { id } = await at.user('bjensen')
      await at.suspend(id)
      expect(await at.readUser(id)).toBeUndefined()
    })

    test('returns the edge attributes of the view and no others', async () => {
      const at = await scene()
      const { id } = await at.group('x')
      expect((await at.rows.read('Group', id, { edges: [] }))?.edges).toEqual({})
      expect((await at.rows.read('Group', id, { edges: [members] }))?.edges).toEqual({
        members: '[]',
      })
    })

    test('gives members in the order of ids, each with type and reference of its own', async () => {
      const at = await scene()
      const first = await at.group('first')
      const user = await at.user('bjensen', { displayName: 'Babs "B" \\ Jensen' })
      const group = await at.group('x', user.id, first.id)
      expect((await at.readGroup(group.id))?.edges.members).toBe(
        JSON.stringify([
          { value: first.id, $ref: `${refs.Group}${first.id}`, type: 'Group', display: 'first' },
          {
            value: user.id,
            $ref: `${refs.User}${user.id}`,
            type: 'User',
            display: 'Babs "B" \\ Jensen',
          },
        ]),
      )
    })

    test('gives groups from the side of the member, as direct', async () => {
      const at = await scene()
      const user = await at.user('bjensen')
      const one = await at.group('one', user.id)
      await at.group('outer', one.id)
      const two = await at.group('two', user.id)
      expect((await at.readUser(user.id))?.edges.groups).toBe(
        JSON.stringify([
          { value: one.id, $ref: `${refs.Group}${one.id}`, type: 'direct', display: 'one' },
          { value: two.id, $ref: `${refs.Group}${two.id}`, type: 'direct', display: 'two' },
        ]),
      )
    })

    test('leaves out the display of a member without a label', async () => {
      const at = await scene()
      const user = await at.user('bjensen', {}, { label: null })
      const group = await at.group('x', user.id)
      expect(elements(group, 'members')).toEqual([
        { value: user.id, $ref: `${refs.User}${user.id}`, type: 'User' },
      ])
    })

    test('shows the current label of a member, whose change leaves the group as it was', async () => {
      const at = await scene()
      const user = await at.user('bjensen')
      const group = await at.group('x', user.id)
      await at.rewriteUser(user.id, { userName: 'bjensen', displayName: 'Babs' })
      const read = await at.readGroup(group.id)
      expect(elements(read, 'members')[0]?.display).toBe('Babs')
      expect(read).toMatchObject({ version: 1, modified: group.modified })
    })

    describe('of more edges than are to be in one text', () => {
      const crowd = async (at: Scene, count: number) => {
        const made = Array.from({ length: count }, (_, index) =>
          at.user(`user-${index}`, { displayName: `User "${index}"` }),
        )
        return (await Promise.all(made)).map(({ id }) => id)
      }
      const read = (at: Scene, id: string, streamAbove: number) =>
        at.rows.read('Group', id, { edges: [{ ...members, streamAbove }] })
      const text = async (pieces: AsyncIterable<Text> | undefined) => {
        let all = ''
        for await (const piece of pieces ?? []) all += whole(piece)
        return all
      }

      test('they come in pieces of the same text, of one state, and hold up nobody', async () => {
        const at = await scene()
        const ids = await crowd(at, 2001)
        for (const count of [3, 999, 1000, 1001, 2000, 2001]) {
          const group = await at.group('x', ...ids.slice(0, count))
          expect(await read(at, group.id, count)).toEqual(group)
          const found = await read(at, group.id, 2)
          expect(found).toMatchObject({ version: 1, edges: {} })
          await at.changeMembers(group.id, { kind: 'replace', members: [{ id: ids[0]! }] })
          expect(await text(found?.streams?.members)).toBe(group.edges.members)
          expect(await at.memberIds(group.id)).toEqual([ids[0]])
        }
        // Somebody stops half-way, and somebody never begins.
        const group = await at.group('x', ...ids)
        for (let round = 0; round < 20; round++) {
          const pieces = (await read(at, group.id, 2))?.streams?.members
          const iterator = pieces?.[Symbol.asyncIterator]()
          if (round % 2 === 0) await iterator?.next()
          await iterator?.return?.()
          expect((await iterator?.next())?.done).toBe(true)
        }
        expect(await text((await read(at, group.id, 2))?.streams?.members)).toBe(
          group.edges.members,
        )
      }, 60_000)
    })

    test('lets a tenant that reads many long lists at once wait for itself alone', async () => {
      const [at, other] = [await scene(), await scene()]
      const long = async (where: Scene) => {
        const ids = [await where.user('a'), await where.user('b')].map(({ id }) => id)
        const { id } = await where.group('x', ...ids)
        return () => where.rows.read('Group', id, { edges: [{ ...members, streamAbove: 1 }] })
      }
      const [read, readOther] = [await long(at), await long(other)]
      const tries = await Promise.allSettled(Array.from({ length: 40 }, read))
      const found = tries.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []))
      const failed = tries.flatMap((one) => (one.status === 'rejected' ? [one.reason] : []))
      for (const error of failed) expect(error).toMatchObject({ name: 'StoreBusy' })
      const end = (stored: Awaited<ReturnType<typeof read>>) =>
        stored?.streams?.members?.[Symbol.asyncIterator]().return?.()
      const another = await readOther()
      expect(another?.streams).toBeDefined()
      await Promise.all([another, ...found].map(end))
      const again = await read()
      expect(again?.streams).toBeDefined()
      await end(again)
    })

    test('leaves an edge attribute out when it has more edges than the view takes', async () => {
      const at = await scene()
      const ids = [await at.user('a'), await at.user('b'), await at.user('c')].map(({ id }) => id)
      const { id } = await at.group('x', ...ids)
      const read = (max: number) => at.rows.read('Group', id, { edges: [{ ...members, max }] })
      expect(elements(await read(3), 'members')).toHaveLength(3)
      expect((await read(2))?.edges).toEqual({})
    })
  })
}
