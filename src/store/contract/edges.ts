import { describe, expect, test } from 'vitest'
import { bindValueFilter } from '../../protocol/filter/bind.ts'
import { filterLimits } from '../../protocol/filter/options.ts'
import { parseFilter } from '../../protocol/filter/parser.ts'
import { tolerant } from '../../protocol/quirks.ts'
import { groupType } from '../../protocol/schema/core/types.ts'
import type { EdgeChange } from '../store.ts'
import { elements, members, refs, refused, type Scene } from './arena.ts'

const add = (...ids: readonly string[]): EdgeChange => ({
  kind: 'add',
  members: ids.map((id) => ({ id })),
})
const remove = (...ids: readonly string[]): EdgeChange => ({ kind: 'remove', ids })
const replace = (...ids: readonly string[]): EdgeChange => ({
  kind: 'replace',
  members: ids.map((id) => ({ id })),
})

function removeMatching(text: string, required = true): EdgeChange {
  const tolerate = tolerant()
  const filter = parseFilter(text, { tolerate, limits: filterLimits })
  const attribute = groupType.attribute('members')!
  const bound = bindValueFilter(filter, attribute, tolerate)
  return { kind: 'removeMatching', filter: bound, required, view: members }
}

/** A group `x` with the members `a` and `b`, and a user `c` outside. */
async function three(at: Scene) {
  const a = (await at.user('a')).id
  const b = (await at.user('b', { displayName: 'Bee "B" 100% _' })).id
  const c = (await at.user('c')).id
  const x = (await at.group('x', a, b)).id
  return { a, b, c, x }
}

