/**
 * An edge as it shows from one of its ends (RFC 7643 §4.1.2 `groups`, §4.2 `members`), as SQL over a
 * row `e` of the edges.
 *
 * @module
 */

import type { Spelling } from './spelling.ts'
import { sql } from './sql.ts'
import { type Slot, type Sql, slot, type Values } from './statement.ts'

export type Side = 'owner' | 'member'

/** `this` is the end that is looked from, `value` the other one. */
export interface EdgeColumns {
  /** The edges, with what the columns need beside them. */
  readonly from: Sql
  readonly this: Sql
  readonly value: Sql
  /** The resource type of the other end. */
  readonly valueType: Sql
  /** What shows as `type`. */
  readonly type: Sql
  readonly display: Sql
}

/**
 * From the member's side, the owner's label is joined, not repeated in every edge. So is its type: then
 * an index has all that is needed of the edge.
 */
export function edgeColumns(side: Side): EdgeColumns {
  return side === 'owner'
    ? {
        from: sql`edges e`,
        this: sql`e.owner`,
        value: sql`e.member`,
        valueType: sql`e.member_type`,
        type: sql`e.member_type`,
        display: sql`e.label`,
      }
    : {
        from: sql`edges e left join resources o on o.tenant = e.tenant and o.id = e.owner`,
        this: sql`e.member`,
        value: sql`e.owner`,
        valueType: sql`o.type`,
        type: sql`'direct'`,
        display: sql`o.label`,
      }
}

export interface EdgePart {
  readonly limit?: Sql
  readonly behind?: Sql
}

/** The edges of a resource in the order of ids, as rows of `value`, `type` and `label`. */
export function edgeRows(
  side: Side,
  id: Sql,
  { limit = sql``, behind = sql`` }: EdgePart = {},
): Sql {
  const { from, this: own, value, valueType, display } = edgeColumns(side)
  return sql`select ${value} as value, ${valueType} as type, ${display} as label from ${from}
    where e.tenant = ${slot('tenant')} and ${own} = ${id} ${behind} order by ${value} ${limit}`
}

/** The same as a query with one column `edges`, for `edgesIn` of edge-text.ts. */
export function edgeTuples(spelling: Spelling, side: Side, id: Sql, part?: EdgePart): Sql {
  const columns = spelling.tuples(['value', 'type', 'label'])
  return sql`select ${columns} as edges from (${edgeRows(side, id, part)}) t`
}

/** The owners of a member: one column `owners`, a JSON array of their ids. */
export function edgeOwners(spelling: Spelling, id: Sql, { limit = sql`` }: EdgePart = {}): Sql {
  return sql`select ${spelling.texts('value')} as owners from (
    select e.owner as value from edges e
    where e.tenant = ${slot('tenant')} and e.member = ${id} order by e.owner ${limit}) t`
}

/** References as they are in SQL: as many pairs of slots as there are types. */
export function refSlots(count: number, prefix: string) {
  return Array.from({ length: count }, (_, index) => ({
    type: slot(`${prefix}type${index}`),
    uri: slot(`${prefix}uri${index}`),
  }))
}

/** The values for {@link refSlots}. */
export function refValues(refs: Readonly<Record<string, string>>, prefix: string): Values {
  return Object.fromEntries(
    Object.entries(refs).flatMap(([type, uri], index) => [
      [`${prefix}type${index}`, type],
      [`${prefix}uri${index}`, uri],
    ]),
  )
}

/** What comes for a type's URI, and `otherwise` for a type that has none. */
export function byType(
  type: Sql,
  refs: readonly { readonly type: Slot; readonly uri: Slot }[],
  then: (uri: Slot) => Sql,
  otherwise: Sql,
): Sql {
  if (refs.length === 0) return otherwise
  const cases = refs.map((ref) => sql`when ${ref.type} then ${then(ref.uri)}`)
  return sql`case ${type} ${sql.join(cases, sql` `)} else ${otherwise} end`
}
