/**
 * What became of one resource, newest first: its rows of the change log, with names where ids are.
 *
 * Everybody who is named on a page is looked up once.
 *
 * @module
 */

import { z } from 'zod'
import type { ResourceType } from '../../protocol/schema/resource-type.ts'
import type { LoggedChange, TenantStore } from '../../store/store.ts'
import { withoutKeysInJson } from '../journal/redact.ts'
import { actorsOf } from './actors.ts'
import { nameOf } from './names.ts'
import { count, cut } from './paging.ts'
import { referredInChanges } from './references.ts'
import { nothingHere } from './refusal.ts'
import type { TenantCall } from './route.ts'
import type { AttributeChange, Timeline, TimelineEntry } from './types.ts'

export const timelineQuery = z.object({
  before: z.coerce.number().int().min(0).optional(),
  count,
})

type Asked = Pick<TenantCall<unknown, unknown>, 'rows' | 'service' | 'tenant'>

export async function timeline(
  call: Asked,
  { name }: ResourceType,
  about: string,
  { before = Number.MAX_SAFE_INTEGER, count }: z.output<typeof timelineQuery>,
): Promise<Timeline> {
  const found = await call.rows.changes({ before, limit: count + 1, about })
  if (!(await isKnown(call.rows, name, about, found))) {
    throw nothingHere(`There is no such ${name.toLowerCase()}`)
  }
  const { rows, hasMore } = cut(found, count)
  return {
    entries: await timelineEntries(call, rows),
    next: hasMore ? String(rows.at(-1)?.seq) : null,
  }
}

// What is here may have nothing in the log so far; what is gone for good is known by the log alone.
async function isKnown(
  rows: TenantStore,
  type: string,
  about: string,
  log: readonly LoggedChange[],
): Promise<boolean> {
  const here = await nameOf(rows, about)
  if (here !== undefined) return here.type === type
  return log.some((row) => row.id !== about || row.type === type)
}

/** Rows of the change log as they are shown. */
export async function timelineEntries(
  { rows, service, tenant }: Asked,
  changes: readonly LoggedChange[],
): Promise<TimelineEntry[]> {
  const actorOf = await actorsOf(
    service.database,
    tenant.id,
    changes.map(({ actor }) => actor),
  )
  const edges = changes.filter(({ member }) => member !== null)
  const ids = new Set(edges.flatMap(({ id, member }) => [id, member as string]))
  const names = new Map(
    await Promise.all([...ids].map(async (id) => [id, await nameOf(rows, id)] as const)),
  )
  const nobody = { display: null, type: null }
  const named = (id: string) => ({ id, ...(names.get(id) ?? nobody) })
  const told = changes.map(({ what }) => changesIn(what))
  const referred = await referredInChanges(rows, told)
  return changes.map(({ seq, at, actor, request, kind, id, member }, index) => ({
    seq,
    at,
    actor: actorOf(actor),
    requestId: request,
    kind,
    ...(member === null ? {} : { group: named(id), member: named(member) }),
    changes: told[index] ?? [],
    ...(referred[index]?.length ? { referred: referred[index] } : {}),
  }))
}

/** What became different, without keys of ours: somebody may have mapped one to an attribute. */
export function changesIn(what: LoggedChange['what']): AttributeChange[] {
  if (!Array.isArray(what?.changed)) return []
  return JSON.parse(withoutKeysInJson(JSON.stringify(what.changed))) as AttributeChange[]
}
