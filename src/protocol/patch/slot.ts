/**
 * The place in a body that an operation is about, and the values found there.
 *
 * Bodies are changed in place: each PATCH works on a body of its own, parsed for it, and a failing
 * one throws it away.
 *
 * @module
 */

import { invalidValue } from '../errors.ts'
import { matchElement } from '../filter/match.ts'
import type { JsonObject, JsonValue } from '../json.ts'
import type { Body } from '../resource/body.ts'
import type { ValueContext } from '../resource/value.ts'
import type { Attribute } from '../schema/attribute.ts'
import type { BoundOperation } from './operation.ts'

/** An object of the body and the attribute of it that is to change. */
export interface Slot {
  readonly holder: Body
  readonly attribute: Attribute
}

/** The slot of an operation, making the objects on the way to it. */
export function slotOf(body: Body, { target }: BoundOperation): Slot {
  const attribute = target.attribute as Attribute
  const holder = target.urn === undefined ? body : objectAt(body, target.urn)
  // name.givenName: the sub-attribute is a slot of its own, unless there are several values.
  if (target.sub === undefined || attribute.multiValued || target.filter !== undefined) {
    return { holder, attribute }
  }
  return { holder: objectAt(holder, attribute.name), attribute: target.sub }
}

/** The values of a slot, in an array that may be changed; not yet part of the body when new. */
export function valuesOf({ holder, attribute }: Slot): JsonValue[] {
  const value = holder[attribute.name]
  if (value === undefined) return []
  return attribute.multiValued ? (value as JsonValue[]) : [value]
}

/** Writes the values of a slot back; none unassigns it. */
export function setValues({ holder, attribute }: Slot, values: readonly JsonValue[]): void {
  const value = attribute.multiValued ? values : values[0]
  if (values.length === 0 || value === undefined) delete holder[attribute.name]
  else holder[attribute.name] = value
}

/** The values that the filter in the operation's path selects; without a filter all of them. */
export function selected(slot: Slot, { target }: BoundOperation): Body[] {
  const { filter } = target
  const values = valuesOf(slot)
  return (
    filter === undefined ? values : values.filter((value) => matchElement(filter, value))
  ) as Body[]
}

/**
 * Settles `primary` after an operation (RFC 7644 §3.5.2): where it made one value primary, the
 * others no longer are.
 *
 * @param touched The values this operation added or changed.
 */
export function settlePrimary(slot: Slot, touched: ReadonlySet<JsonValue>, path: string): void {
  const primaries = valuesOf(slot).filter((value) => (value as JsonObject).primary === true)
  const chosen = primaries.filter((value) => touched.has(value))
  if (chosen.length > 1) throw invalidValue(`"${path}" would have more than one primary value`)
  if (chosen.length === 0) return
  for (const value of primaries) {
    if (value !== chosen[0]) (value as Body).primary = false
  }
}

/** What the steps of one PATCH have in common. */
export type PatchContext = ValueContext

function objectAt(holder: Body, name: string): Body {
  const value = holder[name] ?? {}
  holder[name] = value
  return value as Body
}
