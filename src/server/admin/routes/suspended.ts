/** Accounts that a DELETE left behind: brought back, or erased for good with what the log tells of them. */

import { z } from 'zod'
import { ScimError } from '../../../protocol/errors.ts'
import { userType } from '../../../protocol/schema/core/types.ts'
import { fold } from '../../../protocol/text.ts'
import { entityTag } from '../../../protocol/version.ts'
import { writeContext } from '../../../provider/context.ts'
import { remove } from '../../../provider/operations/delete.ts'
import { restore } from '../../../provider/operations/restore.ts'
import { foldedBeginning } from '../../../provider/record.ts'
import { type LoggedChange, type SuspendedPlace, UniquenessConflict } from '../../../store/store.ts'
import { actorsOf } from '../actors.ts'
import { contextOf } from '../as-operator.ts'
import { done, meanwhile, noSuch } from '../meanwhile.ts'
import { count } from '../paging.ts'
import { Refusal, wrong } from '../refusal.ts'
import { type AdminRoute, route, type TenantCall } from '../route.ts'
import { suspendedRow } from '../rows.ts'
import { soughtText } from '../text.ts'
import { changesIn } from '../timeline.ts'
import type { Losses, Page, SuspendedRow } from '../types.ts'
import { live, suspended } from './users.ts'

/** How many rows of the change log are counted. */
const COUNTED = 10_000

/** Where the next page begins, as a page says it. */
const place = z
  .string()
  .regex(/^\d{1,15}\.\d{1,15}$/, 'This is no place in the list')
  .transform((text) => {
    const [suspendedAt = 0, suspension = 0] = text.split('.').map(Number)
    return { suspendedAt, suspension }
  })

/** Those of which a value begins with `q`, or all; with who did it by name. */
export async function suspendedPage(
  { rows, service, tenant }: Pick<TenantCall<unknown, unknown>, 'rows' | 'service' | 'tenant'>,
  q: string,
  limit: number,
  behind?: SuspendedPlace,
): Promise<Page<SuspendedRow>> {
  const begins = foldedBeginning(q.trim())
  const {
    total,
    records,
    next,
    isAtLeast = false,
  } = await rows.suspended({
    ...{ offset: 0, limit },
    ...(behind && { behind }),
    ...(begins !== '' && { begins }),
  })
  const actors = records.map(({ suspendedBy }) => suspendedBy)
  const actorOf = await actorsOf(service.database, tenant.id, actors)
  return {
    rows: records.map((record) => suspendedRow(record, actorOf(record.suspendedBy))),
    next: next === undefined ? null : `${next.suspendedAt}.${next.suspension}`,
    total,
    isAtLeast,
  }
}

export const suspendedRoutes: readonly AdminRoute[] = [
  route({
    method: 'GET',
    path: '/tenants/:tenant/suspended',
    access: 'viewer',
    query: z.object({ q: soughtText.optional(), after: place.optional(), count }),
    handle: (call): Promise<Page<SuspendedRow>> => {
      const { q = '', after, count } = call.query
      return suspendedPage(call, q, count, after)
    },
  }),
  route({
    method: 'POST',
    path: '/tenants/:tenant/suspended/:id/restore',
    access: 'admin',
    handle: async (call) => {
      const { rows, tenant, param, note } = call
      try {
        const write = writeContext(contextOf(call))
        const restored = await restore(rows, param('id'), tenant.settings, write)
        if (restored === undefined) throw await notToRestore(call)
      } catch (error) {
        if (!(error instanceof UniquenessConflict)) throw error
        const detail = `Another account has the ${error.attribute} of this one by now`
        throw new Refusal(409, detail, { code: 'held' })
      }
      await note('user.restore', param('id'))
    },
  }),
  route({
    method: 'GET',
    path: '/tenants/:tenant/users/:id/losses',
    access: 'viewer',
    query: z.object({ seen: z.string().max(100).optional() }),
    handle: async (call): Promise<Losses> => {
      const found = (await live(call)) ?? (await suspended(call))
      const { seen = found.seen } = call.query
      if (seen !== found.seen) throw await notErased(call)
      const { row, resource, groups } = found
      const page = { before: Number.MAX_SAFE_INTEGER, limit: COUNTED, about: row.id }
      const changes = await call.rows.changes(page)
      const kept = ['schemas', 'id', 'meta', 'groups']
      return {
        name: row.userName,
        seen: found.seen,
        attributes: [
          ...Object.keys(resource).filter((name) => !kept.includes(name)),
          ...secretsIn(changes.filter(({ id }) => id === row.id)),
        ],
        groups: groups.length,
        changes: changes.length,
        requestDays: call.service.journal === undefined ? 0 : call.tenant.settings.retention,
      }
    },
  }),
  route({
    method: 'POST',
    path: '/tenants/:tenant/users/:id/erase',
    access: 'admin',
    body: z.object({ name: z.string().max(2_000), seen: z.string().max(100) }),
    handle: async (call) => {
      const { rows, param, body, note } = call
      const found = await live(call)
      const view = found ?? (await suspended(call))
      // Whoever was renamed meanwhile has another name than the one that was asked for.
      if (body.seen !== view.seen) throw await notErased(call)
      const { userName } = view.row
      if (fold(body.name.trim()) !== fold(userName.trim())) {
        throw wrong('name', `Type the user name, ${JSON.stringify(userName)}`)
      }
      const preconditions = { ifMatch: entityTag(view.version), ifNoneMatch: null }
      const context = { ...contextOf(call), preconditions }
      if (found !== undefined) {
        await remove(context, userType, param('id')).catch(async (error: unknown) => {
          throw isOvertaken(error) ? await notErased(call) : error
        })
      }
      const erased = await rows.erase(param('id'), writeContext(context), view.version)
      if (!erased) throw await notErased(call)
      await note('user.erase', param('id'))
    },
  }),
]

/** What it has and nobody can read, as the log tells it: newest first, the first word on each counts. */
function secretsIn(changes: readonly LoggedChange[]): readonly string[] {
  const told = changes.flatMap(({ what }) => changesIn(what)).filter(({ secret }) => secret)
  const names = [...new Set(told.map(({ path }) => path))]
  return names.filter((name) => told.find(({ path }) => path === name)?.secret === 'set')
}

const isOvertaken = (error: unknown) =>
  error instanceof ScimError && (error.status === 404 || error.status === 412)

async function notToRestore(call: TenantCall<unknown, unknown>): Promise<Refusal> {
  const isLive = (await live(call)) !== undefined
  return isLive ? done(call, userType, 'restored', 'created') : noSuch(call, userType)
}

async function notErased(call: TenantCall<unknown, unknown>): Promise<Refusal> {
  const { suspended: isSuspended } = (await live(call)) ?? (await suspended(call))
  const kinds = isSuspended
    ? (['suspended'] as const)
    : (['restored', 'updated', 'created'] as const)
  return meanwhile(call, userType, 'Nothing was erased', ...kinds)
}
