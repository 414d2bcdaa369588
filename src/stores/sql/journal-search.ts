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
  type Way,
  waysOf,
} from './journal-conditions.ts'
import { PLACES } from './journal-place.ts'
import { listed, type RequestRow, requestColumns } from './journal-row.ts'
import type { Spelling } from './spelling.ts'
import { sql } from './sql.ts'
import { type Sql, type Statement, slot, type Values } from './statement.ts'
import { call, one, rows, type Work } from './work.ts'

export interface SearchLimits {
  /** Rows that one search comes by at most, in the order of their places. */
  readonly reads: number
  /** The same by an index, which leads to each of them by itself. */
  readonly jumps: number
  /** Rows by which each way is tried. What has fewer is read to its end. */
  readonly looks: number
}

const LIMITS: SearchLimits = { reads: 20_000, jumps: 4_000, looks: 1_000 }

/** How many rows a way comes by, and the places of the first and the last. */
interface Reach {
  readonly count: number
  readonly first: number | null
  readonly last: number | null
}

export function journalSearch(
  spelling: Spelling,
  limits: SearchLimits = LIMITS,
): (tenant: string, query: JournalQuery) => Work<JournalPage> {
  const compiled = new Map<string, Statement<unknown>>()
  const statement = <Row>(query: Sql): Statement<Row> => {
    const text = query.render(() => '?').sql
    let found = compiled.get(text)
    if (found === undefined) {
      found = spelling.compile(query)
      compiled.set(text, found)
    }
    return found as Statement<Row>
  }
  const agents = spelling.compile<{ readonly id: number }>(sql`
    select id from request_agents where tenant = ${slot('tenant')}
      and ${spelling.contains(spelling.fold(sql`agent`), spelling.fold(sql`${slot('part')}`))}`)
  const newest = spelling.compile<{ readonly seq: number | null }>(
    sql`select max(seq) as seq from requests where tenant = ${slot('tenant')}`,
  )

  return function* (tenant, query) {
    // Of the same state as all the rest: whoever reads sees one.
    const last = (yield* one(newest, { tenant }))?.seq ?? 0
    const conditions = conditionsOf(query)
    if (query.agent !== undefined) {
      const found = yield* rows(agents, { tenant, part: query.agent })
      if (found.length === 0) {
        return { rows: [], next: null, searchedTo: null, newest: String(last) }
      }
      const table = spelling.records(slot('agents'), { id: 'integer' })
      conditions.set('agent', {
        sql: sql`r.agent in (select f.id from ${table} f)`,
        values: { agents: JSON.stringify(found.map(({ id }) => ({ id }))) },
      })
    }

    // Of what came after a place, that which is nearest to it.
    const isForward = query.after !== undefined
    const order = isForward ? sql`order by r.seq` : sql`order by r.seq desc`
    const bounds = boundsOf(query)
    const along = ({ condition }: Way, columns: Sql) => sql`
      select ${columns} from requests r where r.tenant = ${slot('tenant')}
        ${all([condition, ...bounds])} ${order} ${spelling.limit(slot('most'))}`
    const reach = (way: Way) => {
      const [first, end] = isForward ? [sql`min`, sql`max`] : [sql`max`, sql`min`]
      return statement<Reach>(sql`
        select count(*) as count, ${first}(w.seq) as first, ${end}(w.seq) as last
        from (${along(way, sql`r.seq`)}) w`)
    }
    const values = (conditions: readonly Condition[], most: number): Values =>
      Object.assign({ tenant, most }, ...[...bounds, ...conditions].map((one) => one.values))

    const ways = waysOf(query)
    let way = ways.find(({ answers }) => conditions.keys().every((name) => answers.includes(name)))
    // Each row that it comes by fits.
    const isWhole = way !== undefined
    // Whether it comes to its end before a search has to stop.
    let isShort = isWhole
    if (way === undefined && ways.length === 1) way = EVERY
    if (way === undefined) {
      const answers = yield ways.map((one) =>
        call(reach(one), values([one.condition], limits.looks), 'one'),
      )
      const reaches = answers.map(({ rows: [first] }) => first as Reach)
      const best = bestOf(reaches, limits)
      way = ways[best.index] ?? EVERY
      isShort = best.isShort
    }

    const { condition, answers } = way
    const others = [...conditions].flatMap(([name, one]) => (answers.includes(name) ? [] : [one]))
    const limit = query.limit + 1
    const most = isWhole ? limit : way === EVERY ? limits.reads : limits.jumps
    // Agents are added to what was found alone.
    const page = statement<RequestRow>(sql`
      select ${requestColumns} from (
        select r.* from (${along(way, sql`r.*`)}) r
        where 1 = 1 ${all(others)} ${order} ${spelling.limit(slot('limit'))}) r
      left join request_agents a on a.tenant = r.tenant and a.id = r.agent ${order}`)
    const found = yield* rows(page, { ...values([condition, ...others], most), limit })
    const shown = found.slice(0, query.limit)
    let next: number | null = null
    if (found.length > query.limit) next = shown.at(-1)?.seq ?? null
    else if (!isShort) {
      const came = yield* one(reach(way), values([condition], most))
      if (came?.count === most) next = came.last
    }

    if (isForward) shown.reverse()
    return {
      rows: shown.map(listed),
      next: next === null ? null : String(next),
      searchedTo: next === null || shown.length === query.limit ? null : Math.floor(next / PLACES),
      newest: String(isForward ? (next ?? last) : last),
    }
  }
}

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
