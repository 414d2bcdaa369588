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
  for (const key of new Set([...Object.keys(before), ...Object.keys(after)])) {
    if (key === 'schemas') continue
    const [old, now] = [before[key], after[key]]
    if (key.includes(':')) {
      const inner = difference(isObject(old) ? old : {}, isObject(now) ? now : {})
      changes.push(...inner.map((change) => ({ ...change, path: `${key}:${change.path}` })))
    } else if (JSON.stringify(old) !== JSON.stringify(now)) {
      changes.push({
        path: key,
        ...(old === undefined ? {} : { before: old }),
        ...(now === undefined ? {} : { after: now }),
      })
    }
  }
  return changes
}
