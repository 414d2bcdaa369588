/**
 * An operator's act as the provider's operations see it: of the tenant of the call, by
 * `operator:<id>`, tolerant of nothing, since no quirk of a client is at work.
 *
 * @module
 */

import { strict } from '../../protocol/quirks.ts'
import type { Context } from '../../provider/context.ts'
import type { TenantCall } from './route.ts'

export function contextOf(
  call: Pick<
    TenantCall<unknown, unknown>,
    'service' | 'tenant' | 'rows' | 'operator' | 'role' | 'requestId'
  >,
): Context {
  const { service, tenant, rows, operator, role, requestId } = call
  return {
    provider: service.provider,
    tenant: rows,
    principal: {
      tenant: tenant.id,
      actor: `operator:${operator.id}`,
      scope: role === 'viewer' ? 'read' : 'write',
      settings: tenant.settings,
    },
    requestId,
    tolerate: strict,
    preconditions: { ifMatch: null, ifNoneMatch: null },
  }
}
