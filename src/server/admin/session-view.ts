/** A session as its own person sees it. */

import type { SessionFound } from '../../store/operators.ts'
import { version } from '../version.ts'
import type { AdminService } from './service.ts'
import type { SessionView } from './types.ts'

export async function sessionView(
  { session, operator, memberships }: SessionFound,
  { database }: AdminService,
): Promise<SessionView> {
  const { id, email, name, isRoot } = operator
  const roles = new Map(memberships.map(({ tenant, role }) => [tenant, role]))
  const tenants = await database.registry.tenants()
  return {
    operator: { id, email, name },
    isRoot,
    tenants: tenants.flatMap((tenant) => {
      const role = isRoot ? 'owner' : roles.get(tenant.id)
      return role === undefined ? [] : [{ id: tenant.id, name: tenant.name, role }]
    }),
    hasPassword: operator.password !== null,
    expires: session.expires,
    confirmedAt: session.confirmedAt,
    version,
  }
}
