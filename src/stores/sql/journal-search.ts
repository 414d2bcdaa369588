/**
 * Searching the journal, at a price that does not depend on how much is in it.
 *
 * One condition at most leads to the rows by an index; the others are asked of each row that is come by.
 * Which one that is cannot be left to a database, which knows how common a key is and not how common it
 * is among failures: so each way is followed for some rows first, and the one that gets furthest is
 * taken. After so many rows the search stops, whatever it has found, and says where to go on.
 *
 * What an agent contains is asked of the few agents there are before any row is read.
 *
 * @module
 */

import type { JournalPage, JournalQuery } from '../../store/journal.ts'
import {
  boundsOf,
  type Condition,
  conditionsOf,
  EVERY,
  type Filter,
  type Way,
  waysOf,
} from './journal-conditions.ts'
import { newestPlace, PLACES } from './journal-place.ts'
import { listed, type RequestRow, requestColumns } from './journal-row.ts'
import { Lru } from './lru.ts'
import type { Spelling } from './spelling.ts'
import { sql } from './sql.ts'
import { type Sql, type Statement, slot, type Values } from './statement.ts'
import { type Call, call, one, rows, type Work } from './work.ts'

export interface SearchLimits {
  /** Rows that one search comes by at most, in the order of their places. */
  readonly reads: number
  /** The same by an index, which leads to each of them by itself. */
  readonly jumps: number
  /** Rows by which each way is tried. What has fewer is read to its end. */
  readonly looks: number
}

const LIMITS: SearchLimits = { reads: 20_000, jumps: 4_000, looks: 1_000 }

interface AgentRow {
  readonly id: number
}

/** How many rows a way comes by, and the places of the first and the last. */
interface Reach {
  readonly count: number
  readonly first: number | null
  readonly last: number | null
}

/** A search from one place on, towards the older or the newer. */
interface Walk {
  readonly tenant: string
  readonly isForward: boolean
  readonly bounds: readonly Condition[]
  readonly conditions: ReadonlyMap<Filter, Condition>
}

interface Choice {
  readonly way: Way
  /** How many rows it may come by. */
  readonly most: number
  /** It comes to its end before that, or each row that it comes by fits. */
  readonly isEasy: boolean
}

