/**
 * Whether a resource satisfies a filter (RFC 7644 §3.4.2.2).
 *
 * The measure of every store: what SQL answers is what this answers. It reads a whole
 * representation, with `id`, `meta` and edges in it, whose keys are in the schema's spelling.
 *
 * `null`, `[]` and an attribute that is not there are one and the same (RFC 7643 §2.5). `""` is not
 * present, yet it is a value that can be compared: `title eq ""` finds it, `title ne ""` does not.
 *
 * @module
 */

import { isObject, type JsonObject, type JsonValue } from '../json.ts'
import type { BoundFilter, Target } from './bound.ts'
import { compareValues } from './compare.ts'

/** Whether the representation of a resource satisfies the filter. */
export function match(filter: BoundFilter, resource: JsonObject): boolean {
  return matchElement(filter, resource)
}

/**
 * Whether one value of an attribute satisfies the filter of a value path.
 *
 * @param element A value's sub-attributes, or the value itself where the attribute is simple.
 */
export function matchElement(filter: BoundFilter, element: JsonValue): boolean {
  switch (filter.kind) {
    case 'and':
      return filter.filters.every((part) => matchElement(part, element))
    case 'or':
      return filter.filters.some((part) => matchElement(part, element))
    case 'not':
      return !matchElement(filter.filter, element)
    case 'compare': {
      const { operator, comparison, value } = filter
      const values = valuesOf(filter.target, element)
      if (values.length === 0) return operator === 'ne'
      return values.some((stored) => compareValues(operator, comparison, stored, value))
    }
    case 'present':
      return valuesOf(filter.target, element).some(isPresent)
    case 'value':
      return valuesOf(filter.target, element).some((one) => matchElement(filter.filter, one))
    default:
      return filter satisfies never
  }
}

/** The values at a target, a multi-valued attribute's one by one, without nulls. */
export function valuesOf(target: Target, holder: JsonValue): readonly JsonValue[] {
  if (target.place.kind === 'self') return list(holder)
  const top = target.urn === undefined ? holder : member(holder, target.urn)
  const values = list(member(top, target.attribute.name))
  const { sub } = target
  return sub === undefined ? values : values.flatMap((value) => list(member(value, sub.name)))
}

/** Whether anything is there (RFC 7644 Table 3, `pr`): not null or `""`, nor only such within. */
export function isPresent(value: JsonValue): boolean {
  if (value === null || value === '') return false
  if (typeof value !== 'object') return true
  return Object.values(value).some(isPresent)
}

function list(value: JsonValue | undefined): readonly JsonValue[] {
  if (value === undefined || value === null) return []
  return Array.isArray(value) ? value.filter((one) => one !== null) : [value]
}

function member(holder: JsonValue | undefined, name: string): JsonValue | undefined {
  return isObject(holder) && Object.hasOwn(holder, name) ? holder[name] : undefined
}
