/**
 * A filter over several resource types at once (RFC 7644 §3.4.2.1): for each type, an attribute that
 * only others have is one without a value. A name that none of them has is still refused.
 *
 * @module
 */

import type { Tolerance } from '../quirks.ts'
import type { ResourceType } from '../schema/resource-type.ts'
import type { AttributePath, Filter } from './ast.ts'
import { bindFilter } from './bind.ts'
import type { BoundFilter } from './bound.ts'
import { resolveTarget } from './target.ts'

/** @throws {ScimError} 400 `invalidFilter` */
export function bindFilterAtRoot(
  filter: Filter,
  type: ResourceType,
  types: readonly ResourceType[],
  tolerate: Tolerance,
): BoundFilter {
  switch (filter.kind) {
    case 'and':
    case 'or': {
      const filters = filter.filters.map((one) => bindFilterAtRoot(one, type, types, tolerate))
      return { kind: filter.kind, filters }
    }
    case 'not':
      return { kind: 'not', filter: bindFilterAtRoot(filter.filter, type, types, tolerate) }
    case 'compare':
    case 'present':
    case 'value': {
      const owner = ownerOf(filter.path, type, types)
      const bound = bindFilter(filter, owner ?? type, tolerate)
      if (owner === undefined || owner === type) return bound
      return filterWithoutValue(bound)
    }
    default:
      return filter satisfies never
  }
}

/** The type a path is resolved in: this one when it can, else the first that has the attribute. */
export function ownerOf(
  path: AttributePath,
  type: ResourceType,
  types: readonly ResourceType[],
): ResourceType | undefined {
  if (resolveTarget(path, type) !== undefined) return type
  return types.find((one) => resolveTarget(path, one) !== undefined)
}

// Without any value only `ne` matches; `and` of nothing is true, `or` of nothing is false.
function filterWithoutValue(bound: BoundFilter): BoundFilter {
  if (bound.kind === 'not') return { kind: 'not', filter: filterWithoutValue(bound.filter) }
  const matches = bound.kind === 'compare' && bound.operator === 'ne'
  return { kind: matches ? 'and' : 'or', filters: [] }
}
