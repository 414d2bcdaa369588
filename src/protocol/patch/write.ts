/**
 * Single values and sub-attributes, where `add` and `replace` do the same (RFC 7644 §3.5.2.1 and
 * §3.5.2.3): a simple value is replaced, a complex one takes the sub-attributes given and keeps the
 * others.
 *
 * @module
 */

import { mutability } from '../errors.ts'
import { isObject, type JsonObject, type JsonValue } from '../json.ts'
import type { Body } from '../resource/body.ts'
import { acceptSingle, acceptValue } from '../resource/value.ts'
import type { Attribute } from '../schema/attribute.ts'
import type { PatchContext, Slot } from './slot.ts'

/** Sets a single-valued attribute; null unassigns it. */
export function writeSingle(slot: Slot, value: JsonValue, context: PatchContext, path: string) {
  const { holder, attribute } = slot
  const before = holder[attribute.name]
  if (attribute.type === 'complex' && isObject(before)) {
    const merged = merge(attribute, before as Body, value, context, path)
    if (merged === undefined) delete holder[attribute.name]
    return
  }
  const accepted = acceptValue(attribute, value, context, path)
  requireSettable(attribute, before, accepted, path)
  if (accepted === undefined) delete holder[attribute.name]
  else holder[attribute.name] = accepted
}

/**
 * Lays the sub-attributes of `value` over an element; those given as null are unassigned. Returns
 * the element, or `undefined` when the client unassigned all of it.
 */
export function merge(
  attribute: Attribute,
  element: Body,
  value: JsonValue,
  context: PatchContext,
  path: string,
): Body | undefined {
  const accepted =
    value === null
      ? undefined
      : (acceptSingle(attribute, value, context, path) as JsonObject | undefined)
  const cleared = isObject(value) ? unassigned(attribute, value) : []
  if (accepted === undefined && cleared.length === 0) return undefined
  for (const { name } of cleared) delete element[name]
  // A reference to the former value would now point at somebody else.
  if (accepted?.value !== undefined && accepted.value !== element.value) delete element.$ref
  for (const sub of attribute.subAttributes ?? []) {
    const given = accepted?.[sub.name]
    if (given === undefined) continue
    requireSettable(sub, element[sub.name], given, `${path}.${sub.name}`)
    element[sub.name] = given
  }
  return element
}

/** Sets one sub-attribute of an element. */
export function writeSub(
  element: Body,
  sub: Attribute,
  value: JsonValue,
  context: PatchContext,
  path: string,
): void {
  writeSingle({ holder: element, attribute: sub }, value, context, path)
}

/** An immutable attribute takes its first value and no other (RFC 7643 §7). */
export function requireSettable(
  attribute: Attribute,
  before: JsonValue | undefined,
  after: JsonValue | undefined,
  path: string,
): void {
  if (attribute.mutability !== 'immutable' || before === undefined) return
  if (JSON.stringify(before) !== JSON.stringify(after)) {
    throw mutability(`"${path}" is immutable and already has a value`)
  }
}

function unassigned(attribute: Attribute, value: JsonObject): Attribute[] {
  const nulls = new Set(
    Object.keys(value)
      .filter((key) => value[key] === null)
      .map((key) => key.toLowerCase()),
  )
  return (attribute.subAttributes ?? []).filter(
    ({ name, mutability: rule }) => rule !== 'readOnly' && nulls.has(name.toLowerCase()),
  )
}
