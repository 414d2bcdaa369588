/**
 * A value from a client against the definition of its attribute (RFC 7643 §2.3).
 *
 * What comes out is spelled as the schema spells it and holds nothing the schema does not name:
 * readOnly values are ignored (RFC 7644 §3.3), unknown ones dropped, and null, `[]` and `{}` are all
 * "unassigned" (RFC 7643 §2.5), here `undefined`. Formats beyond the data type (languages, countries,
 * telephone numbers) are not checked: real clients send anything, and the app decides.
 *
 * @module
 */

import { invalidValue } from '../errors.ts'
import { parseInstant } from '../instant.ts'
import { isObject, type JsonObject, type JsonValue } from '../json.ts'
import type { Tolerance } from '../quirks.ts'
import { type Attribute, subAttribute } from '../schema/attribute.ts'

export interface ValueContext {
  readonly tolerate: Tolerance
  readonly limits: ValueLimits
}

export interface ValueLimits {
  /** Characters of one string; a megabyte of displayName would be copied into every group. */
  readonly maxString: number
  /** Characters of a string that has a lookup; index entries have to fit a database page. */
  readonly maxIndexedString: number
  /**
   * Values of one multi-valued attribute in the body; edges are not in the body. Each may be a lookup,
   * a row that is written while the database is locked.
   */
  readonly maxValues: number
  /**
   * Values that the operations of one PATCH may look at, each as often as its path has comparisons; a
   * long one counts as several. Against a thousand long filters over a thousand values, for which
   * everybody else would wait.
   */
  readonly maxLooks: number
  /** Characters of a whole body; a page has a thousand of them in memory. */
  readonly maxBody: number
}

export const valueLimits: ValueLimits = {
  maxString: 65_536,
  maxIndexedString: 1_024,
  maxValues: 1_000,
  maxLooks: 300_000,
  maxBody: 1_000_000,
}

/**
 * Checks and normalises all that a client gave for `attribute`.
 *
 * @param path How messages call the attribute: `emails`, `name.givenName`.
 * @returns The value, or `undefined` when the client unassigned it.
 * @throws {ScimError} 400 `invalidValue`
 */
export function acceptValue(
  attribute: Attribute,
  value: JsonValue,
  context: ValueContext,
  path: string = attribute.name,
): JsonValue | undefined {
  if (value === null) return undefined
  if (attribute.multiValued) return acceptValues(attribute, value, context, path)
  return acceptSingle(attribute, value, context, path)
}

/** The elements of a multi-valued attribute, or `undefined` when none is left. */
function acceptValues(
  attribute: Attribute,
  value: JsonValue,
  context: ValueContext,
  path: string,
): readonly JsonValue[] | undefined {
  if (!Array.isArray(value)) {
    context.tolerate('single-object-for-list', () => invalidValue(`"${path}" is to be an array`))
  }
  const given: readonly JsonValue[] = Array.isArray(value) ? value : [value]
  const accepted: JsonValue[] = []
  for (const element of given) {
    const single = element === null ? undefined : acceptSingle(attribute, element, context, path)
    if (single !== undefined) accepted.push(single)
  }
  requireOnePrimary(accepted, path)
  return accepted.length === 0 ? undefined : accepted
}

/** One value, or one element of several. */
export function acceptSingle(
  attribute: Attribute,
  value: JsonValue,
  context: ValueContext,
  path: string,
): JsonValue | undefined {
  switch (attribute.type) {
    case 'string':
    case 'reference':
      return text(attribute, value, context, path)
    case 'boolean':
      return boolean(value, context, path)
    case 'integer':
      if (typeof value === 'number' && Number.isSafeInteger(value)) return value
      throw invalidValue(`"${path}" is to be an integer`)
    case 'decimal':
      if (typeof value === 'number' && Number.isFinite(value)) return value
      throw invalidValue(`"${path}" is to be a number`)
    case 'dateTime':
      if (typeof value === 'string' && parseInstant(value) !== undefined) return value
      throw invalidValue(`"${path}" is to be a date and time such as 2011-05-13T04:42:34Z`)
    case 'binary':
      if (typeof value === 'string' && BASE64.test(value))
        return text(attribute, value, context, path)
      throw invalidValue(`"${path}" is to be base64`)
    case 'complex':
      return complex(attribute, value, context, path)
    default:
      return attribute.type satisfies never
  }
}

