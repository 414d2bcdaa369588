/**
 * The `remove` operation on the body (RFC 7644 §3.5.2.2).
 *
 * A filter that selects nothing is an error by Table 9 (`noTarget`), yet clients repeat removals
 * whose answer they lost, so the tolerant profile takes it for done (quirk `remove-missing-value`).
 *
 * @module
 */

import { mutability, noTarget } from '../errors.ts'
import { isObject, type JsonValue } from '../json.ts'
import { acceptValue } from '../resource/value.ts'
import type { Attribute } from '../schema/attribute.ts'
import { fold } from '../text.ts'
import type { BoundOperation } from './operation.ts'
import { type PatchContext, type Slot, selected, setValues, valuesOf } from './slot.ts'

export function remove(slot: Slot, operation: BoundOperation, context: PatchContext): void {
  const { holder, attribute } = slot
  const { target, path } = operation
  if (target.filter !== undefined || (target.sub !== undefined && attribute.multiValued)) {
    removeSelected(slot, operation, context)
  } else if (isValueList(attribute, operation.value)) {
    removeListed(slot, operation.value, context, path)
  } else {
    if (holder[attribute.name] !== undefined) requireRemovable(attribute, path)
    delete holder[attribute.name]
  }
  if (attribute.required && holder[attribute.name] === undefined) {
    throw mutability(`"${path}" is required`)
  }
}

/** Whether a `remove` lists the values to go, as Entra's older form does. */
export function isValueList(
  attribute: Attribute,
  value: JsonValue | undefined,
): value is JsonValue {
  return attribute.multiValued && value !== undefined && value !== null
}

function removeSelected(slot: Slot, operation: BoundOperation, { tolerate }: PatchContext): void {
  const { target, path } = operation
  const matching = selected(slot, operation)
  if (matching.length === 0) {
    tolerate('remove-missing-value', () => noTarget(`"${path}" matches no value`))
    return
  }
  const { sub } = target
  requireRemovable(sub ?? slot.attribute, path)
  if (sub === undefined) {
    const gone = new Set<JsonValue>(matching)
    setValues(
      slot,
      valuesOf(slot).filter((value) => !gone.has(value)),
    )
    return
  }
  if (sub.required) throw mutability(`"${path}" is required`)
  for (const element of matching) delete element[sub.name]
  setValues(
    slot,
    valuesOf(slot).filter((value) => !isObject(value) || Object.keys(value).length > 0),
  )
}

function removeListed(slot: Slot, value: JsonValue, context: PatchContext, path: string): void {
  context.tolerate('remove-with-value-list', () => mutability(`"remove" takes no "value"`))
  const list = Array.isArray(value) ? value : [value]
  const listed = (acceptValue(slot.attribute, list, context, path) ?? []) as readonly JsonValue[]
  const gone = new Set(listed.map(identity))
  setValues(
    slot,
    valuesOf(slot).filter((one) => !gone.has(identity(one))),
  )
}

// What makes a value of a multi-valued attribute the one that is meant: its `value`, if it has one.
function identity(value: JsonValue): string {
  const key = isObject(value) && value.value !== undefined ? value.value : value
  return fold(JSON.stringify(key))
}

function requireRemovable(attribute: Attribute, path: string): void {
  if (attribute.mutability === 'immutable') throw mutability(`"${path}" is immutable`)
}
