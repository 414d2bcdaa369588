/** How many comparisons a filter asks of a value at most: what it costs to ask it. */

import type { BoundFilter } from './bound.ts'

export function termsOf(filter: BoundFilter): number {
  switch (filter.kind) {
    case 'and':
    case 'or':
      return filter.filters.reduce((sum, one) => sum + termsOf(one), 0)
    case 'not':
    case 'value':
      return termsOf(filter.filter)
    case 'compare':
    case 'present':
      return 1
    default:
      return filter satisfies never
  }
}
