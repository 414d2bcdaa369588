/**
 * Names → schema: a filter or a PATCH path as one resource type understands it
 * (RFC 7644 §3.4.2.2, §3.5.2).
 *
 * Everything a schema can refuse is refused here, before a database is asked. The depth of a filter
 * is the parser's to bound.
 *
 * @module
 */

import { invalidFilter, invalidPath } from '../errors.ts'
import type { Tolerance } from '../quirks.ts'
import { type Attribute, subAttribute } from '../schema/attribute.ts'
import type { ResourceType } from '../schema/resource-type.ts'
import type { AttributePath, Filter, PatchPath } from './ast.ts'
import type { BoundFilter, Target } from './bound.ts'
import { bindComparison } from './comparison.ts'
import { printPatchPath, printPath } from './print.ts'
import { bindTarget, refuseSecret, resolveTarget, schemaOf, straighten, unknown } from './target.ts'

export { bindTarget }

/**
 * Binds the filter of a query over resources of one type.
 *
 * @throws {ScimError} 400 `invalidFilter`
 */
export function bindFilter(filter: Filter, type: ResourceType, tolerate: Tolerance): BoundFilter {
  return bindWith(filter, tolerate, (path) =>
    bindTarget(straighten(path, type, tolerate, invalidFilter), type, invalidFilter),
  )
}

/**
 * Binds what stands in the brackets of a value path. Names are sub-attributes of `attribute`; where
 * that one is simple, `value` is the value itself.
 *
 * @throws {ScimError} 400 `invalidFilter`
 */
export function bindValueFilter(
  filter: Filter,
  attribute: Attribute,
  tolerate: Tolerance,
): BoundFilter {
  return bindWith(filter, tolerate, (path, isValuePath) => {
    if (isValuePath) throw invalidFilter(`"${printPath(path)}[…]" stands inside other brackets`)
    return elementTarget(path, attribute)
  })
}

/** What the `path` of a PATCH operation points at. */
export interface BoundPatchPath {
  /**
   * The extension the attribute is in, in the schema's own spelling. Without `attribute`, the schema
   * as a whole; then it may be the core schema's, which is the resource itself.
   */
  readonly urn?: string
  /** Absent exactly when the path is only a schema's URN. */
  readonly attribute?: Attribute
  /** Selects among the values of `attribute`; its targets are in place `element` or `self`. */
  readonly filter?: BoundFilter
  readonly sub?: Attribute
}

/**
 * Binds the `path` of a PATCH operation. Whether the attribute may be written is not asked.
 *
 * @throws {ScimError} 400 `invalidPath`; 400 `invalidFilter` for what stands in the brackets
 */
export function bindPatchPath(
  path: PatchPath,
  type: ResourceType,
  tolerate: Tolerance,
): BoundPatchPath {
  if (path.filter === undefined) {
    const schema = schemaOf(path.path, type)
    if (schema !== undefined) return { urn: schema.id }
  }
  const straight = straighten(path.path, type, tolerate, invalidPath)
  const target = resolveTarget(straight, type)
  if (target === undefined) throw invalidPath(unknown(path.path, type))
  const { urn, attribute } = target

  if (path.filter !== undefined && !hasValues(target)) {
    throw invalidPath(`"${printPath(path.path)}" has no values to select among`)
  }
  const filter = path.filter && bindValueFilter(path.filter, attribute, tolerate)
  const sub = path.sub === undefined ? target.sub : subAttribute(attribute, path.sub)
  if (path.sub !== undefined && sub === undefined) {
    throw invalidPath(`"${printPatchPath(path)}": "${attribute.name}" has no "${path.sub}"`)
  }
  return {
    ...(urn === undefined ? {} : { urn }),
    attribute,
    ...(filter === undefined ? {} : { filter }),
    ...(sub === undefined ? {} : { sub }),
  }
}

type Resolve = (path: AttributePath, isValuePath: boolean) => Target

function bindWith(filter: Filter, tolerate: Tolerance, resolve: Resolve): BoundFilter {
  switch (filter.kind) {
    case 'and':
    case 'or': {
      const filters = filter.filters.map((part) => bindWith(part, tolerate, resolve))
      return { kind: filter.kind, filters }
    }
    case 'not':
      return { kind: 'not', filter: bindWith(filter.filter, tolerate, resolve) }
    case 'compare':
      return bindComparison(filter, resolve(filter.path, false), tolerate)
    case 'present':
      return { kind: 'present', target: resolve(filter.path, false) }
    case 'value': {
      const target = resolve(filter.path, true)
      if (!hasValues(target)) {
        throw invalidFilter(`"${printPath(filter.path)}" has no values to select among`)
      }
      const inner = bindValueFilter(filter.filter, target.attribute, tolerate)
      return { kind: 'value', target, filter: inner }
    }
    default:
      return filter satisfies never
  }
}

// A single-valued complex attribute is taken for a list of one.
function hasValues({ attribute, sub }: Target): boolean {
  return sub === undefined && (attribute.multiValued || attribute.type === 'complex')
}

function elementTarget(path: AttributePath, parent: Attribute): Target {
  refuseSecret(parent, path, invalidFilter)
  const plain = path.urn === undefined && path.sub === undefined
  if (plain && parent.type !== 'complex' && path.attribute.toLowerCase() === 'value') {
    return { place: { kind: 'self' }, attribute: parent }
  }
  const attribute = plain ? subAttribute(parent, path.attribute) : undefined
  if (attribute === undefined) {
    throw invalidFilter(`"${printPath(path)}" is not a sub-attribute of "${parent.name}"`)
  }
  refuseSecret(attribute, path, invalidFilter)
  return { place: { kind: 'element' }, attribute }
}
