/**
 * The `add` operation on the body (RFC 7644 §3.5.2.1).
 *
 * Adding what is there already changes nothing, so that the same message sent twice is one change.
 *
 * @module
 */

import { isObject, type JsonValue } from '../json.ts'
import type { Body } from '../resource/body.ts'
import { acceptValue } from '../resource/value.ts'
import { createSelected } from './create.ts'
import type { BoundOperation } from './operation.ts'
import {
  type PatchContext,
  type Slot,
  selected,
  settlePrimary,
  setValues,
  valuesOf,
} from './slot.ts'
import { merge, writeSingle, writeSub } from './write.ts'

export function add(slot: Slot, operation: BoundOperation, context: PatchContext): void {
  const { target, path } = operation
  const value = operation.value as JsonValue
  if (target.filter !== undefined || (target.sub !== undefined && slot.attribute.multiValued)) {
    addToSelected(slot, operation, value, context)
  } else if (slot.attribute.multiValued) {
    append(slot, value, context, path)
  } else {
    writeSingle(slot, value, context, path)
  }
}

/** Puts each value that is not there yet behind the others. */
function append(slot: Slot, value: JsonValue, context: PatchContext, path: string): void {
  // Here a single value is as good as a list of one: "a new value is added to the attribute".
  const list = Array.isArray(value) || value === null ? value : [value]
  const given = (acceptValue(slot.attribute, list, context, path) ?? []) as readonly JsonValue[]
  const values = valuesOf(slot)
  const present = new Set(values.map(canonical))
  const fresh = given.filter((one) => !present.has(canonical(one)))
  setValues(slot, [...values, ...fresh])
  settlePrimary(slot, new Set(fresh), path)
}

/** Adds to the values a filter selects, or makes the value it describes. */
export function addToSelected(
  slot: Slot,
  operation: BoundOperation,
  value: JsonValue,
  context: PatchContext,
): void {
  const { attribute } = slot
  const { target, path } = operation
  let elements = selected(slot, operation)
  if (elements.length === 0) {
    elements = [target.filter === undefined ? {} : createSelected(attribute, operation, context)]
    setValues(slot, [...valuesOf(slot), ...elements])
  }
  for (const element of elements) {
    if (target.sub === undefined) merge(attribute, element, value, context, path)
    else writeSub(element, target.sub, value, context, path)
  }
  const kept = valuesOf(slot).filter((one) => !isObject(one) || Object.keys(one).length > 0)
  setValues(slot, kept)
  settlePrimary(slot, new Set<JsonValue>(elements), path)
}

// Equal whatever the order of keys: elements are written in the order of the schema.
function canonical(value: JsonValue): string {
  if (!isObject(value)) return JSON.stringify(value)
  const entries = Object.entries(value as Body).filter(([, one]) => one !== false)
  return JSON.stringify(entries.sort(([a], [b]) => (a < b ? -1 : 1)))
}
