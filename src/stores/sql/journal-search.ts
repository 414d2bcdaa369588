/**
 * Searching the journal: the rows of a tenant from the newest on, until enough of them fit.
 *
 * What is asked for most has an index. Everything else is looked for along the way; a row is narrow for
 * that, and what an agent contains is asked of the few agents there are before any row is read.
 *
 * @module
 */

import type { JournalQuery, ListedRequest, RequestResult } from '../../store/journal.ts'
import { PLACES } from './journal-place.ts'
import { afterPrefix } from './shape.ts'
import type { Spelling } from './spelling.ts'
import { sql } from './sql.ts'
import { type Sql, type Statement, slot, type Value } from './statement.ts'
import { rows, type Work } from './work.ts'

export interface RequestRow {
  readonly seq: number
  readonly status: number
  readonly milliseconds: number
  readonly at: number
  readonly agent: string | null
  readonly result: string
  readonly method: string
  readonly key: string | null
  readonly path: string
  readonly query: string
  readonly resource: string | null
  readonly request_id: string
  readonly address: string | null
  readonly scim_type: string | null
  readonly refused: string | null
  readonly quirks: string
}

export const requestColumns = sql`r.seq, r.status, r.milliseconds, r.at, a.agent, r.result, r.method,
  r.key, r.path, r.query, r.resource, r.request_id, r.address, r.scim_type, r.refused, r.quirks`

export function listed(row: RequestRow): ListedRequest {
  return {
    seq: String(row.seq),
    requestId: row.request_id,
    at: row.at,
    milliseconds: row.milliseconds,
    method: row.method,
    path: row.path,
    query: row.query,
    status: row.status,
    result: row.result as RequestResult,
    key: row.key,
    agent: row.agent,
    address: row.address,
    scimType: row.scim_type,
    quirks: row.quirks === '' ? [] : row.quirks.split(','),
    resource: row.resource,
    refused: row.refused,
  }
}

/** Milliseconds by which a request may be appended later than it came, at most: an hour. */
const LATE = 3_600_000

/** A result comes with such a status, or a higher one. */
const LEAST: Readonly<Record<RequestResult, number>> = {
  ...{ success: 0, noChange: 0, rejected: 400, failed: 500 },
}

type Condition = readonly [condition: Sql, values: Readonly<Record<string, Value>>]

export function journalSearch(
  spelling: Spelling,
): (tenant: string, query: JournalQuery) => Work<readonly ListedRequest[]> {
  const statements = new Map<string, Statement<RequestRow>>()
  const agents = spelling.compile<{ readonly id: number }>(sql`
    select id from request_agents where tenant = ${slot('tenant')}
      and ${spelling.contains(spelling.fold(sql`agent`), spelling.fold(sql`${slot('part')}`))}`)

  return function* (tenant, query) {
    const conditions = conditionsOf(query)
    if (query.agent !== undefined) {
      const found = yield* rows(agents, { tenant, part: query.agent })
      if (found.length === 0) return []
      const ids = JSON.stringify(found.map(({ id }) => ({ id })))
      const table = spelling.records(slot('agents'), { id: 'integer' })
      conditions.push([sql`r.agent in (select f.id from ${table} f)`, { agents: ids }])
    }
    // Of what came after a place, that which is nearest to it.
    const isForward = query.after !== undefined
    const key = conditions.map(([condition]) => condition.render(() => '?').sql).join(' and ')
    let statement = statements.get(key)
    if (statement === undefined) {
      const all = conditions.map(([condition]) => sql`and ${condition}`)
      statement = spelling.compile<RequestRow>(sql`
        select ${requestColumns} from requests r
        left join request_agents a on a.tenant = r.tenant and a.id = r.agent
        where r.tenant = ${slot('tenant')} ${sql.join(all, sql` `)}
        order by r.seq ${isForward ? sql`` : sql`desc`} ${spelling.limit(slot('limit'))}`)
      statements.set(key, statement)
    }
    const values = Object.assign(
      { tenant, limit: query.limit },
      ...conditions.map(([, one]) => one),
    )
    const found = (yield* rows(statement, values)).map(listed)
    return isForward ? found.reverse() : found
  }
}

function conditionsOf(query: JournalQuery): Condition[] {
  const found: Condition[] = []
  const equal = (column: string, name: string, value: Value | undefined) => {
    if (value !== undefined)
      found.push([sql`r.${sql.ref(column)} = ${slot(name)}`, { [name]: value }])
  }
  equal('request_id', 'requestId', query.requestId)
  equal('resource', 'resource', query.resource)
  equal('key', 'key', query.key)
  equal('method', 'method', query.method)
  equal('result', 'result', query.result)
  const { status, path, slower, from, to, result, method } = query
  if (status !== undefined && status.from === status.to) equal('status', 'status', status.from)
  else if (status !== undefined) {
    found.push([
      sql`r.status between ${slot('least')} and ${slot('most')}`,
      { least: status.from, most: status.to },
    ])
  }
  // What is rare has an index of its own, and is asked for as that says it.
  const least = Math.max(status?.from ?? 0, LEAST[result ?? 'success'])
  if (least >= 500) found.push([sql`r.status >= 500`, {}])
  else if (least >= 400) found.push([sql`r.status >= 400`, {}])
  if (result === 'noChange') found.push([sql`r.result = 'noChange'`, {}])
  if (method !== undefined && method !== 'GET') found.push([sql`r.method <> 'GET'`, {}])
  if (path !== undefined) {
    found.push([
      sql`r.path >= ${slot('path')} and r.path < ${slot('pathEnd')}`,
      { path, pathEnd: afterPrefix(path) },
    ])
  }
  if (slower !== undefined) found.push([sql`r.milliseconds >= ${slot('slower')}`, { slower }])
  // Places are times, but for what was appended late.
  if (from !== undefined) {
    found.push([
      sql`r.at >= ${slot('from')} and r.seq >= ${slot('fromPlace')}`,
      { from, fromPlace: from * PLACES },
    ])
  }
  if (to !== undefined) {
    found.push([
      sql`r.at < ${slot('to')} and r.seq < ${slot('toPlace')}`,
      { to, toPlace: (to + LATE) * PLACES },
    ])
  }
  if (query.before !== undefined) {
    found.push([sql`r.seq < ${slot('before')}`, { before: Number(query.before) }])
  }
  if (query.after !== undefined) {
    found.push([sql`r.seq > ${slot('after')}`, { after: Number(query.after) }])
  }
  return found
}
