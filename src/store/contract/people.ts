/** People for the contract of operators, with what is theirs: each of them different from all others. */

import type { OneTimeLink, Operator, Operators, Role, Session, SetupLink } from '../operators.ts'
import type { Registry } from '../registry.ts'
import { tenantNamed } from './arena.ts'

export interface OpenedOperators {
  readonly operators: Operators
  readonly registry: Registry
  close(): Promise<void>
}

export function peopleOf(opened: () => OpenedOperators) {
  let count = 0
  const at = 1_700_000_000_000
  const people = () => opened().operators

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
    await opened().registry.addTenant(one)
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
    return { ...base, usedAt: null, key: null, name: null, ...more }
  }
  return { at, people, added, operator, tenant, session, link, setupLink }
}
