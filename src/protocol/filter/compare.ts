/**
 * How two values compare (RFC 7644 §3.4.2.2, Table 3), for filters and sorting alike.
 *
 * A stored value is normalised as the literal was (`bound.ts`), and then plain equality, order and
 * substrings decide. A stored value that does not fit its attribute, such as text that is no date,
 * is a value nonetheless: it differs from every literal and matches nothing else.
 *
 * @module
 */

import { parseInstant } from '../instant.ts'
import type { JsonValue } from '../json.ts'
import type { Attribute } from '../schema/attribute.ts'
import { compareText, fold } from '../text.ts'
import type { CompareOperator } from './ast.ts'
import type { Comparison } from './bound.ts'

/** What a value is compared by. */
export type Comparable = string | number | boolean

/** How values of an attribute compare; complex ones do not. */
export function comparisonOf(attribute: Attribute): Comparison | undefined {
  switch (attribute.type) {
    case 'string':
    case 'reference':
      return attribute.caseExact ? 'exact' : 'fold'
    case 'binary':
      return 'exact'
    case 'decimal':
    case 'integer':
      return 'number'
    case 'dateTime':
      return 'instant'
    case 'boolean':
      return 'boolean'
    case 'complex':
      return undefined
    default:
      return attribute.type satisfies never
  }
}

/**
 * A value as `comparison` sees it: folded text, text, a number, epoch milliseconds or a boolean;
 * `undefined` when the value is not of that kind.
 */
export function normalise(comparison: Comparison, value: JsonValue): Comparable | undefined {
  switch (comparison) {
    case 'fold':
      return typeof value === 'string' ? fold(value) : undefined
    case 'exact':
      return typeof value === 'string' ? value : undefined
    case 'number':
      return typeof value === 'number' ? value : undefined
    case 'instant':
      return typeof value === 'string' ? parseInstant(value) : undefined
    case 'boolean':
      return typeof value === 'boolean' ? value : undefined
    default:
      return comparison satisfies never
  }
}

/** Negative, zero or positive, of two values normalised for one comparison; text by code point. */
export function order(left: Comparable, right: Comparable): number {
  if (typeof left === 'string' && typeof right === 'string') return compareText(left, right)
  return Number(left) - Number(right)
}

/**
 * Whether a stored value stands to a literal as the operator says.
 *
 * @param stored As it lies in the resource, not normalised.
 * @param literal Normalised for `comparison`.
 */
export function compareValues(
  operator: CompareOperator,
  comparison: Comparison,
  stored: JsonValue,
  literal: Comparable,
): boolean {
  const value = normalise(comparison, stored)
  if (value === undefined) return operator === 'ne'
  switch (operator) {
    case 'eq':
      return value === literal
    case 'ne':
      return value !== literal
    case 'co':
      return String(value).includes(String(literal))
    case 'sw':
      return String(value).startsWith(String(literal))
    case 'ew':
      return String(value).endsWith(String(literal))
    case 'gt':
      return order(value, literal) > 0
    case 'ge':
      return order(value, literal) >= 0
    case 'lt':
      return order(value, literal) < 0
    case 'le':
      return order(value, literal) <= 0
    default:
      return operator satisfies never
  }
}
