/** What the palette finds: a few users, groups, suspended accounts and requests for what is typed. */

import { z } from 'zod'
import { groupType, userType } from '../../../protocol/schema/core/types.ts'
import { contextOf } from '../as-operator.ts'
import { list } from '../list.ts'
import { type AdminRoute, route } from '../route.ts'
import { GROUP_ATTRIBUTES, groupRows, USER_ATTRIBUTES, userRow } from '../rows.ts'
import { soughtText } from '../text.ts'
import type { Found } from '../types.ts'
import { suspendedPage } from './suspended.ts'

const A_FEW = 6

/** A list that comes in pieces is looked on for until there is anything in it. */
async function some(...[context, type, query, ...more]: Parameters<typeof list>) {
  let page = await list(context, type, query, ...more)
  while (page.resources.length === 0 && page.next !== null) {
    page = await list(context, type, { ...query, after: page.next }, ...more)
  }
  return page
}

export const searchRoutes: readonly AdminRoute[] = [
  route({
    method: 'GET',
    path: '/tenants/:tenant/search',
    access: 'viewer',
    query: z.object({ q: soughtText.trim().min(1, 'Nothing is asked') }),
    handle: async (call): Promise<Found> => {
      const { service, tenant, query, request } = call
      const context = contextOf(call)
      const asked = { q: query.q, count: A_FEW }
      const [users, groups, suspended, requests = []] = await Promise.all([
        some(context, userType, asked, USER_ATTRIBUTES, request.signal),
        some(context, groupType, asked, GROUP_ATTRIBUTES, request.signal),
        suspendedPage(call, query.q, A_FEW),
        service.findRequests?.(tenant.id, query.q),
      ])
      return {
        users: users.resources.map(userRow),
        groups: await groupRows(call.rows, groups.resources),
        suspended: suspended.rows,
        requests,
      }
    },
  }),
]
