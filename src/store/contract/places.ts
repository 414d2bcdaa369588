import { describe, expect, test } from 'vitest'
import { groupType, userType } from '../../protocol/schema/core/types.ts'
import type { Place } from '../store.ts'
import { part, type Scene } from './arena.ts'

const QUERIES: readonly [filter: string | undefined, sort: string | undefined][] = [
  [undefined, undefined],
  [undefined, 'userName'],
  [undefined, '-userName'],
  [undefined, 'title'],
  [undefined, '-title'],
  [undefined, 'displayName'],
  [undefined, '-displayName'],
  [undefined, 'name.familyName'],
  [undefined, '-externalId'],
  ['title eq "b"', undefined],
  ['userName sw "user"', undefined],
  ['userName sw "user"', '-title'],
  ['active eq true and userName co "r-"', 'title'],
  ['not (userName eq "user-3")', undefined],
]

/** Users with titles of which some are alike and some are missing. */
async function people(at: Scene, count: number): Promise<string[]> {
  const ids: string[] = []
  for (let index = 0; index < count; index++) {
    const title = ['a', 'b', 'B', undefined][index % 4]
    // Everybody has a displayName, with some alike; not everybody has the others.
    const given = {
      active: true,
      displayName: `Name ${index % 5}`,
      ...(title === undefined ? {} : { title }),
      ...(index % 3 === 0 ? {} : { name: { familyName: `F${index % 4}` }, externalId: `${index}` }),
    }
    ids.push((await at.user(`user-${index}`, given)).id)
  }
  return ids
}

export function placesContract(scene: () => Promise<Scene>): void {
  describe('places (RFC 9865 §2)', () => {
    test.each(QUERIES)('lead through %s sorted by %s, forwards and backwards', async (...query) => {
      const at = await scene()
      await people(at, 13)
      const parts = [part(userType, ...query)]
      const all = await at.ids({ parts })
      for (const limit of [1, 3, 13, 20]) {
        expect(await at.walk({ parts }, 'after', limit)).toEqual(all)
        expect(await at.walk({ parts }, 'before', limit)).toEqual(all)
        expect(await at.leaf({ parts }, limit)).toEqual(all)
      }
    })

    test.each(QUERIES)('of %s sorted by %s are plain JSON', async (...query) => {
      const at = await scene()
      await people(at, 6)
      const parts = [part(userType, ...query)]
      const { next } = await at.rows.search({ parts, offset: 0, limit: 2 })
      const place = JSON.parse(JSON.stringify(next)) as Place
      const from = { side: 'after', place } as const
      const page = await at.rows.search({ parts, offset: 0, from, limit: 10 })
      expect(page.resources.map(({ id }) => id)).toEqual((await at.ids({ parts })).slice(2))
    })

    test('are told where there is something before or behind, and not where there is not', async () => {
      const at = await scene()
      const [a, b, c] = await people(at, 3)
      const parts = [part(userType)]
      const page = (offset: number, limit: number) => at.rows.search({ parts, offset, limit })
      expect(await page(0, 3)).not.toHaveProperty('next')
      expect(await page(0, 3)).not.toHaveProperty('previous')
      const first = await page(0, 2)
      expect(first.next).toEqual({ type: 'User', id: b })
      const from = { side: 'after', place: first.next! } as const
      const last = await at.rows.search({ parts, offset: 0, from, limit: 2 })
      expect(last).toMatchObject({ total: 3, previous: { type: 'User', id: c } })
      expect(last).not.toHaveProperty('next')
      const back = { side: 'before', place: last.previous! } as const
      const again = await at.rows.search({ parts, offset: 0, from: back, limit: 2 })
      expect(again.resources.map(({ id }) => id)).toEqual([a, b])
      expect(again).not.toHaveProperty('previous')
      expect(again.next).toEqual({ type: 'User', id: b })
    })

    test.each(['displayName', '-displayName'])(
      'by %s hold when some come to lack it',
      async (sort) => {
        const at = await scene()
        const ids = await people(at, 12)
        const parts = [part(userType, undefined, sort)]
        let turn = 0
        const disturb = async () => {
          turn += 1
          // By turns somebody is there who has none, and is not.
          if (turn % 2 === 1) await at.user(`nameless-${turn}`)
          else
            for (const id of await at.find(userType, 'userName sw "nameless"')) await at.suspend(id)
        }
        const walked = await at.walk({ parts }, 'after', 2, disturb)
        expect(new Set(walked).size).toBe(walked.length)
        expect(walked).toEqual(expect.arrayContaining(ids))
      },
    )

    test('hold when the resource they name is gone', async () => {
      const at = await scene()
      const ids = await people(at, 5)
      const parts = [part(userType)]
      const { next } = await at.rows.search({ parts, offset: 0, limit: 2 })
      await at.suspend(ids[1]!)
      const from = { side: 'after', place: next! } as const
      const page = await at.rows.search({ parts, offset: 0, from, limit: 10 })
      expect(page.resources.map(({ id }) => id)).toEqual(ids.slice(2))
      expect(page.total).toBe(4)
    })

    test.each([undefined, 'userName', '-userName'])(
      'sorted by %s miss nobody who is there throughout, and have nobody twice',
      async (sort) => {
        const at = await scene()
        const ids = await people(at, 40)
        const gone = new Set<string>()
        let turn = 0
        const disturb = async () => {
          const id = ids[(turn++ * 11) % ids.length]!
          if (!gone.has(id)) await at.suspend(id)
          gone.add(id)
          await at.user(`late-${turn}`)
        }
        const walked = await at.walk(
          { parts: [part(userType, undefined, sort)] },
          'after',
          3,
          disturb,
        )
        expect(new Set(walked).size).toBe(walked.length)
        expect(walked).toEqual(expect.arrayContaining(ids.filter((id) => !gone.has(id))))
      },
    )

    test('are not in the way of who asks for a page by its number again', async () => {
      const at = await scene()
      const ids = await people(at, 6)
      const parts = [part(userType)]
      const second = () => at.rows.search({ parts, offset: 2, limit: 2 })
      await at.rows.search({ parts, offset: 0, limit: 2 })
      expect((await second()).resources[0]?.id).toBe(ids[2])
      await at.suspend(ids[0]!)
      expect((await second()).resources[0]?.id).toBe(ids[3])
    })

    test('lead from one type to the next and back', async () => {
      const at = await scene()
      await people(at, 4)
      for (const name of ['x', 'y', 'z']) await at.group(name)
      for (const sort of [undefined, 'externalId', 'id', '-id']) {
        const parts = [part(userType, undefined, sort), part(groupType, undefined, sort)]
        const all = await at.ids({ parts })
        expect(all).toHaveLength(7)
        for (const limit of [1, 2, 3, 7]) {
          expect(await at.walk({ parts }, 'after', limit)).toEqual(all)
          expect(await at.walk({ parts }, 'before', limit)).toEqual(all)
        }
      }
    })
  })
}
