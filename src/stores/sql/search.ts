/**
 * Pages over resources (RFC 7644 §3.4.2).
 *
 * A query is first made into a {@link Plan}, which is statements and their values and nothing else,
 * so that it can be carried out in another thread. A `near` plan is meant for the thread that serves
 * everybody: it gives up, as `undefined`, as soon as more than {@link NEAR} rows are in play.
 *
 * @module
 */

import { sql } from 'kysely'
import type { QueryPart, Stored, StoredPage, StoreQuery, View } from '../../store/store.ts'
import { refSlots, refValues } from './edge-sql.ts'
import type { Edges } from './edges.ts'
import { condition } from './filter.ts'
import { Lru } from './lru.ts'
import { reachOf } from './reach.ts'
import type { Head } from './resources.ts'
import { literals, shape, targetKey } from './shape.ts'
import { sortKey } from './sort.ts'
import type { Spelling } from './spelling.ts'
import { type Slot, type Sql, type Statement, slot, type Values } from './statement.ts'
import { one, rows, type Work } from './work.ts'

/** How many rows a near plan may count or skip. */
export const NEAR = 20_000

export interface Plan {
  readonly tenant: string
  readonly near: boolean
  readonly offset: number
  readonly limit: number
  /** The views by resource type. */
  readonly views: Readonly<Record<string, View>>
  /** One for each part. */
  readonly counts: readonly Statement<{ total: number }>[]
  /** One for each part, or a single one that merges them in order. */
  readonly pages: readonly Statement<Head>[]
  readonly values: Values
}

export type Planner = ReturnType<typeof planner>

/** What a query of a shape comes to. */
type Compiled = Pick<Plan, 'counts' | 'pages'>

export function planner(spelling: Spelling) {
  const compiled = new Lru<Compiled>(200)

  /** @param near Whether the plan is to give up rather than read much. */
  function plan(tenant: string, query: StoreQuery, near: boolean): Plan {
    const { parts, offset, limit } = query
    const key = JSON.stringify([near, ...parts.map(partKey)])
    return {
      tenant,
      near,
      offset,
      limit,
      views: Object.fromEntries(parts.map(({ type, view }) => [type, view])),
      ...compiled.get(key, () => compile(spelling, parts, near)),
      values: Object.assign({ tenant }, ...parts.map(partValues)),
    }
  }

  return {
    plan,
    /** Whether a near plan has a chance. */
    isNear({ parts, offset }: StoreQuery): boolean {
      if (offset > NEAR) return false
      const isSorted = parts.some(({ sort }) => sort !== undefined)
      return parts.every(({ filter, lookups }) => {
        const reach = reachOf(filter, lookups)
        return reach === 'point' || (reach === 'range' && !isSorted)
      })
    },
  }
}

/** Carries out a plan; `undefined` when a near one would have to read too much. */
export function* carryOut(plan: Plan, edges: Edges): Work<StoredPage | undefined> {
  const { tenant, values, offset, limit, counts, pages, views, near } = plan
  const [only, another] = counts

  // What a page does not fill it has counted.
  if (only !== undefined && another === undefined && limit > 0) {
    const heads = yield* page(pages[0], values, offset, limit)
    if (heads.length < limit && (heads.length > 0 || offset === 0)) {
      return {
        total: offset + heads.length,
        resources: yield* withEdges(tenant, heads, viewOf(heads, views), edges),
      }
    }
    const total = (yield* one(only, values))?.total ?? 0
    if (near && total > NEAR) return undefined
    return { total, resources: yield* withEdges(tenant, heads, viewOf(heads, views), edges) }
  }

  const totals: number[] = []
  for (const count of counts) totals.push((yield* one(count, values))?.total ?? 0)
  const total = totals.reduce((sum, one) => sum + one, 0)
  if (near && totals.some((one) => one > NEAR)) return undefined
  const heads: Head[] = []
  if (pages.length < counts.length) {
    if (limit > 0) heads.push(...(yield* page(pages[0], values, offset, limit)))
  } else {
    let skip = offset
    for (const [index, statement] of pages.entries()) {
      const own = totals[index] ?? 0
      const wanted = limit - heads.length
      if (wanted > 0 && skip < own) heads.push(...(yield* page(statement, values, skip, wanted)))
      skip = Math.max(0, skip - own)
    }
  }
  const complete = new Map<string, StoredPage['resources'][number]>()
  for (const [type, view] of Object.entries(views)) {
    const own = heads.filter((head) => head.type === type)
    for (const stored of yield* withEdges(tenant, own, view, edges)) complete.set(stored.id, stored)
  }
  return { total, resources: heads.flatMap(({ id }) => complete.get(id) ?? []) }
}

