/**
 * What `sortBy` names (RFC 7644 §3.4.2.3).
 *
 * @module
 */

import { invalidFilter } from '../errors.ts'
import { bindTarget } from '../filter/bind.ts'
import { ownerOf } from '../filter/bind-root.ts'
import type { Target } from '../filter/bound.ts'
import { parsePath } from '../filter/path.ts'
import { subAttribute } from '../schema/attribute.ts'
import type { ResourceType } from '../schema/resource-type.ts'

/** Told from a filter that is wrong, which the RFC names alike. */
const unsortable = (detail: string) => invalidFilter(`"sortBy": ${detail}`)

/**
 * The simple attribute to sort by; of a complex multi-valued one, its `value`.
 *
 * @throws {ScimError} 400 `invalidFilter` for what cannot be sorted by; the RFC names no type of its
 * own for it.
 */
export function bindSortBy(sortBy: string, type: ResourceType): Target {
  const target = bindTarget(parsePath(sortBy, unsortable), type, unsortable)
  const { attribute, sub, place } = target
  if (place.kind === 'edge') throw unsortable(`"${sortBy}" cannot be sorted by`)
  if (attribute.type !== 'complex' || sub !== undefined) return target
  const value = attribute.multiValued ? subAttribute(attribute, 'value') : undefined
  if (value === undefined) throw unsortable(`"${sortBy}" is complex; name a sub-attribute`)
  return { ...target, sub: value }
}

/** As {@link bindSortBy}, where `type` is one of several; of its own lack of a value see §3.4.2.3. */
export function bindSortByAtRoot(
  sortBy: string,
  type: ResourceType,
  types: readonly ResourceType[],
): Target {
  const owner = ownerOf(parsePath(sortBy, unsortable), type, types)
  return bindSortBy(sortBy, owner ?? type)
}
