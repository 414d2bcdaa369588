/** Users: found, looked at, suspended, and what became of them. */

import { ScimError } from '../../../protocol/errors.ts'
import type { JsonObject } from '../../../protocol/json.ts'
import { projection } from '../../../protocol/resource/project.ts'
import { userType } from '../../../protocol/schema/core/types.ts'
import { remove } from '../../../provider/operations/delete.ts'
import { read } from '../../../provider/operations/read.ts'
import { actorsOf } from '../actors.ts'
import { answered } from '../answered.ts'
import { contextOf } from '../as-operator.ts'
import { leftGroups } from '../left-groups.ts'
import { list, listQuery } from '../list.ts'
import { done, noSuch } from '../meanwhile.ts'
import { referredIn } from '../references.ts'
import { type AdminRoute, route, type TenantCall } from '../route.ts'
import { stateOf, suspendedRow, USER_ATTRIBUTES, userRow } from '../rows.ts'
import { groupsOf, throughGroups } from '../through-groups.ts'
import { timeline, timelineQuery } from '../timeline.ts'
import type { Page, UserRow, UserView } from '../types.ts'

export const userRoutes: readonly AdminRoute[] = [
  route({
    method: 'GET',
    path: '/tenants/:tenant/users',
    access: 'viewer',
    query: listQuery,
    handle: async (call): Promise<Page<UserRow>> => {
      const { query, request } = call
      const found = await list(contextOf(call), userType, query, USER_ATTRIBUTES, request.signal)
      const { resources, ...page } = found
      return { rows: resources.map(userRow), ...page }
    },
  }),
  route({
    method: 'GET',
    path: '/tenants/:tenant/users/:id',
    access: 'viewer',
    handle: async (call) => (await live(call)) ?? (await suspended(call)),
  }),
  route({
    method: 'POST',
    path: '/tenants/:tenant/users/:id/suspend',
    access: 'admin',
    handle: async (call) => {
      const id = call.param('id')
      const removed = await remove(contextOf(call), userType, id).catch(notFound)
      if (removed === undefined) {
        await suspended(call)
        throw await done(call, userType, 'suspended')
      }
      await call.note('user.suspend', id)
    },
  }),
  route({
    method: 'GET',
    path: '/tenants/:tenant/users/:id/timeline',
    access: 'viewer',
    query: timelineQuery,
    handle: (call) => timeline(call, userType, call.param('id'), call.query),
  }),
]

type Asked = TenantCall<unknown, unknown>

/** A user as they are now; `undefined` when there is none. */
export async function live(call: Asked): Promise<UserView | undefined> {
  const id = call.param('id')
  const all = projection(userType, { attributes: [], excludedAttributes: [] })
  try {
    const resource = answered(await read(contextOf(call), userType, id, all))
    const groups = await groupsOf(call.rows, id)
    const { created, version: tag } = resource.meta as JsonObject
    // e.g. W/"3"
    const version = Number(/\d+/.exec(String(tag))?.[0])
    return {
      row: userRow(resource),
      suspended: null,
      created: Date.parse(String(created)),
      version,
      seen: stateOf(false, version),
      resource,
      groups,
      through: await throughGroups(call.rows, groups),
      left: await leftGroups(call.rows, id),
      ...(await referredIn(call.rows, resource)),
    }
  } catch (error) {
    return notFound(error)
  }
}

/** Whoever is not there is `undefined`. */
export function notFound(error: unknown): undefined {
  if (!(error instanceof ScimError && error.status === 404)) throw error
}

/** @throws {Refusal} 404 */
export async function suspended(call: Asked): Promise<UserView> {
  const { rows, service, tenant, param } = call
  const record = await rows.suspendedOne(param('id'))
  if (record === undefined || record.type !== userType.name) {
    throw await noSuch(call, userType)
  }
  const { suspendedBy, created, modified, version, id } = record
  const actorOf = await actorsOf(service.database, tenant.id, [suspendedBy])
  const resource = { ...(JSON.parse(record.body) as JsonObject), id }
  return {
    row: { ...userRow(resource), modified },
    suspended: suspendedRow(record, actorOf(suspendedBy)),
    created,
    version,
    seen: stateOf(true, version),
    resource,
    groups: [],
    through: [],
    left: await leftGroups(rows, id),
    ...(await referredIn(rows, resource)),
  }
}
