/** What `operators.ts` promises of sessions, passwords and links, executable. */

import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type OpenedOperators, peopleOf } from './people.ts'

export function signingInContract(open: () => Promise<OpenedOperators>): void {
  let opened: OpenedOperators
  const { added, at, link, people, session, setupLink, tenant } = peopleOf(() => opened)

  describe('the contract of operators: signing in', () => {
    beforeAll(async () => {
      opened = await open()
    })
    afterAll(() => opened.close())

    test('a session comes with its person and what they may, and ends with them', async () => {
      const [here, there] = [await tenant(), await tenant()]
      const one = await added({}, { [here]: 'viewer', [there]: 'owner' })
      const kept = await session(one.id)
      const found = await people().session(kept.hash)
      expect(found).toEqual({
        session: kept,
        operator: one,
        memberships: await people().memberships({ operator: one.id }),
      })
      expect(await people().session('f'.repeat(64))).toBeUndefined()
      const lonely = await added()
      const other = await session(lonely.id)
      expect((await people().session(other.hash))?.memberships).toEqual([])
    })

    test('sessions are listed newest first, touched, confirmed and ended, each its own', async () => {
      const one = await added()
      const other = await added()
      const elsewhere = await session(other.id)
      const first = await session(one.id)
      const second = await session(one.id)
      expect(await people().sessions(one.id)).toEqual([second, first])
      await people().changeSession(first.id, { lastSeen: 1 })
      await people().changeSession(second.id, { confirmedAt: 2 })
      expect(await people().sessions(one.id)).toEqual([
        { ...second, confirmedAt: 2 },
        { ...first, lastSeen: 1 },
      ])
      expect(await people().endSession(one.id, elsewhere.id)).toBe(false)
      expect(await people().endSession(one.id, first.id)).toBe(true)
      expect(await people().session(first.hash)).toBeUndefined()
      const third = await session(one.id)
      await people().endSessions(one.id, third.id)
      expect(await people().sessions(one.id)).toEqual([third])
      await people().endSessions(one.id, null)
      expect(await people().sessions(one.id)).toEqual([])
      expect(await people().sessions(other.id)).toEqual([elsewhere])
    })

    test('a link is used once, by whoever is first, and takes the place of an older one', async () => {
      const one = await added({ password: null })
      const [older, newer, first] = [
        link({ operator: one.id }),
        link({ operator: one.id, purpose: 'reset' }),
        link({ purpose: 'first' }),
      ]
      await people().addLink(first)
      await people().addLink(older)
      await people().addLink(newer)
      expect(await people().link(older.hash)).toBeUndefined()
      expect(await people().link(newer.hash)).toEqual(newer)
      const used = await Promise.all(
        Array.from({ length: 5 }, () => people().useLink(newer.hash, null)),
      )
      expect(used.filter(Boolean)).toHaveLength(1)
      expect(await people().link(first.hash)).toEqual(first)
    })

    test('a link gives its person a password and a name, and signs them out, or does nothing', async () => {
      const one = await added({ password: null })
      const before = await session(one.id)
      const kept = link({ operator: one.id })
      await people().addLink(kept)
      const given = { password: 'hash', name: 'Ada' }
      expect(await people().useLink(kept.hash, given)).toBe(true)
      expect(await people().operator(one.id)).toEqual({ ...one, ...given })
      expect(await people().session(before.hash)).toBeUndefined()
      expect(await people().useLink(kept.hash, { password: 'x', name: 'x' })).toBe(false)
      expect(await people().operator(one.id)).toEqual({ ...one, ...given })
    })

    test('a password takes the place of the one that was known, and of no other', async () => {
      const one = await added({ password: 'old' })
      const other = await added({ password: 'old' })
      const [mine, gone, others] = [
        await session(one.id),
        await session(one.id),
        await session(other.id),
      ]
      const open = link({ operator: one.id })
      await people().addLink(open)
      const change = { from: 'old', to: 'new', keeps: mine.id }
      expect(await people().changePassword(one.id, { ...change, from: 'another' })).toBe(false)
      expect(await people().sessions(one.id)).toHaveLength(2)
      expect(await people().link(open.hash)).toEqual(open)
      const changed = await Promise.all([
        people().changePassword(one.id, change),
        people().changePassword(one.id, { ...change, to: 'newer' }),
      ])
      expect(changed.filter(Boolean)).toHaveLength(1)
      expect(await people().sessions(one.id)).toEqual([mine])
      expect(await people().session(gone.hash)).toBeUndefined()
      expect(await people().session(others.hash)).toBeDefined()
      expect(await people().link(open.hash)).toBeUndefined()
      expect((await people().operator(other.id))?.password).toBe('old')
    })

    test('a session begins with the password that the person has, or not at all', async () => {
      const place = await tenant()
      const one = await added({ password: 'old' })
      const { id: _, hash: __, ...base } = await session(one.id)
      const begun = (number: number, password?: string) => {
        const hash = String(number).padStart(64, '7')
        return people().addSession({ ...base, id: `s${number}-${one.id}`, hash }, password)
      }
      expect(await begun(1, 'old')).toBe(true)
      expect(await begun(2, 'other')).toBe(false)
      // Whichever comes first: nothing that began with the old password is left.
      await Promise.all([begun(3, 'old'), people().setRole(place, one.id, 'viewer')])
      expect(await people().sessions(one.id)).toEqual([])
      expect(await begun(4, 'old')).toBe(false)
      expect(await begun(5)).toBe(true)
      expect(await people().addSession({ ...base, operator: 'nobody', id: 'x', hash: 'x' })).toBe(
        false,
      )
    })

    test('setup links make one key each, and are of one tenant', async () => {
      const [here, there] = [await tenant(), await tenant()]
      const first = setupLink(here)
      const second = setupLink(here, { name: 'Northwind' })
      for (const one of [first, second, setupLink(there)]) await people().addSetupLink(one)
      expect(await people().setupLinks(here)).toEqual([second, first])
      expect(await people().setupLink(first.hash)).toEqual(first)
      const used = await Promise.all(
        Array.from({ length: 5 }, (_, index) =>
          people().useSetupLink(first.id, `key-${index}`, at),
        ),
      )
      expect(used.filter(Boolean)).toHaveLength(1)
      expect(await people().setupLink(first.hash)).toMatchObject({ usedAt: at })
      expect(await people().endSetupLink(there, first.id)).toBe(false)
      expect(await people().endSetupLink(here, first.id)).toBe(true)
      expect(await people().setupLink(first.hash)).toBeUndefined()
    })

    test('setup links end for good with the right to make keys, and with their maker', async () => {
      const [here, there] = [await tenant(), await tenant()]
      const one = await added({}, { [here]: 'owner', [there]: 'admin' })
      await added({}, { [here]: 'owner' })
      const another = setupLink(here)
      const made = [setupLink(here, { madeBy: one.id }), setupLink(there, { madeBy: one.id })]
      for (const link of [another, ...made]) await people().addSetupLink(link)
      const left = async () => (await people().setupLinks(here)).map(({ id }) => id)
      expect(await people().setRole(here, one.id, 'admin')).toBe(true)
      expect(await left()).toEqual([made[0]?.id, another.id])
      expect(await people().setRole(here, one.id, 'viewer')).toBe(true)
      expect(await people().setRole(here, one.id, 'admin')).toBe(true)
      expect(await left()).toEqual([another.id])
      expect(await people().setupLinks(there)).toHaveLength(1)
      await people().remove(one.id)
      expect(await people().setupLinks(there)).toEqual([])
    })

    test('what has expired is swept away, and nothing else', async () => {
      const one = await added()
      const place = await tenant()
      const [old, young] = [
        await session(one.id, { expires: 10 }),
        await session(one.id, { expires: 11 }),
      ]
      const oldLink = link({ operator: one.id, expires: 10 })
      await people().addLink(oldLink)
      const oldSetup = setupLink(place, { expires: 10 })
      await people().addSetupLink(oldSetup)
      await people().sweep(10)
      expect(await people().session(old.hash)).toBeUndefined()
      expect(await people().session(young.hash)).toBeDefined()
      expect(await people().link(oldLink.hash)).toBeUndefined()
      expect(await people().setupLink(oldSetup.hash)).toBeUndefined()
    })
  })
}
