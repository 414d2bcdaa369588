/**
 * The SQL of a page: where it begins, how long it is, and in which order its rows come.
 *
 * A page begins behind so many rows, or right behind or before a place in the order (keyset): then
 * an index leads there, and the page costs what a page costs. Of a page that ends before a place the
 * rows come backwards, and whoever reads them turns them around.
 *
 * Bodies are read for the page alone, not for everything that is skipped or sorted; where nothing is,
 * rows are taken as they come, and none is looked up twice. One row more
 * than was asked for is read, as the sign that others follow.
 *
 * @module
 */

import type { SortKey, StoreQuery } from '../../store/store.ts'
import type { Spelling } from './spelling.ts'
import { sql } from './sql.ts'
import { type Sql, slot, type Values } from './statement.ts'

export interface Page {
  /** Equal for pages of the same SQL. */
  readonly key: string
  readonly start: Start
  /** It begins at a place without a sort key, or ends there. */
  readonly isNull: boolean
  readonly sort: SortKey | undefined
  readonly isPatient: boolean
  /** As `inIdOrder`, for what has one row at most; a sort would cost more than all the rest. */
  single(ids: (where: (id: Sql) => Sql) => Sql): Sql
  /** @param ids A query for `type` and `id`, with a condition on the id. */
  inIdOrder(ids: (where: (id: Sql) => Sql) => Sql): Sql
  /**
   * As `inIdOrder`, for a page that skips nothing: it takes the rows as it meets them.
   *
   * @param rows Resources `r` with a condition on the id.
   */
  readonly straight: ((rows: (where: (id: Sql) => Sql) => Sql) => Sql) | undefined
  /** As `inIdOrder`, up to the id in the slot `until`. */
  inIdOrderUntil(ids: (where: (id: Sql) => Sql) => Sql): Sql
  /** The last id that may be looked into; none where all may be. @param ids A query for them. */
  until(ids: (where: (id: Sql) => Sql) => Sql): Sql
  /** @param from Lookups `l` of what is sorted by, from `from` on; for places that have a key. */
  inLookupOrder(from: Sql): Sql
  /** @param keyed A query for `type`, `id` and sort key `k`. */
  sorted(keyed: Sql): Sql
}

export type Start = 'offset' | 'after' | 'before'

