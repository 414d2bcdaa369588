/** What the palette finds: a few users, groups and requests for what is typed. */

import { z } from 'zod'
import { groupType, userType } from '../../../protocol/schema/core/types.ts'
import { contextOf } from '../as-operator.ts'
import { list } from '../list.ts'
import { type AdminRoute, route } from '../route.ts'
import { GROUP_ATTRIBUTES, groupRow, USER_ATTRIBUTES, userRow } from '../rows.ts'
import type { Found } from '../types.ts'

const A_FEW = 6

export const searchRoutes: readonly AdminRoute[] = [
  route({
    method: 'GET',
    path: '/tenants/:tenant/search',
    access: 'viewer',
    query: z.object({ q: z.string().trim().min(1, 'Nothing is asked').max(200) }),
    handle: async (call): Promise<Found> => {
      const { service, tenant, query, request } = call
      const context = contextOf(call)
      const asked = { q: query.q, count: A_FEW }
      const [users, groups, requests = []] = await Promise.all([
        list(context, userType, asked, USER_ATTRIBUTES, request.signal),
        list(context, groupType, asked, GROUP_ATTRIBUTES, request.signal),
        service.findRequests?.(tenant.id, query.q),
      ])
      return {
        users: users.resources.map(userRow),
        groups: groups.resources.map(groupRow),
        requests,
      }
    },
  }),
]
