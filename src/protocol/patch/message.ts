/**
 * The PATCH message (RFC 7644 §3.5.2): a list of operations, not yet bound to attributes.
 *
 * Names of members are read without regard to letter case, as all attribute names are.
 *
 * @module
 */

import { invalidPath, invalidSyntax, invalidValue, noTarget, ScimError } from '../errors.ts'
import { isObject, type JsonObject, type JsonValue } from '../json.ts'
import type { Tolerance } from '../quirks.ts'
import { PATCH_OP } from '../urn.ts'

export interface PatchOperation {
  readonly op: 'add' | 'remove' | 'replace'
  /** Absent when the operation is on the resource itself. */
  readonly path?: string
  /** Absent when none was given; `null` when null was. */
  readonly value?: JsonValue
}

export interface PatchLimits {
  /** Operations in one message; each of them is worked through while the resource is locked. */
  readonly maxOperations: number
}

export const patchLimits: PatchLimits = { maxOperations: 1_000 }

/** @throws {ScimError} 400 `invalidSyntax`, `invalidPath`, `invalidValue` or `noTarget`; 413 */
export function parsePatch(
  input: JsonValue,
  tolerate: Tolerance,
  limits: PatchLimits = patchLimits,
): PatchOperation[] {
  if (!isObject(input)) throw invalidSyntax('The body is to be a JSON object')
  const message = lowerKeys(input)
  const schemas = message.schemas
  if (!Array.isArray(schemas) || !schemas.some((urn) => sameUrn(urn, PATCH_OP))) {
    tolerate('missing-schemas', () => invalidSyntax(`"schemas" does not name ${PATCH_OP}`))
  }
  const operations = message.operations
  if (!Array.isArray(operations)) throw invalidSyntax('"Operations" is to be an array')
  if (operations.length === 0) {
    tolerate('empty-operations', () => invalidSyntax('"Operations" is empty'))
  }
  if (operations.length > limits.maxOperations) {
    throw new ScimError(413, 'tooMany', `More than ${limits.maxOperations} operations`)
  }
  return operations.map((operation: JsonValue) => parseOperation(operation, tolerate))
}

function parseOperation(input: JsonValue, tolerate: Tolerance): PatchOperation {
  if (!isObject(input)) throw invalidSyntax('An operation is to be a JSON object')
  const { op: name, path: given, value } = lowerKeys(input)
  const op = parseOp(name, tolerate)
  const path = given === null || given === '' ? undefined : given
  if (path === undefined && given !== undefined) {
    tolerate('empty-path', () => invalidPath('"path" is empty'))
  }
  if (path !== undefined && typeof path !== 'string') {
    throw invalidPath('"path" is to be a string')
  }
  if (op === 'remove' && path === undefined) throw noTarget('"remove" needs a "path" (§3.5.2.2)')
  if (op !== 'remove' && value === undefined) throw invalidValue(`"${op}" needs a "value"`)
  if (path === undefined && !isObject(value)) {
    throw invalidValue(`"${op}" without a "path" takes an object of attributes as its "value"`)
  }
  return {
    op,
    ...(path === undefined ? {} : { path }),
    ...(value === undefined ? {} : { value }),
  }
}

function parseOp(name: JsonValue | undefined, tolerate: Tolerance): PatchOperation['op'] {
  const refusal = () => invalidSyntax('"op" is to be "add", "remove" or "replace"')
  if (typeof name !== 'string') throw refusal()
  const op = name.toLowerCase()
  if (op !== 'add' && op !== 'remove' && op !== 'replace') throw refusal()
  if (op !== name) tolerate('op-capitalised', refusal)
  return op
}

function sameUrn(urn: JsonValue, expected: string): boolean {
  return typeof urn === 'string' && urn.toLowerCase() === expected.toLowerCase()
}

function lowerKeys(object: JsonObject): Record<string, JsonValue | undefined> {
  return Object.fromEntries(
    Object.entries(object).map(([key, value]) => [key.toLowerCase(), value]),
  )
}
