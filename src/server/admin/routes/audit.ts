/** What people did in a tenant, newest first. */

import { z } from 'zod'
import type { Act } from '../../../store/operators.ts'
import { actorsOf } from '../actors.ts'
import { nameOf } from '../names.ts'
import { count, cut } from '../paging.ts'
import { type AdminRoute, route } from '../route.ts'
import type { AuditPage } from '../types.ts'

export const auditRoutes: readonly AdminRoute[] = [
  route({
    method: 'GET',
    path: '/tenants/:tenant/audit',
    access: 'admin',
    query: z.object({ before: z.string().max(64).optional(), count }),
    handle: async ({ service, tenant, rows: directory, query }): Promise<AuditPage> => {
      const { database } = service
      const page = { before: query.before ?? null, limit: query.count + 1 }
      const { rows, hasMore } = cut(await database.operators.acts(tenant.id, page), query.count)
      const actors = rows.map(({ operator }) => `operator:${operator}`)
      const actorOf = await actorsOf(database, tenant.id, actors)
      const ids = new Set(rows.filter(isOfUser).map(({ subject }) => subject))
      const found = [...ids].map(async (id) => [id, await nameOf(directory, id)] as const)
      const names = new Map(await Promise.all(found))
      return {
        rows: rows.map((act) => {
          const { id, at, operator, action, subject, address } = act
          const { name } = actorOf(`operator:${operator}`)
          const display = isOfUser(act) ? names.get(subject)?.display : null
          const user = display == null ? null : { id: subject, name: display }
          return { seq: id, at, operator: { id: operator, name }, action, subject, user, address }
        }),
        next: hasMore ? (rows.at(-1)?.id ?? null) : null,
      }
    },
  }),
]

const isOfUser = ({ action }: Act) => action.startsWith('user.')