function* page(
  statement: Statement<Head> | undefined,
  values: Values,
  offset: number,
  limit: number,
): Work<readonly Head[]> {
  return statement === undefined ? [] : yield* rows(statement, { ...values, offset, limit })
}

function* withEdges(
  tenant: string,
  heads: readonly Head[],
  view: View,
  edges: Edges,
): Work<readonly Stored[]> {
  const ids = heads.map(({ id }) => id)
  const reading = edges.reading(tenant, ids, view)
  return edges.completed(heads, view, reading.length > 0 ? yield reading : [])
}

// For heads of one type.
const viewOf = ([first]: readonly Head[], views: Plan['views']): View =>
  (first && views[first.type]) ?? { edges: [] }

function partKey({ filter, sort, lookups, refs }: QueryPart) {
  return [
    filter && shape(filter).key,
    sort && [targetKey(sort.target), sort.descending],
    lookups,
    Object.keys(refs).length,
  ]
}

function partValues({ type, filter, refs }: QueryPart, index: number): Values {
  return {
    [`type${index}`]: type,
    ...(filter === undefined ? {} : literals(`p${index}v`, shape(filter))),
    ...refValues(refs, `p${index}`),
  }
}

function compile(spelling: Spelling, parts: readonly QueryPart[], near: boolean): Compiled {
  const tenant = slot('tenant')
  const wheres = parts.map((part, index) => {
    const type = slot(`type${index}`)
    const own = sql`r.tenant = ${tenant} and r.type = ${type}`
    const filter = filterOf(spelling, part, index, type)
    const watch = near ? undefined : spelling.watch?.(sql`r.version`)
    return sql`from resources r where ${own}
      ${filter === undefined ? sql`` : sql`and ${filter}`}
      ${watch === undefined ? sql`` : sql`and ${watch}`}`
  })
  const counts = wheres.map((where) =>
    spelling.compile<{ total: number }>(
      near
        ? sql`select count(*) as total from (select 1 ${where} limit ${NEAR + 1}) c`
        : sql`select count(*) as total ${where}`,
    ),
  )
  const sort = parts.find((part) => part.sort !== undefined)?.sort
  if (sort === undefined) {
    return { counts, pages: wheres.map((where) => spelling.compile<Head>(inOrderOfIds(where))) }
  }
  const keyed = parts.map(({ sort, refs }, index) => {
    const context = {
      spelling,
      refs: refSlots(Object.keys(refs).length, `p${index}`),
      ...aliases(),
    }
    const key = sort === undefined ? sql`null` : sortKey(sort.target, context)
    return sql`select r.type as type, r.id as id, ${key} as k ${wheres[index] ?? sql``}`
  })
  return { counts, pages: [spelling.compile<Head>(merged(keyed, sort.descending))] }
}

function filterOf(
  spelling: Spelling,
  { filter, lookups, refs }: QueryPart,
  index: number,
  type: Slot,
): Sql | undefined {
  if (filter === undefined) return undefined
  const own = refSlots(Object.keys(refs).length, `p${index}`)
  return condition(
    filter,
    { kind: 'resource' },
    { spelling, refs: own, lookups, type, prefix: `p${index}v` },
  )
}

const columns = sql`r.type, r.id, r.version, r.created, r.modified, r.body`

// Bodies are read for the page alone, not for everything that is skipped or sorted.
const inOrderOfIds = (where: Sql) => sql`
  select ${columns} from (
    select r.type as type, r.id as id ${where}
    order by r.id limit ${slot('limit')} offset ${slot('offset')}) p
  join resources r on r.tenant = ${slot('tenant')} and r.type = p.type and r.id = p.id
  order by p.id`

const merged = (keyed: readonly Sql[], descending: boolean) => {
  const direction = sql.raw(descending ? 'desc' : 'asc')
  const order = (of: string) => {
    const [key, id] = [sql.ref(`${of}.k`), sql.ref(`${of}.id`)]
    return sql`(${key} is null) ${direction}, ${key} ${direction}, ${id}`
  }
  return sql`
    select ${columns} from (
      select x.type, x.id, x.k from (${sql.join(keyed, sql` union all `)}) x
      order by ${order('x')} limit ${slot('limit')} offset ${slot('offset')}) p
    join resources r on r.tenant = ${slot('tenant')} and r.type = p.type and r.id = p.id
    order by ${order('p')}`
}

function aliases() {
  let count = 0
  return { alias: () => `s${count++}` }
}
