/**
 * What `operators.ts` promises, executable. A store has it or not; those that do call this beside
 * `storeContract()`.
 *
 * @module
 */

import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  type Act,
  EmailTaken,
  LastOwner,
  LastRoot,
  NotTheFirst,
  type OneTimeLink,
  type Operator,
  type Operators,
  type Role,
  type Session,
  type SetupLink,
} from '../operators.ts'
import type { Registry } from '../registry.ts'
import { tenantNamed } from './arena.ts'

export interface OpenedOperators {
  readonly operators: Operators
  readonly registry: Registry
  close(): Promise<void>
}

export function operatorsContract(open: () => Promise<OpenedOperators>): void {
  let opened: OpenedOperators
  let count = 0
  const at = 1_700_000_000_000
  const people = () => opened.operators

  const operator = (more: Partial<Operator> = {}): Operator => {
    const number = String(++count).padStart(6, '0')
    return {
      id: `operator-${number}`,
      email: `p${number}@example.com`,
      name: `Person "${number}" é`,
      isRoot: false,
      password: '$argon2id$…',
      federated: null,
      created: at + count,
      lastSignIn: null,
      ...more,
    }
  }
  const added = async (more: Partial<Operator> = {}, roles: Record<string, Role> = {}) => {
    const one = operator(more)
    const memberships = Object.entries(roles).map(([tenant, role]) => {
      return { operator: one.id, tenant, role }
    })
    await people().add(one, memberships)
    return one
  }
  const tenant = async () => {
    const one = tenantNamed(`people-${++count}`)
    await opened.registry.addTenant(one)
    return one.id
  }
  const session = async (owner: string, more: Partial<Session> = {}) => {
    const number = String(++count).padStart(6, '0')
    const one: Session = {
      id: `session-${number}`,
      operator: owner,
      hash: number.padStart(64, '0'),
      created: at + count,
      expires: at + 1_000_000,
      lastSeen: at + count,
      confirmedAt: at + count,
      address: '192.0.2.1',
      agent: 'Browser "é"',
      ...more,
    }
    await people().addSession(one)
    return one
  }
  const link = (more: Partial<OneTimeLink> = {}): OneTimeLink => {
    const hash = String(++count).padStart(64, '1')
    return { hash, purpose: 'invite', operator: null, created: at, expires: at + 1_000, ...more }
  }
  const setupLink = (owner: string, more: Partial<SetupLink> = {}): SetupLink => {
    const number = String(++count).padStart(6, '0')
    const hash = number.padStart(64, '2')
    const times = { created: at + count, expires: at + 1_000_000 }
    const base = { id: `setup-${number}`, tenant: owner, hash, madeBy: 'someone', ...times }
    return { ...base, usedAt: null, key: null, ...more }
  }

  describe('the contract of operators', () => {
    beforeAll(async () => {
      opened = await open()
    })
    afterAll(() => opened.close())

    test('the first one is one alone, however many try at once', async () => {
      expect(await people().isEmpty()).toBe(true)
      const tries = await Promise.allSettled(
        Array.from({ length: 10 }, () => people().add(operator(), [], { first: true })),
      )
      const refused = tries.filter((one) => one.status === 'rejected')
      expect(refused).toHaveLength(9)
      for (const { reason } of refused) expect(reason).toBeInstanceOf(NotTheFirst)
      expect(await people().all()).toHaveLength(1)
      expect(await people().isEmpty()).toBe(false)
    })

    test('are found by id, e-mail and subject, as they were added', async () => {
      const federated = { issuer: 'https://idp.example', subject: 'x"é' }
      const one = await added({ isRoot: true, federated, lastSignIn: 5 })
      await added()
      expect(await people().operator(one.id)).toEqual(one)
      expect(await people().byEmail(one.email)).toEqual(one)
      expect(await people().bySubject('https://idp.example', 'x"é')).toEqual(one)
      expect(await people().bySubject('https://other.example', 'x"é')).toBeUndefined()
      expect(await people().byEmail('nobody@example.com')).toBeUndefined()
      expect(await people().all()).toContainEqual(one)
    })

    test('do not share an e-mail; of who is refused nothing is there', async () => {
      const place = await tenant()
      const one = await added()
      const other = operator({ email: one.email })
      const entry = { operator: other.id, tenant: place, role: 'owner' } as const
      await expect(people().add(other, [entry])).rejects.toThrow(EmailTaken)
      expect(await people().operator(other.id)).toBeUndefined()
      expect(await people().memberships({ tenant: place })).toEqual([])
    })

    test('change what is said and nothing else', async () => {
      const one = await added()
      await people().change(one.id, { name: 'Ada', lastSignIn: 7 })
      expect(await people().operator(one.id)).toEqual({ ...one, name: 'Ada', lastSignIn: 7 })
      await people().change(one.id, { password: null })
      expect((await people().operator(one.id))?.password).toBeNull()
    })

    test('belong to tenants, each with its role', async () => {
      const [here, there] = [await tenant(), await tenant()]
      const one = await added({}, { [here]: 'owner', [there]: 'viewer' })
      const two = await added({}, { [here]: 'admin' })
      expect(await people().memberships({ operator: one.id })).toEqual([
        { operator: one.id, tenant: here, role: 'owner' },
        { operator: one.id, tenant: there, role: 'viewer' },
      ])
      expect(await people().memberships({ tenant: here })).toEqual([
        { operator: one.id, tenant: here, role: 'owner' },
        { operator: two.id, tenant: here, role: 'admin' },
      ])
      expect(await people().setRole(there, one.id, 'admin')).toBe(true)
      expect(await people().setRole(there, one.id, 'admin')).toBe(false)
      expect(await people().setRole(here, two.id, null)).toBe(true)
      expect(await people().memberships({ tenant: here })).toHaveLength(1)
      expect((await people().memberships({ tenant: there }))[0]?.role).toBe('admin')
    })

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
        return people().addSession({ ...base, id: `s${number}${count}`, hash }, password)
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
      const second = setupLink(here)
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

    test('acts are told newest first, page by page, of one tenant', async () => {
      const act = (id: string, place: string): Act => {
        const what = { operator: 'o', action: 'key.create', subject: 'Key "é"' }
        return { id, tenant: place, at, ...what, address: null }
      }
      const [here, there] = [`acts-${++count}`, `acts-${++count}`]
      const ids = ['a1', 'a2', 'a3', 'a4']
      for (const id of ids) await people().note(act(id, here))
      await people().note(act('b1', there))
      const first = await people().acts(here, { before: null, limit: 3 })
      expect(first).toEqual(['a4', 'a3', 'a2'].map((id) => act(id, here)))
      const next = await people().acts(here, { before: 'a2', limit: 3 })
      expect(next.map(({ id }) => id)).toEqual(['a1'])
    })
  })

  describe('the contract of operators: owners', () => {
    beforeAll(async () => {
      opened = await open()
    })
    afterAll(() => opened.close())

    test('the last one of a tenant who can sign in stays, however many leave at once', async () => {
      const place = await tenant()
      const owners = await Promise.all(
        Array.from({ length: 4 }, () => added({}, { [place]: 'owner' })),
      )
      await added({ password: null }, { [place]: 'owner' })
      const left = await Promise.allSettled(
        owners.map(({ id }, index) => people().setRole(place, id, index % 2 ? 'viewer' : null)),
      )
      const refused = left.filter((one) => one.status === 'rejected')
      expect(refused).toHaveLength(1)
      expect(refused[0]?.reason).toBeInstanceOf(LastOwner)
      const roles = await people().memberships({ tenant: place })
      expect(roles.filter(({ role }) => role === 'owner')).toHaveLength(2)
    })

    test('all of them may leave where there is a root', async () => {
      const place = await tenant()
      const owner = await added({}, { [place]: 'owner' })
      await expect(people().setRole(place, owner.id, null)).rejects.toThrow(LastOwner)
      await added({ isRoot: true })
      expect(await people().setRole(place, owner.id, null)).toBe(true)
    })
  })

  describe('the contract of operators: who goes', () => {
    beforeAll(async () => {
      opened = await open()
    })
    afterAll(() => opened.close())

    test('takes sessions, links and memberships along, and leaves what they did', async () => {
      const place = await tenant()
      const one = await added({}, { [place]: 'owner' })
      const kept = await session(one.id)
      const invitation = link({ operator: one.id })
      await people().addLink(invitation)
      const act = { tenant: place, at, operator: one.id, action: 'key.create', subject: 'k' }
      await people().note({ ...act, id: 'a1', address: null })
      expect(await people().remove(one.id)).toBe(true)
      expect(await people().remove(one.id)).toBe(false)
      expect(await people().byEmail(one.email)).toBeUndefined()
      expect(await people().session(kept.hash)).toBeUndefined()
      expect(await people().link(invitation.hash)).toBeUndefined()
      expect(await people().memberships({ tenant: place })).toEqual([])
      expect(await people().acts(place, { before: null, limit: 9 })).toMatchObject([
        { operator: one.id },
      ])
    })

    test('is never the last root who can sign in, however many go at once', async () => {
      const roots = await Promise.all(Array.from({ length: 4 }, () => added({ isRoot: true })))
      const invited = await added({ isRoot: true, password: null })
      const gone = await Promise.allSettled(roots.map(({ id }) => people().remove(id)))
      const refused = gone.filter((one) => one.status === 'rejected')
      expect(refused).toHaveLength(1)
      expect(refused[0]?.reason).toBeInstanceOf(LastRoot)
      expect((await people().all()).filter(({ isRoot }) => isRoot)).toHaveLength(2)
      expect(await people().remove(invited.id)).toBe(true)
    })
  })
}
