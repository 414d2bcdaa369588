/**
 * The body of a resource: what a store keeps as JSON text (RFC 7643 §3, design §4).
 *
 * Keys stand in the order of the schemas at every level, and nothing is empty (null, `[]` and `{}`
 * are absence, RFC 7643 §2.5), so that equal bodies are equal texts and an answer needs no sorting. `schemas` comes first and is computed: the core schema and every extension that has a
 * value. `id`, `meta`, edges and attributes that are never returned are not in it.
 *
 * @module
 */

import { invalidValue } from '../errors.ts'
import { isObject, type JsonObject, type JsonValue } from '../json.ts'
import type { Attribute } from '../schema/attribute.ts'
import { idAttribute, metaAttribute, schemasAttribute } from '../schema/core/common.ts'
import type { ResourceType } from '../schema/resource-type.ts'
import type { ValueLimits } from './value.ts'

/** A body under change: top-level attributes, and extensions as objects under their URN. */
export type Body = Record<string, JsonValue>

/** Whether the body is the place for an attribute at the top of a resource. */
export function inBody(type: ResourceType, attribute: Attribute): boolean {
  if (attribute === idAttribute || attribute === metaAttribute) return false
  return attribute.returned !== 'never' && type.edge(attribute.name) === undefined
}

/** Sets keys in schema order, drops what holds no values, and computes `schemas`. */
export function arrange(body: JsonObject, type: ResourceType): Body {
  const arranged: Body = { schemas: [] }
  const urns = [type.schema.id]
  for (const attribute of type.attributes) {
    if (attribute === schemasAttribute) continue
    const value = arrangeValue(attribute, body[attribute.name])
    if (value !== undefined) arranged[attribute.name] = value
  }
  for (const { schema } of type.extensions) {
    const extension = body[schema.id] as JsonObject | undefined
    if (extension === undefined) continue
    const inner = arrangeObject(schema.attributes, extension)
    if (inner === undefined) continue
    arranged[schema.id] = inner
    urns.push(schema.id)
  }
  arranged.schemas = urns
  return arranged
}

/**
 * Refuses a body that lacks a required attribute (RFC 7643 §2.2), whose indexed values are too long
 * to index, or that has too many of them.
 *
 * @throws {ScimError} 400 `invalidValue`
 */
export function requireComplete(body: JsonObject, type: ResourceType, limits: ValueLimits): void {
  for (const attribute of type.attributes) {
    if (attribute.required && inBody(type, attribute)) requireValue(attribute, body, attribute.name)
    requireFew(body[attribute.name], attribute.name, limits)
  }
  for (const { schema, required } of type.extensions) {
    const extension = body[schema.id] as JsonObject | undefined
    if (extension === undefined) {
      if (required) throw invalidValue(`"${schema.id}" is required`)
      continue
    }
    for (const attribute of schema.attributes) {
      const path = `${schema.id}:${attribute.name}`
      if (attribute.required) requireValue(attribute, extension, path)
      requireFew(extension[attribute.name], path, limits)
    }
  }
  for (const path of type.lookups) {
    for (const value of valuesAt(body, path)) {
      if (typeof value === 'string' && value.length > limits.maxIndexedString) {
        throw invalidValue(`"${path}" is longer than ${limits.maxIndexedString} characters`)
      }
    }
  }
}

/** The body as it is stored. @throws {ScimError} 400 `invalidValue` for one that is too long */
export function bodyText(body: JsonObject, type: ResourceType, { maxBody }: ValueLimits): string {
  const text = JSON.stringify(body)
  if (text.length <= maxBody) return text
  throw invalidValue(`"${type.name}" is longer than ${maxBody} characters`)
}

/** @throws {ScimError} 400 `invalidValue` for more values than an attribute may have */
export function requireFew(
  value: JsonValue | undefined,
  path: string,
  { maxValues }: ValueLimits,
): void {
  if (Array.isArray(value) && value.length > maxValues) {
    throw invalidValue(`"${path}" has more than ${maxValues} values`)
  }
}

/** The values at a path in attribute notation without URN: `emails.value` → one for each e-mail. */
export function valuesAt(body: JsonObject, path: string): JsonValue[] {
  const [name = '', sub] = path.split('.')
  const value = body[name]
  if (value === undefined || value === null) return []
  const elements: readonly JsonValue[] = Array.isArray(value) ? value : [value as JsonValue]
  if (sub === undefined) return [...elements]
  return elements
    .map((element) => (element as JsonObject)[sub])
    .filter((found): found is JsonValue => found !== undefined && found !== null)
}

function arrangeObject(attributes: readonly Attribute[], object: JsonObject): Body | undefined {
  const arranged: Body = {}
  for (const attribute of attributes) {
    const value = arrangeValue(attribute, object[attribute.name])
    if (value !== undefined) arranged[attribute.name] = value
  }
  return Object.keys(arranged).length === 0 ? undefined : arranged
}

function arrangeValue(attribute: Attribute, value: JsonValue | undefined): JsonValue | undefined {
  if (value === undefined || value === null) return undefined
  if (Array.isArray(value)) {
    const values = value
      .map((element: JsonValue) => arrangeValue(attribute, element))
      .filter((element) => element !== undefined)
    return values.length === 0 ? undefined : values
  }
  const { subAttributes } = attribute
  if (subAttributes === undefined || !isObject(value)) return value
  return arrangeObject(subAttributes, value)
}

function requireValue(attribute: Attribute, holder: JsonObject, path: string): void {
  const value = holder[attribute.name]
  if (value === undefined || value === '') throw invalidValue(`"${path}" is required`)
}
