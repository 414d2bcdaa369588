/**
 * Pages of suspended records: of all, or of those of which a value begins as somebody typed.
 *
 * The index over values says who fits. While they are few, they are taken from it and put in order;
 * of many, the records are gone through in their order instead, newest first, as far as one may at once.
 *
 * @module
 */

import type { Suspended, SuspendedPage, SuspendedQuery } from '../../store/store.ts'
import { afterPrefix } from './shape.ts'
import type { Spelling } from './spelling.ts'
import { sql } from './sql.ts'
import { type Statement, slot, type Values } from './statement.ts'
import { NEWEST, SHOWN } from './suspended.ts'
import { SUSPENDED } from './tallies.ts'
import { one, rows, type Work } from './work.ts'

/** What is done for one page at most. */
export interface SuspendedBounds {
  /** More values than these are not put in order. */
  readonly few: number
  /** So many records are looked into. */
  readonly looked: number
}

const BOUNDS: SuspendedBounds = { few: 10_000, looked: 2_000 }

type Row = Suspended & { readonly suspension: number }

export type SuspendedSearch = ReturnType<typeof suspendedSearch>

export function suspendedSearch(spelling: Spelling, bounds: SuspendedBounds = BOUNDS) {
  const tenant = slot('tenant')
  const limit = (name: string) => spelling.limit(slot(name))
  const behind = sql`(suspended_at, suspension) < (${slot('at')}, ${slot('suspension')})`
  const begins = sql`v.tenant = ${tenant} and v.value >= ${slot('begins')} and v.value < ${slot('end')}`
  const all = sql`from suspended s where s.tenant = ${tenant}`
  // A cross join, so that SQLite does not go through all records there are; see edges.ts.
  const some = sql`from ${spelling.list(slot('ids'))} g cross join suspended s
    where s.tenant = ${tenant} and s.id = g.value`
  const looked = (from: ReturnType<typeof sql>) => sql`from (
      select suspended_at as at, suspension as number, id as one ${all} ${from} ${NEWEST} ${limit('looked')}
    ) n cross join suspended s
    where s.tenant = ${tenant} and s.id = n.one and exists (
      select 1 from suspended_values v where v.id = n.one and ${begins})`
  const page = (from: ReturnType<typeof sql>, offset = sql``) =>
    spelling.compile<Row>(sql`
      select ${SHOWN}, suspension ${from} ${NEWEST} ${limit('limit')} ${offset}`)

  const count = spelling.compile<{ total: number }>(sql`
    select total from tallies where tenant = ${tenant} and type = ${sql.lit(SUSPENDED)}`)
  const found = spelling.compile<{ id: string }>(sql`
    select v.id as id from suspended_values v where ${begins} ${limit('few')}`)
  const lastLooked = (from: ReturnType<typeof sql>) =>
    spelling.compile<{ suspendedAt: number; suspension: number }>(sql`
      select suspended_at as "suspendedAt", suspension ${all} ${from} ${NEWEST}
      ${limit('one')} offset ${slot('skipped')}`)

  const first = {
    all: page(all, sql`offset ${slot('offset')}`),
    some: page(some, sql`offset ${slot('offset')}`),
    looked: page(looked(sql``)),
    last: lastLooked(sql``),
  }
  const onward = {
    all: page(sql`${all} and ${behind}`),
    some: page(sql`${some} and ${behind}`),
    looked: page(looked(sql`and ${behind}`)),
    last: lastLooked(sql`and ${behind}`),
  }

  return function* (tenant: string, query: SuspendedQuery): Work<SuspendedPage> {
    const { offset, behind, begins } = query
    const pages = behind === undefined ? first : onward
    const values = {
      ...{ tenant, offset, limit: query.limit + 1 },
      ...(behind && { at: behind.suspendedAt, suspension: behind.suspension }),
    }
    if (begins === undefined) {
      const counted = yield* one(count, { tenant })
      return { total: counted?.total ?? 0, ...(yield* taken(pages.all, values, query.limit)) }
    }
    const sought = { ...values, begins, end: afterPrefix(begins) }
    const fitting = yield* rows(found, { ...sought, few: bounds.few + 1 })
    const ids = [...new Set(fitting.map(({ id }) => id))]
    if (fitting.length <= bounds.few) {
      const given = { ...values, ids: JSON.stringify(ids) }
      return { total: ids.length, ...(yield* taken(pages.some, given, query.limit)) }
    }
    const part = yield* taken(pages.looked, { ...sought, looked: bounds.looked }, query.limit)
    const last =
      part.next ?? (yield* one(pages.last, { ...values, one: 1, skipped: bounds.looked - 1 }))
    return { total: ids.length, isAtLeast: true, ...part, ...(last && { next: last }) }
  }
}

/** With a row more than is wanted, to know whether there is one. */
function* taken(
  statement: Statement<Row>,
  values: Values,
  limit: number,
): Work<Pick<SuspendedPage, 'records' | 'next'>> {
  const found = yield* rows(statement, values)
  const shown = found.slice(0, limit)
  const last = shown.at(-1)
  const records = shown.map(({ suspension: _, ...record }) => record)
  if (last === undefined || found.length === shown.length) return { records }
  return { records, next: { suspendedAt: last.suspendedAt, suspension: last.suspension } }
}
