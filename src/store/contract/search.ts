import { describe, expect, test } from 'vitest'
import { groupType, userType } from '../../protocol/schema/core/types.ts'
import { members, part, type Scene } from './arena.ts'

async function users(at: Scene, count: number): Promise<string[]> {
  const ids: string[] = []
  for (let index = 0; index < count; index++) {
    const given = { title: index % 3 === 0 ? 'third' : 'other' }
    ids.push((await at.user(`user-${index}`, given)).id)
  }
  return ids
}

export function searchContract(scene: () => Promise<Scene>): void {
  describe('search', () => {
    test('finds every live resource of the type when nothing filters', async () => {
      const at = await scene()
      expect(await at.rows.search({ parts: [part(userType)], offset: 0, limit: 10 })).toEqual({
        total: 0,
        resources: [],
      })
      const ids = await users(at, 3)
      await at.group('x')
      expect(await at.find(userType)).toEqual(ids)
    })

    test('returns whole resources, as read does, with the edges of the view', async () => {
      const at = await scene()
      const [first] = await users(at, 2)
      const group = await at.group('x', first!)
      const parts = [{ ...part(groupType), view: { edges: [members] } }]
      const page = await at.rows.search({ parts, offset: 0, limit: 10 })
      expect(page).toEqual({ total: 1, resources: [group] })
    })

    test('comes unsorted in the order of ids, whatever the order of creation', async () => {
      const at = await scene()
      const ids = await users(at, 7)
      await at.suspend(ids[2]!)
      await at.restore(ids[2]!)
      await at.rewriteUser(ids[0]!, { userName: 'zzz' })
      expect(await at.find(userType)).toEqual(ids)
    })

    test('with little patience comes in pieces, which together are everything', async () => {
      const at = await scene()
      const ids = await users(at, 11)
      const thirds = ids.filter((_, index) => index % 3 === 0)
      for (const [filter, all] of [
        ['title eq "third"', thirds],
        ['userName sw "user-"', ids],
        ['userName co "user" and title eq "third"', thirds],
        ['userName sw "user-1" or title eq "third"', [...thirds, ids[1]!, ids[10]!].toSorted()],
        ['title pr', ids],
        ['not (title eq "other")', thirds],
        ['title eq "nobody"', []],
        [undefined, ids],
      ] as const) {
        for (const looked of [1, 3, 4, 100]) {
          const walked: string[] = []
          const query = { parts: [part(userType, filter)], offset: 0, limit: 2 }
          const patience = { counted: 3, looked }
          let page = await at.rows.search({ ...query, patience })
          for (let turns = 0; turns < 20; turns++) {
            walked.push(...page.resources.map(({ id }) => id))
            if (page.isAtLeast) expect(page.total).toBeLessThanOrEqual(all.length)
            else expect(page.total).toBe(all.length)
            if (page.next === undefined) break
            const from = { side: 'after', place: page.next } as const
            page = await at.rows.search({ ...query, from, patience })
          }
          expect([filter, looked, walked]).toEqual([filter, looked, all])
        }
      }
    })

    test('pages by offset and limit, each resource once, with the exact total on every page', async () => {
      const at = await scene()
      const ids = await users(at, 11)
      for (const filter of [undefined, 'title eq "other"', 'userName sw "user-"']) {
        for (const sort of [undefined, 'title', '-title', 'userName']) {
          const all = await at.find(userType, filter, sort)
          const walked: string[] = []
          for (let offset = 0; offset < 12; offset += 3) {
            const parts = [part(userType, filter, sort)]
            const page = await at.rows.search({ parts, offset, limit: 3 })
            expect(page.total).toBe(filter?.startsWith('title') ? 7 : 11)
            walked.push(...page.resources.map(({ id }) => id))
          }
          expect(walked).toEqual(all)
          expect(walked.toSorted()).toEqual(
            ids.filter((_, index) => !filter?.startsWith('title') || index % 3 !== 0),
          )
        }
      }
    })

    test('counts each type for itself, asked about alike', async () => {
      const at = await scene()
      await users(at, 3)
      await at.group('x')
      const total = async (type: string) => {
        const parts = [{ type, view: { edges: [] }, lookups: [], refs: {} }]
        return (await at.rows.search({ parts, offset: 0, limit: 0 })).total
      }
      expect([await total(userType.name), await total(groupType.name)]).toEqual([3, 1])
    })

    test('only counts with limit 0, and finds nothing past the end', async () => {
      const at = await scene()
      await users(at, 4)
      const parts = [part(userType, 'title eq "other"')]
      const counted = { total: 2, resources: [] }
      expect(await at.rows.search({ parts, offset: 0, limit: 0 })).toEqual(counted)
      expect(await at.rows.search({ parts, offset: 2, limit: 10 })).toEqual(counted)
      expect(await at.rows.search({ parts, offset: 1_000_000, limit: 10 })).toEqual(counted)
    })

    test('by one value of an index finds all who have it, in order, be they few or many', async () => {
      const at = await scene()
      const ids: string[] = []
      // A search may go another way for few than for many; these go over any such border.
      for (let count = 1; count <= 40; count++) {
        const displayName = `Same ${40 - count}`
        const emails = [{ value: 'one@example.com' }, { value: 'two@example.com' }]
        ids.push((await at.user(`user-${count}`, { displayName, emails })).id)
        for (const filter of ['emails.value eq "One@example.com"', 'displayName sw "same"']) {
          for (const limit of [1, count, 100]) {
            const page = await at.rows.search({ parts: [part(userType, filter)], offset: 0, limit })
            expect(page.total).toBe(count)
            expect(page.resources.map(({ id }) => id)).toEqual(ids.slice(0, limit))
            expect(page.next).toEqual(
              limit < count ? { type: 'User', id: ids[limit - 1] } : undefined,
            )
          }
        }
      }
    })

    test('over several types has one follow the other, paged as one list', async () => {
      const at = await scene()
      const group = (await at.group('x')).id
      const ids = await users(at, 3)
      const last = (await at.group('y')).id
      const parts = [part(userType), part(groupType)]
      const all = [...ids, group, last]
      expect(await at.ids({ parts })).toEqual(all)
      expect(await at.ids({ parts: parts.toReversed() })).toEqual([group, last, ...ids])
      for (let offset = 0; offset <= all.length; offset++) {
        const page = await at.rows.search({ parts, offset, limit: 2 })
        expect(page.total).toBe(5)
        expect(page.resources.map(({ id }) => id)).toEqual(all.slice(offset, offset + 2))
      }
      expect(await at.rows.search({ parts, offset: 0, limit: 0 })).toMatchObject({ total: 5 })
    })

    test('over several types gives each its own filter and view', async () => {
      const at = await scene()
      const [, second] = await users(at, 3)
      const group = await at.group('x', second!)
      await at.group('y')
      const parts = [
        part(userType, 'userName eq "user-1"'),
        { ...part(groupType, 'displayName eq "x"'), view: { edges: [members] } },
      ]
      const page = await at.rows.search({ parts, offset: 0, limit: 10 })
      expect(page.total).toBe(2)
      expect(page.resources).toMatchObject([{ id: second, edges: {} }, group])
    })

    test('over no type at all finds nothing', async () => {
      const at = await scene()
      await users(at, 1)
      expect(await at.rows.search({ parts: [], offset: 0, limit: 10 })).toEqual({
        total: 0,
        resources: [],
      })
    })

    test('tells which values several hold, as far as it looks', async () => {
      const at = await scene()
      for (const name of ['b', 'B', 'a', 'c', 'A', 'a', 'd']) await at.group(name)
      await at.user('e', { displayName: 'c' })
      const twice = (looked: number, limit = 9) =>
        at.rows.heldTwice({ type: 'Group', attribute: 'displayName', looked, limit })
      const [a, b] = [
        { value: 'a', holders: 3 },
        { value: 'b', holders: 2 },
      ]
      expect(await twice(100)).toEqual({ total: 2, isAtLeast: false, first: [a, b] })
      expect(await twice(100, 1)).toEqual({ total: 2, isAtLeast: false, first: [a] })
      expect(await twice(4)).toEqual({ total: 1, isAtLeast: true, first: [a] })
      const { rows } = await scene()
      const none = { total: 0, isAtLeast: false, first: [] }
      expect(
        await rows.heldTwice({ type: 'Group', attribute: 'displayName', looked: 9, limit: 9 }),
      ).toEqual(none)
    })

    test('rejects with AbortError once its signal has fired', async () => {
      const at = await scene()
      await users(at, 1)
      const parts = [part(userType)]
      for (const cause of [new TypeError('foreign'), 'a word']) {
        const waiting = { signal: AbortSignal.abort(cause) }
        const found = at.rows.search({ parts, offset: 0, limit: 10, waiting })
        await expect(found).rejects.toMatchObject({ name: 'AbortError', cause })
      }
      const { signal: quiet } = new AbortController()
      expect(await at.ids({ parts, waiting: { signal: quiet } })).toHaveLength(1)
    })
  })
}
