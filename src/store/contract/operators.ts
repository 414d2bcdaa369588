/**
 * What `operators.ts` promises, executable. A store has it or not; those that do call this beside
 * `storeContract()`.
 *
 * @module
 */

import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Act, EmailTaken, LastOwner, LastRoot, NotTheFirst } from '../operators.ts'
import { type OpenedOperators, peopleOf } from './people.ts'
import { signingInContract } from './signing-in.ts'

export function operatorsContract(open: () => Promise<OpenedOperators>): void {
  let opened: OpenedOperators
  const { added, at, link, operator, people, session, tenant } = peopleOf(() => opened)

  signingInContract(open)

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

    test('acts are told newest first, page by page, of one tenant', async () => {
      const act = (id: string, place: string): Act => {
        const what = { operator: 'o', action: 'key.create', subject: 'Key "é"' }
        return { id, tenant: place, at, ...what, address: null }
      }
      const [here, there] = [await tenant(), await tenant()]
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
