import { describe, expect, test } from 'vitest'
import { groupType, userType } from '../../protocol/schema/core/types.ts'
import { newBody, type Scene } from './arena.ts'

export function changesContract(scene: () => Promise<Scene>): void {
  describe('changes', () => {
    test('has one row for a write, with who, when, in which request and what', async () => {
      const at = await scene()
      const what = { userName: { after: 'bjensen' }, list: [1, null, true, 'é "\\'] }
      const { id } = await at.user('bjensen', {}, { what })
      expect(await at.log()).toEqual([
        {
          seq: expect.any(Number),
          at: at.now,
          actor: 'key:1',
          request: `request-${at.now}`,
          type: 'User',
          id,
          kind: 'created',
          member: null,
          what,
        },
      ])
    })

    test('names each kind of write', async () => {
      const at = await scene()
      const { id } = await at.user('bjensen')
      await at.rewriteUser(id, { userName: 'babs' })
      await at.suspend(id)
      await at.restore(id)
      await at.suspend(id)
      await at.user('babs', {}, { restore: { name: 'babs', externalId: null, what: () => ({}) } })
      await at.suspend(id)
      await at.rows.erase(id, at.write())
      const other = await at.user('other')
      await at.delete(userType, other.id)
      expect(await at.told()).toEqual([
        `created ${id}`,
        `updated ${id}`,
        `suspended ${id}`,
        `restored ${id}`,
        `suspended ${id}`,
        `restored ${id}`,
        `suspended ${id}`,
        `erased ${id}`,
        `created ${other.id}`,
        `deleted ${other.id}`,
      ])
    })

    test('keeps what a change and a deletion say of it', async () => {
      const at = await scene()
      const { id } = await at.user('bjensen')
      await at.rewriteUser(id, { userName: 'babs' })
      await at.delete(userType, id)
      expect((await at.log()).map(({ what }) => what)).toEqual([
        { given: 'new' },
        { given: 'change' },
        { given: 'delete' },
      ])
    })

    test('has one row for each edge that came or went, and none for a change of edges', async () => {
      const at = await scene()
      const a = (await at.user('a')).id
      const b = (await at.user('b')).id
      const c = (await at.user('c')).id
      const x = (await at.group('x', a, b)).id
      expect((await at.told()).slice(3).toSorted()).toEqual([
        `created ${x}`,
        `memberAdded ${x} ${a}`,
        `memberAdded ${x} ${b}`,
      ])
      await at.changeMembers(
        x,
        { kind: 'add', members: [{ id: a }, { id: c }] },
        { kind: 'remove', ids: [b, b, 'nobody'] },
      )
      const rows = (await at.log()).slice(6)
      expect(rows.map(({ kind, member }) => `${kind} ${member}`).toSorted()).toEqual([
        `memberAdded ${c}`,
        `memberRemoved ${b}`,
      ])
      for (const row of rows) {
        expect(row).toMatchObject({ type: 'Group', id: x, what: {}, at: at.now, actor: 'key:1' })
      }
    })

    test('has both when body and edges change', async () => {
      const at = await scene()
      const a = (await at.user('a')).id
      const x = (await at.group('x')).id
      await at.rows.change(
        'Group',
        x,
        (current) => ({
          ...newBody(groupType, current, { displayName: 'y' }),
          edges: [{ kind: 'add', members: [{ id: a }] }],
          memberTypes: ['User'],
        }),
        at.write(),
      )
      expect((await at.told()).slice(2).toSorted()).toEqual([
        `memberAdded ${x} ${a}`,
        `updated ${x}`,
      ])
      expect((await at.readGroup(x))?.version).toBe(2)
    })

    test('tells of the edges that a deletion took, at either end', async () => {
      const at = await scene()
      const a = (await at.user('a')).id
      const x = (await at.group('x', a)).id
      const outer = (await at.group('outer', x)).id
      const before = (await at.log()).length
      await at.delete(groupType, x)
      expect((await at.told()).slice(before).toSorted()).toEqual([
        `deleted ${x}`,
        `memberRemoved ${x} ${a}`,
        `memberRemoved ${outer} ${x}`,
      ])
      await at.group('again', a)
      await at.suspend(a)
      expect((await at.told()).slice(-2).toSorted()).toEqual([
        expect.stringMatching(`memberRemoved .* ${a}`),
        `suspended ${a}`,
      ])
    })

    test('ascends in seq, and goes on after any of them, so many at a time', async () => {
      const at = await scene()
      for (let index = 0; index < 7; index++) await at.user(`user-${index}`)
      const all = await at.log()
      expect(all[0]!.seq).toBeGreaterThan(0)
      expect(all.map(({ id }) => id)).toEqual(all.map(({ id }) => id).toSorted())
      for (const [index, { seq }] of all.entries()) {
        if (index > 0) expect(seq).toBeGreaterThan(all[index - 1]!.seq)
        const next = await at.rows.changes({ after: seq, limit: 3 })
        expect(next).toEqual(all.slice(index + 1, index + 4))
      }
      expect(await at.rows.changes({ after: 0, limit: 0 })).toEqual([])
      expect(await at.rows.changes({ after: all.at(-1)!.seq + 1_000, limit: 10 })).toEqual([])
    })

    test('goes backwards before any of them, newest first, so many at a time', async () => {
      const at = await scene()
      const a = (await at.user('a')).id
      const x = (await at.group('x', a)).id
      for (let index = 0; index < 3; index++) await at.user(`user-${index}`)
      await at.changeMembers(x, { kind: 'remove', ids: [a] })
      for (const about of [undefined, a]) {
        const back = (await at.log(about)).toReversed()
        const only = about === undefined ? {} : { about }
        const newest = await at.rows.changes({ before: back[0]!.seq + 1, limit: 100, ...only })
        expect(newest).toEqual(back)
        const next = await at.rows.changes({ before: back[0]!.seq, limit: 2, ...only })
        expect(next).toEqual(back.slice(1, 3))
        expect(await at.rows.changes({ before: back.at(-1)!.seq, limit: 2, ...only })).toEqual([])
      }
    })

    test('about a resource has its own rows and those of which it is the member', async () => {
      const at = await scene()
      const a = (await at.user('a')).id
      const b = (await at.user('b')).id
      const x = (await at.group('x', a, b)).id
      await at.rewriteUser(b, { userName: 'b', title: 'x' })
      await at.changeMembers(x, { kind: 'remove', ids: [a] })
      expect(await at.told(a)).toEqual([
        `created ${a}`,
        `memberAdded ${x} ${a}`,
        `memberRemoved ${x} ${a}`,
      ])
      const [, second] = await at.log(a)
      const rest = await at.rows.changes({ after: second!.seq - 1, limit: 1, about: a })
      expect(rest).toEqual([second])
      expect(await at.told(x)).toHaveLength(4)
      expect(await at.told('nobody')).toEqual([])
    })
  })
}