export function edgesContract(scene: () => Promise<Scene>): void {
  describe('edges', () => {
    test('added and removed show at both ends and move the version of the owner', async () => {
      const at = await scene()
      const { a, b, c, x } = await three(at)
      const after = await at.changeMembers(x, add(c), remove(a))
      expect(after).toMatchObject({ version: 2, modified: at.now })
      expect(elements(after, 'members').map(({ value }) => value)).toEqual([b, c])
      expect(elements(await at.readUser(c), 'groups')).toMatchObject([{ value: x, display: 'x' }])
      expect(elements(await at.readUser(a), 'groups')).toEqual([])
    })

    test('leave the version of a member as it was', async () => {
      const at = await scene()
      const { c, x } = await three(at)
      const before = await at.readUser(c)
      await at.addMembers(x, c)
      expect(await at.readUser(c)).toMatchObject({ version: 1, modified: before?.modified })
    })

    test('replaced leave just the new ones', async () => {
      const at = await scene()
      const { b, c, x } = await three(at)
      await at.changeMembers(x, replace(c, b, c))
      expect(await at.memberIds(x)).toEqual([b, c])
      await at.changeMembers(x, replace())
      expect(await at.memberIds(x)).toEqual([])
    })

    const already: Record<string, (ids: Awaited<ReturnType<typeof three>>) => EdgeChange[]> = {
      'add of a present member': ({ a }) => [add(a)],
      'remove of an absent one': ({ c }) => [remove(c, 'nobody')],
      'replace by the same': ({ a, b }) => [replace(b, a)],
      'a filter that matches none and need not': () => [removeMatching('value eq "c"', false)],
      'steps that come to nothing': ({ a, c }) => [add(c), remove(a), add(a), remove(c)],
      'no step': () => [],
    }
    for (const [title, steps] of Object.entries(already)) {
      test(`already as asked leave version, modified and log: ${title}`, async () => {
        const at = await scene()
        const ids = await three(at)
        const before = await at.everything()
        const after = await at.changeMembers(ids.x, ...steps(ids))
        expect(after).toEqual(await at.readGroup(ids.x))
        expect(await at.everything()).toEqual(before)
      })
    }

    test('are changed step by step, in order', async () => {
      const at = await scene()
      const { a, b, c, x } = await three(at)
      await at.changeMembers(x, replace(c), add(a), removeMatching('display eq "c"'), add(b))
      expect(await at.memberIds(x)).toEqual([a, b])
    })

    test('to a resource that is not there are refused, whatever else was asked', async () => {
      const at = await scene()
      const { a, c, x } = await three(at)
      for (const step of [add(c, 'nobody'), replace(c, 'nobody')]) {
        expect(await refused(at, () => at.changeMembers(x, remove(a), step))).toMatchObject({
          name: 'MissingMember',
          id: 'nobody',
        })
      }
    })

    test('to a type that cannot be a member are refused', async () => {
      const at = await scene()
      const { x } = await three(at)
      const inner = await at.group('inner')
      const change = (memberTypes?: readonly string[]) => ({
        edges: [add(inner.id)],
        ...(memberTypes === undefined ? {} : { memberTypes }),
        what: {},
      })
      for (const types of [['User'], [], undefined]) {
        const attempt = () => at.rows.change('Group', x, () => change(types), at.write())
        expect(await refused(at, attempt)).toMatchObject({ name: 'MissingMember', id: inner.id })
      }
    })

    test('of a group to itself are refused, directly or through others', async () => {
      const at = await scene()
      const inner = await at.group('inner')
      const middle = await at.group('middle', inner.id)
      const outer = await at.group('outer', middle.id)
      for (const id of [inner.id, middle.id, outer.id]) {
        const error = await refused(at, () => at.addMembers(inner.id, id))
        expect(error).toMatchObject({ name: 'MemberCycle', id })
      }
    })

    test('are told page by page in the order of ids, from either end', async () => {
      const at = await scene()
      const users = [await at.user('a', { displayName: 'Ann' }), await at.user('b')]
      const inner = await at.group('inner')
      const ids = [...users.map(({ id }) => id), inner.id]
      const group = await at.group('group', ...ids)
      const other = await at.group('other', ids[0]!)
      const page = (id: string, side: 'owner' | 'member', after: string | null, limit = 2) =>
        at.rows.edges({ id, side, after, limit })
      const labels = ['Ann', 'b', 'inner']
      const all = ids.map((id, index) => {
        return { id, type: index === 2 ? 'Group' : 'User', label: labels[index] }
      })
      expect(await page(group.id, 'owner', null)).toEqual(all.slice(0, 2))
      expect(await page(group.id, 'owner', ids[1]!)).toEqual(all.slice(2))
      expect(await page(group.id, 'owner', ids[2]!)).toEqual([])
      expect(await page(group.id, 'owner', null, 0)).toEqual([])
      expect(await page(ids[0]!, 'member', null)).toEqual([
        { id: group.id, type: 'Group', label: 'group' },
        { id: other.id, type: 'Group', label: 'other' },
      ])
      expect(await page('nobody', 'owner', null)).toEqual([])
    })

    test('are told from others', async () => {
      const at = await scene()
      const ids = [(await at.user('a')).id, (await at.user('b')).id, (await at.group('inner')).id]
      const { id } = await at.group('group', ids[1]!, ids[2]!)
      await at.group('other', ids[0]!)
      expect(await at.rows.membersAmong(id, ['nobody', ...ids.toReversed(), ids[1]!])).toEqual([
        { id: ids[1], type: 'User', label: 'b' },
        { id: ids[2], type: 'Group', label: 'inner' },
      ])
      expect(await at.rows.membersAmong(id, [])).toEqual([])
      expect(await at.rows.membersAmong('nobody', ids)).toEqual([])
    })

    test('are counted, as many as there are now', async () => {
      const at = await scene()
      const ids = [(await at.user('a')).id, (await at.user('b')).id, (await at.group('inner')).id]
      const { id: group } = await at.group('group', ...ids, ids[0]!)
      const { id: other } = await at.group('other', ids[0]!)
      const count = async () => {
        const asked = [group, other, ids[2]!, ids[0]!, 'nobody']
        return Object.fromEntries(await at.rows.memberCounts('Group', asked))
      }
      expect(await count()).toEqual({ [group]: 3, [other]: 1, [ids[2]!]: 0 })
      expect(await at.rows.memberCounts('User', [group])).toEqual(new Map())
      const [step, more] = [remove(ids[0]!, 'nobody'), (await at.user('c')).id]
      await at.changeMembers(group, step, { kind: 'add', members: [{ id: more }, { id: ids[1]! }] })
      expect(await count()).toMatchObject({ [group]: 3, [other]: 1 })
      await at.changeMembers(other, { kind: 'replace', members: [{ id: more }, { id: ids[1]! }] })
      expect(await count()).toMatchObject({ [group]: 3, [other]: 2 })
      await at.suspend(more)
      expect(await count()).toMatchObject({ [group]: 2, [other]: 1 })
      await at.restore(more)
      await at.delete(groupType, ids[2]!)
      expect(await count()).toEqual({ [group]: 1, [other]: 1 })
    })

    test('may meet again in one group by two ways', async () => {
      const at = await scene()
      const shared = await at.group('shared')
      const left = await at.group('left', shared.id)
      const right = await at.group('right', shared.id)
      const top = await at.group('top', left.id, right.id)
      await at.addMembers(top.id, shared.id)
      expect(await at.memberIds(top.id)).toEqual([shared.id, left.id, right.id])
    })

    const filters: Record<string, (ids: Awaited<ReturnType<typeof three>>) => string> = {
      value: ({ b }) => `value eq "${b}"`,
      display: () => 'display co "\\"B\\" 100% _"',
      'display, case ignored': () => 'display sw "BEE"',
      'type and display': () => 'type eq "User" and display ew "_"',
      $ref: ({ b }) => `$ref eq "${refs.User}${b}"`,
      not: ({ a }) => `not (value eq "${a}")`,
      'either of two': ({ b, c }) => `value eq "${b}" or value eq "${c}"`,
    }
    for (const [title, text] of Object.entries(filters)) {
      test(`that a filter matches are removed: by ${title}`, async () => {
        const at = await scene()
        const ids = await three(at)
        await at.changeMembers(ids.x, removeMatching(text(ids)))
        expect(await at.memberIds(ids.x)).toEqual([ids.a])
        expect((await at.told()).at(-1)).toBe(`memberRemoved ${ids.x} ${ids.b}`)
      })
    }

    test('that a filter must match and does not are NoMemberMatched', async () => {
      const at = await scene()
      const { a, c, x } = await three(at)
      const step = removeMatching(`value eq "${c}"`)
      expect(await refused(at, () => at.changeMembers(x, remove(a), step))).toMatchObject({
        name: 'NoMemberMatched',
      })
    })
  })
}