export function pageOf(query: StoreQuery, { limit }: Spelling): Page {
  const { parts, from, offset } = query
  const isPatient = patienceOf(query) !== undefined
  const most = limit(slot('limit'))
  const sort = parts.find((part) => part.sort !== undefined)?.sort
  const start: Start = from?.side ?? 'offset'
  const window = start === 'offset' ? sql`${most} offset ${slot('offset')}` : most
  const isBackwards = start === 'before'
  const isNull = from !== undefined && (from.place.key ?? null) === null
  const place = (id: Sql) =>
    start === 'offset' ? sql`1 = 1` : sql`${id} ${sql.raw(isBackwards ? '<' : '>')} ${PLACE}`
  const inIdOrder = (ids: Parameters<Page['inIdOrder']>[0], where: (id: Sql) => Sql) => {
    const direction = sql.raw(isBackwards ? 'desc' : 'asc')
    return page(sql`${ids(where)} order by id ${direction} ${window}`, sql``, (of) => {
      return sql`${sql.ref(`${of}.id`)} ${direction}`
    })
  }
  const isStraight = start !== 'offset' || offset === 0
  return {
    key: `${start} ${isNull} ${isPatient} ${isStraight}`,
    isPatient,
    start,
    isNull,
    sort,
    single: (ids) => sql`
      select ${COLUMNS} from (${ids(() => sql`1 = 1`)}) p cross join resources r
      where r.tenant = ${slot('tenant')} and r.type = p.type and r.id = p.id
        and ${slot('offset')} < 1 ${most}`,
    inIdOrder: (ids) => inIdOrder(ids, place),
    straight: isStraight
      ? (rows) => sql`select ${COLUMNS} from ${rows(place)}
          order by r.id ${sql.raw(isBackwards ? 'desc' : 'asc')} ${window}`
      : undefined,
    inIdOrderUntil: (ids) =>
      inIdOrder(ids, (id) => sql`${place(id)} and ${id} <= ${slot('until')}`),
    until: (ids) => sql`${ids(place)} order by id limit 1 offset ${slot('looked')}`,
    inLookupOrder: (lookups) => {
      const isDown = (sort?.descending === true) !== isBackwards
      const direction = sql.raw(isDown ? 'desc' : 'asc')
      const further = sql.raw(isDown ? '<' : '>')
      const byId = sql.raw(isBackwards ? 'desc' : 'asc')
      const behind =
        start === 'offset'
          ? sql``
          : sql`and l.value ${further}= ${KEY} and (l.value ${further} ${KEY}
              or l.id ${sql.raw(isBackwards ? '<' : '>')} ${PLACE})`
      return page(
        sql`select l.type as type, l.id as id, l.value as k ${lookups} ${behind}
          order by l.value ${direction}, l.id ${byId} ${window}`,
        sql`, p.k`,
        (of) => sql`${sql.ref(`${of}.k`)} ${direction}, ${sql.ref(`${of}.id`)} ${byId}`,
      )
    },
    sorted: (keyed) => {
      const descending = sort?.descending === true
      const where =
        start === 'offset' ? sql`` : sql`where ${beyond(descending, isBackwards, isNull)}`
      const order = ordered(descending, isBackwards)
      return page(
        sql`select x.type, x.id, x.k from (${keyed}) x ${where}
          order by ${order('x')} ${window}`,
        sql`, p.k`,
        order,
      )
    },
  }
}

/** That of a query whose pages can be cut short. */
export function patienceOf({ parts, from, offset, limit, patience }: StoreQuery) {
  const isForwards = from?.side !== 'before' && (from !== undefined || offset === 0)
  const isPlain = parts.length === 1 && parts[0]?.sort === undefined && limit > 0
  return isForwards && isPlain ? patience : undefined
}

/** The values that a page's slots are given, but for `limit` and `offset`. */
export function pageValues({ from }: StoreQuery): Values {
  return from === undefined ? {} : { place: from.place.id, placeKey: from.place.key ?? null }
}

const COLUMNS = sql`r.type, r.id, r.version, r.created, r.modified, r.body`
const PLACE = slot('place')
const KEY = slot('placeKey')

const page = (found: Sql, key: Sql, order: (of: string) => Sql) => sql`
  select ${COLUMNS} ${key} from (${found}) p
  join resources r on r.tenant = ${slot('tenant')} and r.type = p.type and r.id = p.id
  order by ${order('p')}`

// No value comes last ascending and first descending; ties go by id, ascending either way.
function ordered(descending: boolean, isBackwards: boolean): (of: string) => Sql {
  const byKey = sql.raw(descending !== isBackwards ? 'desc' : 'asc')
  const byId = sql.raw(isBackwards ? 'desc' : 'asc')
  return (of) => {
    const [key, id] = [sql.ref(`${of}.k`), sql.ref(`${of}.id`)]
    return sql`(case when ${key} is null then 1 else 0 end) ${byKey}, ${key} ${byKey}, ${id} ${byId}`
  }
}

// What comes behind a place in that order.
function beyond(descending: boolean, isBackwards: boolean, isNull: boolean): Sql {
  const id = sql`x.id ${sql.raw(isBackwards ? '<' : '>')} ${PLACE}`
  const nullsFollow = descending === isBackwards
  if (isNull) {
    return nullsFollow
      ? sql`(x.k is null and ${id})`
      : sql`((x.k is null and ${id}) or x.k is not null)`
  }
  const further = sql`(x.k ${sql.raw(nullsFollow ? '>' : '<')} ${KEY} or (x.k = ${KEY} and ${id}))`
  return nullsFollow ? sql`(${further} or x.k is null)` : further
}
