/** What people did in a tenant, newest first. */

import { z } from 'zod'
import { actorsOf } from '../actors.ts'
import { count, cut } from '../paging.ts'
import { type AdminRoute, route } from '../route.ts'
import type { AuditPage } from '../types.ts'

export const auditRoutes: readonly AdminRoute[] = [
  route({
    method: 'GET',
    path: '/tenants/:tenant/audit',
    access: 'admin',
    query: z.object({ before: z.string().max(64).optional(), count }),
    handle: async ({ service, tenant, query }): Promise<AuditPage> => {
      const { database } = service
      const page = { before: query.before ?? null, limit: query.count + 1 }
      const { rows, hasMore } = cut(await database.operators.acts(tenant.id, page), query.count)
      const actors = rows.map(({ operator }) => `operator:${operator}`)
      const actorOf = await actorsOf(database, tenant.id, actors)
      return {
        rows: rows.map(({ id, at, operator, action, subject, address }) => {
          const { name } = actorOf(`operator:${operator}`)
          return { seq: id, at, operator: { id: operator, name }, action, subject, address }
        }),
        next: hasMore ? (rows.at(-1)?.id ?? null) : null,
      }
    },
  }),
]
