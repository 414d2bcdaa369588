/**
 * PATCH on members, as steps on edges (RFC 7644 §3.5.2, design §3).
 *
 * Nothing here reads the members a group has. What is added, removed or put in place of all is said
 * to the store, which applies it to the edges it holds, so that a step costs what it changes.
 *
 * @module
 */

import { invalidValue, mutability, noTarget } from '../errors.ts'
import type { BoundFilter } from '../filter/bound.ts'
import type { JsonObject, JsonValue } from '../json.ts'
import { acceptValue } from '../resource/value.ts'
import type { Attribute } from '../schema/attribute.ts'
import type { BoundOperation } from './operation.ts'
import { isValueList } from './remove.ts'
import type { PatchContext } from './slot.ts'

/** One step on the members of a resource; a list of them is applied in order. */
export type MemberStep =
  | { readonly kind: 'add' | 'replace'; readonly ids: readonly string[] }
  | { readonly kind: 'remove'; readonly ids: readonly string[] }
  /** With `required`, a filter that matches no member is `noTarget`. */
  | { readonly kind: 'removeMatching'; readonly filter: BoundFilter; readonly required: boolean }

/** @throws {ScimError} 400 `mutability`, `noTarget` or `invalidValue` */
export function memberSteps(operation: BoundOperation, context: PatchContext): MemberStep[] {
  const { op, target, value, path } = operation
  const attribute = target.attribute as Attribute
  if (target.sub !== undefined) throw mutability(`"${path}" is immutable; add or remove members`)
  if (target.filter !== undefined) return selectedSteps(operation, target.filter, context)
  if (op !== 'remove') {
    return [{ kind: op, ids: memberIds(attribute, value as JsonValue, context, path) }]
  }
  if (!isValueList(attribute, value)) return [{ kind: 'replace', ids: [] }]
  context.tolerate('remove-with-value-list', () => mutability('"remove" takes no "value"'))
  return [{ kind: 'remove', ids: memberIds(attribute, value, context, path) }]
}

function selectedSteps(
  operation: BoundOperation,
  filter: BoundFilter,
  context: PatchContext,
): MemberStep[] {
  const { op, target, value, path } = operation
  const named = namedIds(filter)
  if (op === 'remove') {
    if (named !== undefined) return [{ kind: 'remove', ids: named }]
    return [{ kind: 'removeMatching', filter, required: false }]
  }
  const ids = memberIds(target.attribute as Attribute, value as JsonValue, context, path)
  if (op === 'replace')
    return [
      { kind: 'removeMatching', filter, required: true },
      { kind: 'add', ids },
    ]
  if (named === undefined) throw noTarget(`"${path}" describes no member to add`)
  return [{ kind: 'add', ids: [...named, ...ids] }]
}

/** The ids in a list of members, a single member, or a bare id. */
export function memberIds(
  attribute: Attribute,
  value: JsonValue,
  context: PatchContext,
  path: string = attribute.name,
): string[] {
  const list = Array.isArray(value) || value === null ? value : [value]
  const members = (acceptValue(attribute, list, context, path) ?? []) as readonly JsonObject[]
  return idsOf(members, path)
}

/** The `value` of each member. */
export function idsOf(members: readonly JsonObject[], path: string): string[] {
  return members.map(({ value }) => {
    if (typeof value !== 'string' || value === '') throw invalidValue(`"${path}.value" is required`)
    return value
  })
}

// e.g. value eq "a", and value eq "a" or value eq "b": the ids are in the filter itself.
function namedIds(filter: BoundFilter): string[] | undefined {
  if (filter.kind === 'or') {
    const ids = filter.filters.map(namedIds)
    return ids.every((one) => one !== undefined) ? ids.flat() : undefined
  }
  if (filter.kind !== 'compare' || filter.operator !== 'eq') return undefined
  return filter.target.attribute.name === 'value' ? [String(filter.value)] : undefined
}
