/**
 * PATCH operations bound to the schema (RFC 7644 §3.5.2).
 *
 * An operation without a path becomes one operation for each attribute of its value, so that
 * everything after this knows a single kind: an attribute, perhaps a filter, perhaps a
 * sub-attribute, and a value. Names resolve through the schema and through nothing else.
 *
 * @module
 */

import { invalidPath, mutability } from '../errors.ts'
import type { Filter } from '../filter/ast.ts'
import { type BoundPatchPath, bindPatchPath } from '../filter/bind.ts'
import { type FilterLimits, filterLimits } from '../filter/options.ts'
import { parsePatchPath } from '../filter/path.ts'
import { isObject, type JsonObject, type JsonValue } from '../json.ts'
import type { Tolerance } from '../quirks.ts'
import type { Attribute } from '../schema/attribute.ts'
import type { ResourceType } from '../schema/resource-type.ts'
import type { PatchOperation } from './message.ts'

/** One operation on one attribute, or on all of an extension. */
export interface BoundOperation {
  readonly op: 'add' | 'remove' | 'replace'
  /** How messages call the target: the path or key as the client spelled it. */
  readonly path: string
  readonly target: BoundPatchPath
  /** The filter in brackets as it was parsed; where it matches nothing, a value is made of it. */
  readonly selector?: Filter
  readonly value?: JsonValue
}

export interface BindContext {
  readonly tolerate: Tolerance
  readonly limits: FilterLimits
}

/**
 * @param id The id of the resource to be changed.
 * @throws {ScimError} 400 `invalidPath`, `invalidFilter` or `mutability`
 */
export function bindOperations(
  operations: readonly PatchOperation[],
  type: ResourceType,
  id: string,
  context: BindContext = { tolerate: () => undefined, limits: filterLimits },
): BoundOperation[] {
  return operations.flatMap((operation) =>
    operation.path === undefined
      ? bindPathless(operation, type, id, context)
      : bindOne(operation.op, operation.path, operation.value, type, context),
  )
}

function bindOne(
  op: BoundOperation['op'],
  path: string,
  value: JsonValue | undefined,
  type: ResourceType,
  context: BindContext,
): BoundOperation[] {
  // `schemas` follows from what the resource holds; setting it changes nothing (§3.5.2).
  if (path.toLowerCase() === 'schemas') return []
  const parsed = parsePatchPath(path, context)
  const target = bindPatchPath(parsed, type, context.tolerate)
  if (target.attribute === undefined && target.urn === type.schema.id) {
    // The core schema as a whole is the resource itself.
    if (op === 'remove' || !isObject(value)) throw invalidPath(`"${path}" is not an attribute`)
    return Object.entries(value).flatMap(([key, one]) => bindOne(op, key, one, type, context))
  }
  requireWritable(target.attribute, path)
  requireWritable(target.sub, path)
  return [
    {
      op,
      path,
      target,
      ...(parsed.filter === undefined ? {} : { selector: parsed.filter }),
      ...(value === undefined ? {} : { value }),
    },
  ]
}

function bindPathless(
  operation: PatchOperation,
  type: ResourceType,
  id: string,
  context: BindContext,
): BoundOperation[] {
  return Object.entries(operation.value as JsonObject).flatMap(([key, value]) => {
    if (key.toLowerCase() === 'id') {
      const refusal = () => mutability('"id" is readOnly')
      if (value !== id) throw refusal()
      context.tolerate('id-in-patch-value', refusal)
      return []
    }
    const bound = bindOne(operation.op, key, value, type, context)
    const { sub, urn, attribute, filter } = bound[0]?.target ?? {}
    if (sub !== undefined || filter !== undefined) {
      context.tolerate('dotted-keys', () => invalidPath(`"${key}" is a path, not an attribute`))
    } else if (urn !== undefined && attribute !== undefined && key.includes(':')) {
      context.tolerate('urn-keys-in-value', () => invalidPath(`"${key}" is not an attribute`))
    }
    return bound
  })
}

function requireWritable(attribute: Attribute | undefined, path: string): void {
  if (attribute?.mutability === 'readOnly') {
    throw mutability(`"${path}" is readOnly`)
  }
}
