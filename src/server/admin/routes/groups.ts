/** Groups, their members page by page, and what became of them. */

import { z } from 'zod'
import { ScimError } from '../../../protocol/errors.ts'
import type { JsonObject } from '../../../protocol/json.ts'
import { projection } from '../../../protocol/resource/project.ts'
import { groupType, userType } from '../../../protocol/schema/core/types.ts'
import { read } from '../../../provider/operations/read.ts'
import type { EdgeEnd, TenantStore } from '../../../store/store.ts'
import { answered } from '../answered.ts'
import { contextOf } from '../as-operator.ts'
import { list, listQuery } from '../list.ts'
import { noSuch } from '../meanwhile.ts'
import { foundMembers } from '../member-search.ts'
import { count, cut } from '../paging.ts'
import { type AdminRoute, route } from '../route.ts'
import { GROUP_ATTRIBUTES, groupRows, userRow } from '../rows.ts'
import { soughtText } from '../text.ts'
import { groupsOf, throughGroups } from '../through-groups.ts'
import { timeline, timelineQuery } from '../timeline.ts'
import type { GroupNames, GroupRow, GroupView, MemberRow, Page } from '../types.ts'

/** Of so many groups the names are compared: it is said while somebody waits before Save. */
const LOOKED = 10_000
const NAMED = 5

export const groupRoutes: readonly AdminRoute[] = [
  route({
    method: 'GET',
    path: '/tenants/:tenant/group-names',
    access: 'viewer',
    handle: async (call): Promise<GroupNames> => {
      const asked = { type: groupType.name, attribute: 'displayName', looked: LOOKED, limit: NAMED }
      const { total, isAtLeast, first } = await call.rows.heldTwice(asked)
      // They are compared without case, and called as one of them is written.
      const named = first.map(async ({ value, holders }) => {
        const query = { filter: `displayName eq ${JSON.stringify(value)}`, count: 1 }
        const { resources } = await list(contextOf(call), groupType, query, ['displayName'])
        return { name: String(resources[0]?.displayName ?? value), groups: holders }
      })
      return { twice: total, isAtLeast, first: await Promise.all(named) }
    },
  }),
  route({
    method: 'GET',
    path: '/tenants/:tenant/groups',
    access: 'viewer',
    query: listQuery,
    handle: async (call): Promise<Page<GroupRow>> => {
      const { query, request } = call
      const found = await list(contextOf(call), groupType, query, GROUP_ATTRIBUTES, request.signal)
      const { resources, ...page } = found
      return { rows: await groupRows(call.rows, resources), ...page }
    },
  }),
  route({
    method: 'GET',
    path: '/tenants/:tenant/groups/:id',
    access: 'viewer',
    handle: async (call): Promise<GroupView> => {
      const id = call.param('id')
      const without = { attributes: [], excludedAttributes: ['members'] }
      const found = await read(
        contextOf(call),
        groupType,
        id,
        projection(groupType, without),
      ).catch(async (error: unknown) => {
        const isGone = error instanceof ScimError && error.status === 404
        throw isGone ? await noSuch(call, groupType) : error
      })
      const resource = answered(found)
      const parents = await groupsOf(call.rows, id)
      const { created, version } = resource.meta as JsonObject
      const [row] = await groupRows(call.rows, [resource])
      return {
        row: row as GroupRow,
        created: Date.parse(String(created)),
        // e.g. W/"3"
        version: Number(/\d+/.exec(String(version))?.[0]),
        resource,
        parents,
        through: await throughGroups(call.rows, parents),
      }
    },
  }),
  route({
    method: 'GET',
    path: '/tenants/:tenant/groups/:id/members',
    access: 'viewer',
    query: z.object({
      q: soughtText.trim().optional(),
      after: z.string().max(4_000).optional(),
      count,
    }),
    handle: async (call): Promise<Page<MemberRow>> => {
      const { rows, query } = call
      const { q = '', after = null, count } = query
      const id = call.param('id')
      const total = (await rows.memberCounts(groupType.name, [id])).get(id)
      if (total === undefined) throw await noSuch(call, groupType)
      if (q !== '') return foundMembers(call, id, { ...query, q })
      const page = { id, side: 'owner', after, limit: count + 1 } as const
      const found = cut(await rows.edges(page), count)
      const shown = memberPage(found)
      return { ...shown, rows: await Promise.all(shown.rows.map(userOf(rows))), total }
    },
  }),
  route({
    method: 'GET',
    path: '/tenants/:tenant/groups/:id/timeline',
    access: 'viewer',
    query: timelineQuery,
    handle: (call) => timeline(call, groupType, call.param('id'), call.query),
  }),
]

/** Of several people with one name, who is which. */
function userOf(rows: TenantStore): (row: MemberRow) => Promise<MemberRow> {
  return async (row) => {
    if (row.type !== userType.name) return row
    const stored = await rows.read(row.type, row.id, { edges: [] })
    if (stored === undefined) return row
    const { userName, active } = userRow({ ...(JSON.parse(stored.body) as JsonObject), id: row.id })
    return { ...row, userName, active }
  }
}

function memberPage({ rows, hasMore }: ReturnType<typeof cut<EdgeEnd>>): Page<MemberRow> {
  return {
    rows: rows.map(({ id, type, label }) => ({ id, type, display: label })),
    next: hasMore ? (rows.at(-1)?.id ?? null) : null,
  }
}
