/**
 * The order of a sorted page (RFC 7644 §3.4.2.3).
 *
 * @module
 */

import type { Target } from '../../protocol/filter/bound.ts'
import { type Comparable, comparisonOf, normalise, order } from '../../protocol/filter/compare.ts'
import { valuesOf } from '../../protocol/filter/match.ts'
import { isObject, type JsonObject, type JsonValue } from '../../protocol/json.ts'
import { compareText } from '../../protocol/text.ts'
import type { Place } from '../store.ts'

/** The value that counts: the one there is, the primary one, or else the first. */
export function sortValue(target: Target, resource: JsonObject): string | number | undefined {
  const { sub, ...top } = target
  const comparison = comparisonOf(sub ?? target.attribute)
  const values = valuesOf(top, resource)
  const chosen = values.find(isPrimary) ?? values[0]
  const value = sub === undefined || !isObject(chosen) ? chosen : chosen[sub.name]
  if (comparison === undefined || value === undefined || value === null) return undefined
  const key = normalise(comparison, value)
  return typeof key === 'boolean' ? Number(key) : key
}

/** Ties go by id, ascending in either direction. */
export function inOrder(descending: boolean): (left: Place, right: Place) => number {
  return (left, right) => {
    const ascending = byValue(left.key ?? undefined, right.key ?? undefined)
    return (descending ? -ascending : ascending) || compareText(left.id, right.id)
  }
}

function byValue(left: Comparable | undefined, right: Comparable | undefined): number {
  if (left === undefined || right === undefined) {
    return Number(left === undefined) - Number(right === undefined)
  }
  return order(left, right)
}

function isPrimary(value: JsonValue): boolean {
  return isObject(value) && value.primary === true
}
