/**
 * What a write changed, for the change log: each attribute with its value before and after.
 *
 * @module
 */

import { isObject, type JsonObject, type JsonValue } from '../json.ts'

export interface AttributeChange {
  /** The attribute; with its URN when an extension holds it. */
  readonly path: string
  /** Absent when there was no value. */
  readonly before?: JsonValue
  /** Absent when there is none any more. */
  readonly after?: JsonValue
}

/** Compares two bodies, attribute by attribute; extensions by their own attributes. */
export function difference(before: JsonObject, after: JsonObject): AttributeChange[] {
  const changes: AttributeChange[] = []
  compare(before, after, '', changes)
  return changes
}

function compare(
  before: JsonObject,
  after: JsonObject,
  prefix: string,
  changes: AttributeChange[],
): void {
  for (const key of new Set([...Object.keys(before), ...Object.keys(after)])) {
    const [old, now] = [before[key], after[key]]
    if (key === 'schemas' || isSame(old, now)) continue
    const path = prefix + key
    if (key.includes(':')) {
      compare(isObject(old) ? old : {}, isObject(now) ? now : {}, `${path}:`, changes)
    } else if (old === undefined) changes.push({ path, after: now as JsonValue })
    else if (now === undefined) changes.push({ path, before: old })
    else changes.push({ path, before: old, after: now })
  }
}

// What a change left as it was is the very same object.
function isSame(old: JsonValue | undefined, now: JsonValue | undefined): boolean {
  if (old === now) return true
  if (typeof old !== 'object' || typeof now !== 'object') return false
  return JSON.stringify(old) === JSON.stringify(now)
}
