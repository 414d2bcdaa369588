/**
 * Who may enter a tenant.
 *
 * Nobody proves here that an e-mail address is theirs. So an owner invites people who are new, or who
 * belong to tenants of the owner's alone; all others are let in by a root operator. For the same reason
 * a link for somebody is made only by who owns everything that it opens, and whoever comes into a
 * further tenant gets a new one: who made their last link may know their password (decisions/011).
 *
 * @module
 */

import { z } from 'zod'
import { EmailTaken, LastOwner, type Operator, type Role } from '../../../store/operators.ts'
import { roleIn } from '../guard.ts'
import { addOperator, canSignIn, email, newLink } from '../people.ts'
import { nothingHere, Refusal } from '../refusal.ts'
import { type AdminRoute, route, type TenantCall } from '../route.ts'
import { givenName } from '../text.ts'
import type { Invitation, OperatorRow } from '../types.ts'

const role = z.enum(['owner', 'admin', 'viewer'])

export const operatorRoutes: readonly AdminRoute[] = [
  route({
    method: 'GET',
    path: '/tenants/:tenant/operators',
    access: 'admin',
    handle: async ({ service, tenant }): Promise<OperatorRow[]> => {
      const { operators } = service.database
      const memberships = await operators.memberships({ tenant: tenant.id })
      const roles = new Map(memberships.map((one) => [one.operator, one.role]))
      return (await operators.all()).flatMap((one) => {
        const role = one.isRoot ? 'owner' : roles.get(one.id)
        return role === undefined ? [] : [rowOf(one, role)]
      })
    },
  }),
  route({
    method: 'POST',
    path: '/tenants/:tenant/operators',
    access: 'owner',
    confirmed: true,
    body: z.object({ email, name: givenName.optional(), role }),
    handle: async (call): Promise<Invitation> => {
      const { service, tenant, body } = call
      const { role, email, name = email } = body
      const person = { email, name }
      const invited = `${person.email}, ${role}`
      try {
        const membership = { tenant: tenant.id, role }
        const added = await addOperator(worldOf(call), { ...person, isRoot: false }, [membership])
        await call.note('operator.invite', invited)
        return { operator: rowOf(added, role), was: 'nobody', ...(await linkFor(call, added)) }
      } catch (error) {
        if (!(error instanceof EmailTaken)) throw error
      }
      const known = await service.database.operators.byEmail(person.email)
      if (known === undefined || !(await mayVouchFor(call, known))) {
        const detail = 'This person is known here already; a root operator has to let them in'
        throw new Refusal(409, detail, { code: 'taken', field: 'email' })
      }
      const entered = await service.database.operators.memberships({ operator: known.id })
      const was = entered.some((one) => one.tenant === tenant.id) ? 'here' : 'elsewhere'
      await changeRole(call, known, role)
      await call.note('operator.invite', invited)
      const now = (await service.database.operators.operator(known.id)) ?? known
      const operator = rowOf(now, role)
      if (canSignIn(now)) return { operator, was, url: null, expires: null }
      return { operator, was, ...(await linkFor(call, now)) }
    },
  }),
  route({
    method: 'PATCH',
    path: '/tenants/:tenant/operators/:id',
    access: 'owner',
    confirmed: true,
    body: z.object({ role }),
    handle: async (call) => {
      const { operator, role } = await memberOf(call)
      await changeRole(call, operator, call.body.role)
      await call.note('operator.role', `${operator.email}, ${call.body.role}, before: ${role}`)
    },
  }),
  route({
    method: 'DELETE',
    path: '/tenants/:tenant/operators/:id',
    access: 'owner',
    confirmed: true,
    handle: async (call) => {
      const { operator } = await memberOf(call)
      await changeRole(call, operator, null)
      await call.note('operator.remove', operator.email)
    },
  }),
  route({
    method: 'POST',
    path: '/tenants/:tenant/operators/:id/link',
    access: 'owner',
    confirmed: true,
    handle: async (call): Promise<Invitation> => {
      const { operator, role } = await memberOf(call)
      const link = await linkFor(call, operator)
      await call.note('operator.link', operator.email)
      return { operator: rowOf(operator, role), was: 'here', ...link }
    },
  }),
]

type Asked = TenantCall<unknown>

function worldOf({ service }: Pick<Asked, 'service'>) {
  const { now, random, publicUrl, database } = service
  return { operators: database.operators, now, random, publicUrl }
}

/**
 * Whether everything that somebody may enter is owned by who asks, now. Who may enter nothing has no
 * owner to vouch for them.
 */
async function mayVouchFor(call: Asked, person: Operator): Promise<boolean> {
  const { operator, service } = call
  if (operator.isRoot) return true
  if (person.isRoot) return false
  const { operators } = service.database
  const memberships = await operators.memberships({ operator: operator.id })
  const entered = await operators.memberships({ operator: person.id })
  const isOwned = (tenant: string) => roleIn({ operator, memberships }, tenant) === 'owner'
  return entered.length > 0 && entered.every(({ tenant }) => isOwned(tenant))
}

// Asked once more when the link is there: whatever changed before that has not made it void.
async function linkFor(call: Asked, person: Operator) {
  const refused = new Refusal(
    403,
    'This person belongs to other tenants too, whose owners have a say',
  )
  if (!(await mayVouchFor(call, person))) throw refused
  const link = await newLink(worldOf(call), canSignIn(person) ? 'reset' : 'invite', person.id)
  if (await mayVouchFor(call, person)) return link
  await call.service.database.operators.endLinks(person.id)
  throw refused
}

async function memberOf(call: Asked): Promise<{ operator: Operator; role: Role }> {
  const { service, tenant, param } = call
  const operator = await service.database.operators.operator(param('id'))
  const memberships = operator
    ? await service.database.operators.memberships({ operator: operator.id })
    : []
  const role = operator && roleIn({ operator, memberships }, tenant.id)
  if (operator === undefined || role === undefined) throw nothingHere('There is no such person')
  return { operator, role }
}

async function changeRole(call: Asked, person: Operator, role: Role | null): Promise<void> {
  if (person.isRoot) {
    throw new Refusal(409, 'A root operator owns every tenant; that is changed on the server alone')
  }
  try {
    await call.service.database.operators.setRole(call.tenant.id, person.id, role)
  } catch (error) {
    if (!(error instanceof LastOwner)) throw error
    throw new Refusal(409, 'This is the last owner of the tenant who can sign in')
  }
}

function rowOf(operator: Operator, role: Role): OperatorRow {
  const { id, email, name, isRoot, lastSignIn } = operator
  return { id, email, name, role, isRoot, lastSignIn, isInvited: !canSignIn(operator) }
}
