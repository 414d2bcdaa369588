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
import { withoutKeysIn } from '../redaction/keys.ts'
import { actorsOf } from './actors.ts'
import { knownName, nameOf } from './names.ts'
import { count } from './paging.ts'
import { referredInChanges } from './references.ts'
import { nothingHere } from './refusal.ts'
import type { TenantCall } from './route.ts'
import type { AttributeChange, Timeline, TimelineEntry } from './types.ts'

export const timelineQuery = z.object({
  before: z.coerce.number().int().min(0).optional(),
  count,
  each: z.literal('1').optional(),
})

type Asked = Pick<TenantCall<unknown, unknown>, 'rows' | 'service' | 'tenant'>

/** Rows of the log that are read at once, and how many times at most, for one page. */
const STEP = 1_000
const READS = 10

/** A row, and how many of the same kind and request follow it. */
interface Told {
  readonly row: LoggedChange
  others: number
  /** The place of the last of them. */
  end: number
}

export async function timeline(
  call: Asked,
  { name }: ResourceType,
  about: string,
  { before = Number.MAX_SAFE_INTEGER, count, each }: z.output<typeof timelineQuery>,
): Promise<Timeline> {
  const { rows } = call
  const told: Told[] = []
  let next: number | null = before
  for (let read = 0; next !== null && read < READS; read++) {
    const limit: number = read === 0 ? count + 1 : STEP
    const found: readonly LoggedChange[] = await rows.changes({ before: next, limit, about })
    if (read === 0 && !(await isKnown(rows, name, about, found))) {
      throw nothingHere(`There is no such ${name.toLowerCase()}`)
    }
    const end = taken(told, found, count, each !== undefined)
    if (end === found.length && found.length < limit) next = null
    else next = found[end - 1]?.seq ?? next
    if (end < found.length) break
  }
  const entries = await timelineEntries(
    call,
    told.map(({ row }) => row),
  )
  const whys = await Promise.all(told.map((one) => becauseOf(rows, one, about)))
  const was = (await nameOf(rows, about)) ? undefined : (await knownName(rows, about))?.display
  return {
    ...(was && { name: was }),
    entries: entries.map((entry, index) => {
      const [others, because] = [told[index]?.others, whys[index]]
      return { ...entry, ...(others && { others }), ...(because && { because }) }
    }),
    next: next === null ? null : String(next),
  }
}

/** Tells rows until there is one entry more than is wanted. @returns how many rows were told */
function taken(
  told: Told[],
  found: readonly LoggedChange[],
  count: number,
  isEach: boolean,
): number {
  for (const [index, row] of found.entries()) {
    const last = told.at(-1)
    if (!isEach && last && isOfOne(last.row, row)) {
      last.others++
      last.end = row.seq
    } else if (told.length === count) return index
    else told.push({ row, others: 0, end: row.seq })
  }
  return found.length
}

/** Edges that one request made or ended, in a row. A client may choose the id of another request. */
const isOfOne = (one: LoggedChange, other: LoggedChange) =>
  one.member !== null &&
  other.member !== null &&
  one.kind === other.kind &&
  one.request === other.request &&
  one.actor === other.actor &&
  one.at === other.at

const isEnd = (kind: LoggedChange['kind']) => kind === 'suspended' || kind === 'deleted'

/** Rows in which the end of one of its two is looked for: it is told right before its edges. */
const ENDS = 200

// One request ends one resource: where it took several members out of a group, the group was deleted.
async function becauseOf(
  rows: TenantStore,
  { row, others, end }: Told,
  about: string,
): Promise<TimelineEntry['because']> {
  const { kind, member, id, at, request, actor } = row
  if (kind !== 'memberRemoved' || member === null) return undefined
  const ends = about === member || others === 0 ? [member, id] : [id]
  for (const one of ends) {
    const log = await rows.changes({ about: one, before: end, limit: ENDS })
    const own = log.filter((other) => other.request === request && other.actor === actor)
    const why = own.find((other) => isEnd(other.kind) && other.at === at)?.kind
    if (why && isEnd(why)) return why
  }
  return undefined
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
  const owners = new Set(edges.map(({ id }) => id))
  const ids = new Set([...owners, ...edges.map(({ member }) => member as string)])
  const name = (id: string) => (owners.has(id) ? knownName(rows, id) : nameOf(rows, id))
  const names = new Map(
    await Promise.all([...ids].map(async (id) => [id, await name(id)] as const)),
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
  return withoutKeysIn(what.changed) as unknown as AttributeChange[]
}