/** RFC 7643 §2.4: `primary` is true for one value at most. */
export function requireOnePrimary(values: readonly JsonValue[], path: string): void {
  const primaries = values.filter((value) => isObject(value) && value.primary === true)
  if (primaries.length > 1) throw invalidValue(`"${path}" has more than one primary value`)
}

const BASE64 = /^[A-Za-z0-9+/_\-\s]*={0,2}\s*$/

function text(attribute: Attribute, value: JsonValue, context: ValueContext, path: string): string {
  if (typeof value !== 'string') throw invalidValue(`"${path}" is to be a string`)
  if (value.length > context.limits.maxString) {
    throw invalidValue(`"${path}" is longer than ${context.limits.maxString} characters`)
  }
  // Two names that differ by blanks at their ends are one name to every person who reads them.
  return attribute.uniqueness === 'none' ? value : value.trim()
}

function boolean(value: JsonValue, context: ValueContext, path: string): boolean {
  if (typeof value === 'boolean') return value
  const refusal = () => invalidValue(`"${path}" is to be true or false`)
  if (typeof value === 'string' && /^(true|false)$/i.test(value)) {
    context.tolerate('boolean-as-string', refusal)
    return value.toLowerCase() === 'true'
  }
  throw refusal()
}

function complex(
  attribute: Attribute,
  value: JsonValue,
  context: ValueContext,
  path: string,
): JsonObject | undefined {
  const object = asObject(attribute, value, context, path)
  const given = keysOf(object, attribute.subAttributes ?? [], context, path)
  const accepted: Record<string, JsonValue> = {}
  for (const [sub, subValue] of given) {
    if (sub.mutability === 'readOnly') continue
    const single = acceptValue(sub, subValue, context, `${path}.${sub.name}`)
    if (single !== undefined) accepted[sub.name] = single
  }
  const names = Object.keys(accepted)
  if (names.length === 0) return undefined
  if (!attribute.multiValued && names.length === 1 && accepted.value === '') {
    context.tolerate('empty-manager-removes', () => invalidValue(`"${path}.value" is empty`))
    return undefined
  }
  return accepted
}

// A complex attribute with a `value` may come as that value alone, or in an array.
function asObject(
  attribute: Attribute,
  value: JsonValue,
  context: ValueContext,
  path: string,
): JsonObject {
  if (isObject(value)) return value
  const refusal = () => invalidValue(`"${path}" is to be an object`)
  if (Array.isArray(value)) {
    if (attribute.multiValued || value.length > 1) throw refusal()
    context.tolerate('manager-as-list', refusal)
    return value.length === 0 ? {} : asObject(attribute, value[0] as JsonValue, context, path)
  }
  if (subAttribute(attribute, 'value') === undefined) throw refusal()
  context.tolerate(attribute.multiValued ? 'scalar-member' : 'manager-as-string', refusal)
  return { value: value as JsonValue }
}

/** Pairs the keys of an object with attributes, in the order of the schema; the rest is dropped. */
export function keysOf(
  object: JsonObject,
  attributes: readonly Attribute[],
  context: ValueContext,
  path: string | undefined,
): [Attribute, JsonValue][] {
  const given = new Map(Object.keys(object).map((key) => [key.toLowerCase(), key]))
  const pairs: [Attribute, JsonValue][] = []
  for (const attribute of attributes) {
    const name = attribute.name.toLowerCase()
    const key = given.get(name)
    if (key === undefined) continue
    given.delete(name)
    pairs.push([attribute, object[key] as JsonValue])
  }
  for (const key of given.values()) {
    const full = path === undefined ? key : `${path}.${key}`
    context.tolerate('unknown-attribute', () => invalidValue(`"${full}" is in no schema`))
  }
  return pairs
}