/** @param hasParcels Whether requests may be put aside: then nothing behind those is looked at. */
export function journalSearch(
  spelling: Spelling,
  limits: SearchLimits = LIMITS,
  hasParcels = false,
): (tenant: string, query: JournalQuery) => Work<JournalPage> {
  const statement = compiler(spelling)
  const agents = spelling.compile<AgentRow>(sql`
    select id from request_agents where tenant = ${slot('tenant')}
      and ${spelling.contains(spelling.fold(sql`agent`), spelling.fold(sql`${slot('part')}`))}`)
  const newest = newestPlace(spelling)
  const aside = hasParcels
    ? spelling.compile<{ readonly place: number | null }>(
        sql`select min(place) as place from request_parcels`,
      )
    : undefined

  return function* (tenant, query) {
    // Of the same state as all the rest: whoever reads sees one.
    const end = aside && (yield* one(aside, {}))?.place
    const kept = (yield* one(newest, { tenant }))?.seq ?? 0
    const last = String(Math.min(kept, (end ?? Number.POSITIVE_INFINITY) - 1))
    const conditions = conditionsOf(query, spelling)
    if (query.agent !== undefined) {
      const answers = yield query.agent.map((part) => call(agents, { tenant, part }, 'rows'))
      const found = answers.flatMap((answer) => answer.rows as readonly AgentRow[])
      if (found.length === 0) return { rows: [], next: null, searchedTo: null, newest: last }
      conditions.set('agent', sentBy(found))
    }
    // Of what came after a place, that which is nearest to it.
    const isForward = query.after !== undefined
    const bounds = boundsOf(query, end ?? undefined)
    const walk: Walk = { tenant, isForward, bounds, conditions }
    // One more, to see whether there is one.
    const limit = query.limit + 1
    const choice = yield* chosen(walk, waysOf(query), limit)
    const found = yield* rowsAlong(walk, choice, limit)
    const shown = found.slice(0, query.limit)
    let next: number | null = null
    if (found.length === limit) next = shown.at(-1)?.seq ?? null
    else if (!choice.isEasy) {
      const { count, last: end } = yield* reached(walk, choice.way, choice.most)
      if (count === choice.most) next = end
    }
    if (isForward) shown.reverse()
    return {
      rows: shown.map(listed),
      next: next === null ? null : String(next),
      searchedTo: next === null || shown.length === query.limit ? null : Math.floor(next / PLACES),
      newest: isForward && next !== null ? String(next) : last,
    }
  }

  function* chosen(walk: Walk, ways: readonly Way[], limit: number): Work<Choice> {
    const names = [...walk.conditions.keys()]
    const whole = ways.find(({ answers }) => names.every((name) => answers.includes(name)))
    if (whole !== undefined) return { way: whole, most: limit, isEasy: true }
    if (ways.length === 1) return { way: EVERY, most: limits.reads, isEasy: false }
    const answers = yield ways.map((way) => reach(walk, way, limits.looks))
    const best = bestOf(
      answers.map(({ rows: [first] }) => first as Reach),
      limits,
    )
    const way = ways[best.index] ?? EVERY
    return { way, most: way === EVERY ? limits.reads : limits.jumps, isEasy: best.isShort }
  }

  function* rowsAlong(walk: Walk, { way, most }: Choice, limit: number) {
    const left = [...walk.conditions].filter(([name]) => !way.answers.includes(name))
    const others = left.map(([, condition]) => condition)
    // Agents are added to what was found alone.
    const page = statement<RequestRow>(sql`
      select ${requestColumns} from (
        select r.* from (${along(walk, way, sql`r.*`)}) r
        where 1 = 1 ${all(others)} ${inOrder(walk)} ${spelling.limit(slot('limit'))}) r
      left join request_agents a on a.tenant = r.tenant and a.id = r.agent ${inOrder(walk)}`)
    return yield* rows(page, { ...valuesOf(walk, way.condition, ...others), most, limit })
  }

  function* reached(walk: Walk, way: Way, most: number): Work<Reach> {
    const [answer] = yield [reach(walk, way, most)]
    return answer?.rows[0] as Reach
  }

  function reach(walk: Walk, way: Way, most: number): Call {
    const [first, last] = walk.isForward ? [sql`min`, sql`max`] : [sql`max`, sql`min`]
    const query = statement<Reach>(sql`
      select count(*) as count, ${first}(w.seq) as first, ${last}(w.seq) as last
      from (${along(walk, way, sql`r.seq`)}) w`)
    return call(query, { ...valuesOf(walk, way.condition), most }, 'one')
  }

  function along(walk: Walk, { condition }: Way, columns: Sql): Sql {
    return sql`
      select ${columns} from requests r where r.tenant = ${slot('tenant')}
        ${all([condition, ...walk.bounds])} ${inOrder(walk)} ${spelling.limit(slot('most'))}`
  }

  function sentBy(found: readonly AgentRow[]): Condition {
    const table = spelling.records(slot('agents'), { id: 'integer' })
    return {
      sql: sql`r.agent in (select f.id from ${table} f)`,
      values: { agents: JSON.stringify(found.map(({ id }) => ({ id }))) },
    }
  }
}

/** Compiles what it has not compiled lately: people ask in few ways, and filters combine in thousands. */
function compiler(spelling: Spelling): <Row>(query: Sql) => Statement<Row> {
  const compiled = new Lru<Statement<unknown>>(500)
  return <Row>(query: Sql) => {
    // Of one text two may be that differ in what is to stand in it.
    const { sql: text, parameters } = query.render(() => '?')
    const key = `${text} ${JSON.stringify(parameters)}`
    return compiled.get(key, () => spelling.compile(query)) as Statement<Row>
  }
}

const inOrder = ({ isForward }: Walk): Sql =>
  isForward ? sql`order by r.seq` : sql`order by r.seq desc`

const valuesOf = ({ tenant, bounds }: Walk, ...more: readonly Condition[]): Values =>
  Object.assign({ tenant }, ...[...bounds, ...more].map(({ values }) => values))

/** Of ways that were tried, the first of which is {@link EVERY}: one that ends, or gets furthest. */
function bestOf(
  tried: readonly Reach[],
  { reads, jumps, looks }: SearchLimits,
): { readonly index: number; readonly isShort: boolean } {
  const counts = tried.map(({ count }) => count)
  const least = Math.min(...counts)
  if (least < looks) return { index: counts.indexOf(least), isShort: true }
  const start = tried[0]?.first ?? 0
  const distances = tried.map(({ last }, index) => {
    const distance = Math.abs(start - (last ?? start))
    return distance * (index === 0 ? reads : jumps)
  })
  return { index: distances.indexOf(Math.max(...distances)), isShort: false }
}

const all = (conditions: readonly Condition[]): Sql =>
  sql.join(
    conditions.map((condition) => sql`and ${condition.sql}`),
    sql` `,
  )
