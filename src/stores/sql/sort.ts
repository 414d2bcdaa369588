/**
 * What a resource sorts by, as SQL over a row `r` (RFC 7644 §3.4.2.3).
 *
 * @module
 */

import type { Target } from '../../protocol/filter/bound.ts'
import { comparisonOf } from '../../protocol/filter/compare.ts'
import { type Scope, type SourceContext, sourceOf } from './source.ts'
import { sql } from './sql.ts'
import type { Sql } from './statement.ts'

const ROW: Scope = { kind: 'resource' }

/**
 * The key, `NULL` where there is no value. Of several values it is that of the primary one, else of
 * the first, even when that one lacks the sub-attribute.
 */
export function sortKey(target: Target, context: SourceContext): Sql {
  const comparison = comparisonOf(target.sub ?? target.attribute)
  if (comparison === undefined) return sql`null`
  const { attribute, sub, place } = target
  if (place.kind !== 'body' || !attribute.multiValued) {
    const source = sourceOf(target, ROW, context)
    return source.from === undefined ? source.value(comparison) : sql`null`
  }
  const { sub: _, ...top } = target
  const element = context.alias()
  const values = sourceOf(top, ROW, { ...context, alias: () => element })
  if (values.from === undefined || values.exists === undefined) return sql`null`
  const { spelling } = context
  const object = spelling.object({ element })
  const value =
    sub === undefined
      ? values.value(comparison)
      : sourceOf(
          { place: { kind: 'element' }, attribute: { ...sub, multiValued: false } },
          { kind: 'json', place: { element } },
          context,
        ).value(comparison)
  return sql`(select ${value} from ${values.from.tables} where ${values.exists}
    order by coalesce(${spelling.boolean({ json: object, path: ['primary'] })}, 0) desc,
      ${spelling.position(element)}
    limit 1)`
}

/**
 * The path whose lookups are in the order of a sort, for every resource that has one: those of a
 * single text. A resource without a value, or with an empty one, has none.
 */
export function orderedLookups(
  { place, urn, attribute, sub }: Target,
  lookups: readonly string[],
): string | undefined {
  const leaf = sub ?? attribute
  if (place.kind !== 'body' || urn !== undefined) return undefined
  if (attribute.multiValued || leaf.multiValued || leaf.type !== 'string') return undefined
  const path = sub === undefined ? attribute.name : `${attribute.name}.${sub.name}`
  return lookups.includes(path) ? path : undefined
}

/** Whether every resource has such a lookup, because it could not be there without. */
export function isAlwaysLookedUp({ attribute, sub }: Target): boolean {
  return sub === undefined && attribute.required && attribute.uniqueness !== 'none'
}
