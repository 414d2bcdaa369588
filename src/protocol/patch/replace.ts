/**
 * The `replace` operation on the body (RFC 7644 §3.5.2.3).
 *
 * @module
 */

import type { JsonValue } from '../json.ts'
import { acceptSingle, acceptValue } from '../resource/value.ts'
import { addToSelected } from './add.ts'
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
import { requireSettable, writeSingle } from './write.ts'

export function replace(slot: Slot, operation: BoundOperation, context: PatchContext): void {
  const { attribute } = slot
  const { target, path } = operation
  const value = operation.value as JsonValue
  if (target.filter !== undefined && target.sub === undefined) {
    replaceSelected(slot, operation, value, context)
  } else if (target.filter !== undefined || (target.sub !== undefined && attribute.multiValued)) {
    addToSelected(slot, operation, value, context)
  } else if (attribute.multiValued) {
    const accepted = (acceptValue(attribute, value, context, path) ?? []) as readonly JsonValue[]
    requireSettable(attribute, slot.holder[attribute.name], accepted, path)
    setValues(slot, accepted)
  } else {
    writeSingle(slot, value, context, path)
  }
}

/** "All matching record values SHALL be replaced", each by the whole value given. */
function replaceSelected(
  slot: Slot,
  operation: BoundOperation,
  value: JsonValue,
  context: PatchContext,
): void {
  const { attribute } = slot
  const matching = new Set<JsonValue>(selected(slot, operation))
  // Without a sub-attribute this refuses, as the RFC asks.
  if (matching.size === 0) createSelected(attribute, operation, context)
  const replacements = new Set<JsonValue>()
  const values = valuesOf(slot).flatMap((element) => {
    if (!matching.has(element)) return [element]
    const accepted =
      value === null ? undefined : acceptSingle(attribute, value, context, operation.path)
    if (accepted === undefined) return []
    replacements.add(accepted)
    return [accepted]
  })
  setValues(slot, values)
  settlePrimary(slot, replacements, operation.path)
}
