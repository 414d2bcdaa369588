/**
 * An edge as it shows from one of its ends (RFC 7643 §4.1.2 `groups`, §4.2 `members`), as SQL over a
 * row `e` of the edges.
 *
 * @module
 */

import { sql } from 'kysely'
import type { Spelling } from './spelling.ts'
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

/** From the member's side, the owner's label is joined, not repeated in every edge. */
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
        from: sql`edges e left join resources o on o.tenant = e.tenant and o.type = e.owner_type
          and o.id = e.owner`,
        this: sql`e.member`,
        value: sql`e.owner`,
        valueType: sql`e.owner_type`,
        type: sql`'direct'`,
        display: sql`o.label`,
      }
}

/** References as they are in SQL: as many pairs of slots as there are types. */
export function refSlots(count: number, prefix: string) {
  return Array.from({ length: count }, (_, index) => ({
    type: slot(`${prefix}type${index}`),
    uri: slot(`${prefix}uri${index}`),
  }))
}

/** The values for {@link refSlots}; `spell` makes of a URI what the SQL puts before an id. */
export function refValues(
  refs: Readonly<Record<string, string>>,
  prefix: string,
  spell: (uri: string) => string = (uri) => uri,
): Values {
  return Object.fromEntries(
    Object.entries(refs).flatMap(([type, uri], index) => [
      [`${prefix}type${index}`, type],
      [`${prefix}uri${index}`, spell(uri)],
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

/**
 * `{"value":…,"$ref":…,"type":…,"display":…}` as text. It is put together from texts rather than by
 * the database's JSON functions: a group is read a million members at a time.
 */
export function edgeText(spelling: Spelling, side: Side, refs: ReturnType<typeof refSlots>): Sql {
  const { value, valueType, type, display } = edgeColumns(side)
  const quoted = spelling.quoted(value)
  // e.g. ',"$ref":"https://x/Users/' || '2819c223"'
  const ref = byType(valueType, refs, (uri) => sql`${uri} || substr(${quoted}, 2)`, sql`''`)
  const shown = spelling.quoted(display)
  return sql`'{"value":' || ${quoted} || ${ref} || ',"type":' || ${spelling.quoted(type)}
    || case when ${display} is null then '' else ',"display":' || ${shown} end || '}'`
}

/** A URI as {@link edgeText} wants it. */
export const refText = (uri: string) => `,"$ref":${JSON.stringify(uri).slice(0, -1)}`
