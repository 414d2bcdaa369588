/**
 * A resource from a client, as POST and PUT send it (RFC 7644 §3.3, §3.5.1).
 *
 * Out comes what the parts of a store keep apart: the body, the members, and the values that are
 * never returned. Everything readOnly is ignored, everything unknown is dropped.
 *
 * @module
 */

import { invalidSyntax, invalidValue } from '../errors.ts'
import { isObject, type JsonObject, type JsonValue } from '../json.ts'
import { schemasAttribute } from '../schema/core/common.ts'
import type { ResourceType } from '../schema/resource-type.ts'
import { arrange, type Body, inBody, requireComplete } from './body.ts'
import { acceptValue, keysOf, type ValueContext } from './value.ts'

/** What a client wants a resource to be. */
export interface Accepted {
  readonly body: JsonObject
  /** Edge attributes that were given, by name; an absent one was not mentioned. */
  readonly edges: Readonly<Record<string, readonly JsonObject[]>>
  /** Values of attributes that are never returned, in plain text: to be hashed, never stored. */
  readonly secrets: Readonly<Record<string, string>>
}

/** @throws {ScimError} 400 `invalidSyntax` or `invalidValue` */
export function acceptResource(
  input: JsonValue,
  type: ResourceType,
  context: ValueContext,
): Accepted {
  if (!isObject(input)) throw invalidSyntax('The body is to be a JSON object')
  const { own, extensions } = separate(input, type)
  checkSchemas(own, extensions, type, context)
  const body: Body = {}
  const edges: Record<string, readonly JsonObject[]> = {}
  const secrets: Record<string, string> = {}
  for (const [attribute, value] of keysOf(own, type.attributes, context, undefined)) {
    if (attribute === schemasAttribute || attribute.mutability === 'readOnly') continue
    const accepted = acceptValue(attribute, value, context)
    if (type.edge(attribute.name) !== undefined) {
      edges[attribute.name] = (accepted ?? []) as readonly JsonObject[]
    } else if (accepted === undefined) {
    } else if (inBody(type, attribute)) {
      body[attribute.name] = accepted
    } else {
      secrets[attribute.name] = accepted as string
    }
  }
  for (const [urn, value] of extensions) body[urn] = acceptExtension(urn, value, type, context)
  const arranged = arrange(body, type)
  requireComplete(arranged, type, context.limits)
  return { body: arranged, edges, secrets }
}

/** The attributes of one extension, as the object under its URN (RFC 7643 §3.3). */
export function acceptExtension(
  urn: string,
  value: JsonValue,
  type: ResourceType,
  context: ValueContext,
): JsonObject {
  if (value === null) return {}
  if (!isObject(value)) throw invalidValue(`"${urn}" is to be an object`)
  const accepted: Body = {}
  const attributes = type.extension(urn)?.attributes ?? []
  for (const [attribute, given] of keysOf(value, attributes, context, urn)) {
    if (attribute.mutability === 'readOnly') continue
    const single = acceptValue(attribute, given, context, `${urn}:${attribute.name}`)
    if (single !== undefined) accepted[attribute.name] = single
  }
  return accepted
}

// Splits off the keys that are URNs of extensions of this type, in the schema's own spelling.
function separate(input: JsonObject, type: ResourceType) {
  const own: Body = {}
  const extensions = new Map<string, JsonValue>()
  for (const [key, value] of Object.entries(input)) {
    // No other name has a colon in it.
    const extension = key.includes(':') ? type.extension(key) : undefined
    if (extension === undefined) own[key] = value
    else extensions.set(extension.id, value)
  }
  return { own, extensions }
}

function checkSchemas(
  own: JsonObject,
  extensions: ReadonlyMap<string, JsonValue>,
  type: ResourceType,
  { tolerate }: ValueContext,
): void {
  const key = Object.keys(own).find((name) => name.toLowerCase() === 'schemas')
  const listed = key === undefined ? undefined : own[key]
  if (!Array.isArray(listed) || !listed.every((urn) => typeof urn === 'string')) {
    const wrong = () => invalidSyntax('"schemas" is to be an array of schema URNs')
    if (listed !== undefined && listed !== null) throw wrong()
    tolerate('missing-schemas', wrong)
    return
  }
  const urns = new Set((listed as readonly string[]).map((urn) => urn.toLowerCase()))
  if (!urns.delete(type.schema.id.toLowerCase())) {
    tolerate('missing-schemas', () =>
      invalidValue(`"schemas" does not name ${type.schema.id}, which this endpoint takes`),
    )
  }
  for (const urn of extensions.keys()) {
    if (!urns.has(urn.toLowerCase())) {
      tolerate('unlisted-extension', () => invalidValue(`"schemas" does not name ${urn}`))
    }
  }
  for (const urn of urns) {
    if (type.extension(urn) === undefined) {
      tolerate('foreign-schemas', () => invalidValue(`"schemas" names ${urn}, unknown here`))
    }
  }
}
