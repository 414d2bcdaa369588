/**
 * How much of a resource type a filter makes a database read.
 *
 * A query that an index answers is asked at once; one that has to scan is asked where it keeps
 * nobody waiting. A wrong guess costs time and is never a wrong answer.
 *
 * @module
 */

import type { BoundFilter } from '../../protocol/filter/bound.ts'
import { lookupPath, namesOther } from './filter.ts'

/**
 * `point`: a row or so. `range`: the rows that match, which may be many, and no others. `scan`: any
 * number of rows.
 */
export type Reach = 'point' | 'range' | 'scan'

export function reachOf(filter: BoundFilter | undefined, lookups: readonly string[]): Reach {
  if (filter === undefined) return 'range'
  switch (filter.kind) {
    case 'and':
      return filter.filters.some((one) => reachOf(one, lookups) === 'point') ? 'point' : 'scan'
    case 'compare': {
      const { target, operator, comparison } = filter
      const { place, sub } = target
      if (place.kind === 'id') return operator === 'eq' && comparison === 'exact' ? 'point' : 'scan'
      if (place.kind === 'meta') {
        const inOrder = sub?.name === 'created' || sub?.name === 'lastModified'
        return inOrder && operator !== 'ne' ? 'range' : 'scan'
      }
      if (place.kind === 'edge') {
        return operator === 'eq' && sub?.name === 'value' ? 'range' : 'scan'
      }
      if (lookupPath(filter, lookups) === undefined) return 'scan'
      if (operator === 'eq') return target.attribute.uniqueness === 'none' ? 'range' : 'point'
      return operator === 'sw' || operator === 'gt' || operator === 'ge' ? 'range' : 'scan'
    }
    case 'value':
      return filter.target.place.kind === 'edge' &&
        filter.filter.kind === 'compare' &&
        namesOther(filter.filter)
        ? 'range'
        : 'scan'
    case 'or':
    case 'not':
    case 'present':
      return 'scan'
    default:
      return filter satisfies never
  }
}
