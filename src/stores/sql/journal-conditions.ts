/**
 * What a search of the journal asks for, as conditions, and by which of them an index leads to the rows.
 *
 * @module
 */

import type { JournalQuery, RequestResult } from '../../store/journal.ts'
import { PLACES } from './journal-place.ts'
import { afterPrefix } from './shape.ts'
import type { Spelling } from './spelling.ts'
import { sql } from './sql.ts'
import { type Sql, slot, type Value } from './statement.ts'

export interface Condition {
  readonly sql: Sql
  readonly values: Readonly<Record<string, Value>>
}

export type Filter = Exclude<keyof JournalQuery, 'limit' | 'before' | 'after'>

/** A way to the rows, in the order of their places. */
export interface Way {
  /** Every row that is come by fits it: an index has exactly these. */
  readonly condition: Condition
  /** What of the query needs not be asked of them any more. */
  readonly answers: readonly Filter[]
}

/** Milliseconds by which a request may be appended later than it came, at most: an hour. */
const LATE = 3_600_000

/** A result comes with such a status, or a higher one. */
const LEAST: Readonly<Record<RequestResult, number>> = {
  ...{ success: 0, noChange: 0, rejected: 400, failed: 500 },
}
const HIGHEST = 599

const equal = (column: string, name: string, value: Value): Condition => ({
  sql: sql`r.${sql.ref(column)} = ${slot(name)}`,
  values: { [name]: value },
})

/** All but what an agent contains, which is asked of the agents. */
export function conditionsOf(
  query: JournalQuery,
  { contains }: Pick<Spelling, 'contains'>,
): Map<Filter, Condition> {
  const { requestId, resource, key, method, result, status, slower, from, to } = query
  const found = new Map<Filter, Condition>()
  if (requestId !== undefined) found.set('requestId', equal('request_id', 'requestId', requestId))
  if (resource !== undefined) found.set('resource', equal('resource', 'resource', resource))
  if (key !== undefined) found.set('key', equal('key', 'key', key))
  if (method !== undefined) found.set('method', equal('method', 'method', method))
  if (result !== undefined) found.set('result', equal('result', 'result', result))
  if (status !== undefined) {
    found.set('status', {
      sql: sql`r.status between ${slot('lowest')} and ${slot('highest')}`,
      values: { lowest: status.from, highest: status.to },
    })
  }
  if (query.path !== undefined) found.set('path', onPath(query.path, contains))
  if (query.quirk !== undefined) found.set('quirk', letInBy(query.quirk, contains))
  if (slower !== undefined) {
    found.set('slower', { sql: sql`r.milliseconds >= ${slot('slower')}`, values: { slower } })
  }
  if (from !== undefined) found.set('from', { sql: sql`r.at >= ${slot('from')}`, values: { from } })
  if (to !== undefined) found.set('to', { sql: sql`r.at < ${slot('to')}`, values: { to } })
  return found
}

/** ASCII alone, as SQLite's own `lower` has it; whatever else is in a path is escaped. */
const lower = (text: string): string => text.replaceAll(/[A-Z]/g, (one) => one.toLowerCase())

function onPath(wanted: string, contains: Spelling['contains']): Condition {
  const path = lower(wanted)
  const column = sql`lower(r.path)`
  if (!path.startsWith('/'))
    return { sql: contains(column, sql`${slot('path')}`), values: { path } }
  return {
    sql: sql`${column} >= ${slot('path')} and ${column} < ${slot('pathEnd')}`,
    values: { path, pathEnd: afterPrefix(path) },
  }
}

function letInBy(quirk: string, contains: Spelling['contains']): Condition {
  if (quirk === 'any') return { sql: sql`r.quirks <> ''`, values: {} }
  const listed = sql`(',' || r.quirks || ',')`
  return { sql: contains(listed, sql`${slot('quirk')}`), values: { quirk: `,${quirk},` } }
}

/**
 * Between which places to look. Places are times, but for what was appended late.
 *
 * @param end From where on nothing is looked at.
 */
export function boundsOf({ from, to, before, after }: JournalQuery, end?: number): Condition[] {
  const found: Condition[] = []
  const bound = (condition: Sql, name: string, value: number) =>
    found.push({ sql: condition, values: { [name]: value } })
  if (from !== undefined) bound(sql`r.seq >= ${slot('fromPlace')}`, 'fromPlace', from * PLACES)
  if (to !== undefined) bound(sql`r.seq < ${slot('toPlace')}`, 'toPlace', (to + LATE) * PLACES)
  if (before !== undefined) bound(sql`r.seq < ${slot('before')}`, 'before', Number(before))
  if (after !== undefined) bound(sql`r.seq > ${slot('after')}`, 'after', Number(after))
  if (end !== undefined) bound(sql`r.seq < ${slot('asideFrom')}`, 'asideFrom', end)
  return found
}

/** The order of places itself, which leads to every row. */
export const EVERY: Way = { condition: { sql: sql`1 = 1`, values: {} }, answers: [] }

/** Each with the text of its index, or the index is not seen; {@link EVERY} first. */
export function waysOf(query: JournalQuery): Way[] {
  const { requestId, resource, key, method, result, status } = query
  const found = [EVERY]
  const way = (condition: Condition, ...answers: Filter[]) => found.push({ condition, answers })
  if (requestId !== undefined) way(equal('request_id', 'requestId', requestId), 'requestId')
  if (resource !== undefined) way(equal('resource', 'resource', resource), 'resource')
  if (key !== undefined) way(equal('key', 'key', key), 'key')
  if (method !== undefined && method !== 'GET') {
    const { sql: same, values } = equal('method', 'method', method)
    way({ sql: sql`${same} and r.method <> 'GET'`, values }, 'method')
  }
  if (result === 'noChange') way({ sql: sql`r.result = 'noChange'`, values: {} }, 'result')
  if (status !== undefined && status.from === status.to && status.from >= 400) {
    const { sql: same, values } = equal('status', 'status', status.from)
    way({ sql: sql`${same} and r.status >= 400`, values }, 'status')
  } else {
    const least = Math.max(status?.from ?? 0, LEAST[result ?? 'success'])
    const isExactly = (first: number) => status?.from === first && status.to >= HIGHEST
    const failed: Condition = { sql: sql`r.status >= 500`, values: {} }
    const bad: Condition = { sql: sql`r.status >= 400`, values: {} }
    if (least >= 500) way(failed, ...(isExactly(500) ? (['status'] as const) : []))
    else if (least >= 400) way(bad, ...(isExactly(400) ? (['status'] as const) : []))
  }
  return found
}
