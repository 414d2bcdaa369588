/**
 * A PATCH on a resource (RFC 7644 §3.5.2): the body before and the operations in, the body after
 * out, together with steps on members and the secrets that were set.
 *
 * Pure: it may run again when a store has to try a transaction a second time. Operations apply in
 * order, each to what the one before left, and the first that fails ends all.
 *
 * @module
 */

import { invalidValue, mutability, ScimError } from '../errors.ts'
import { termsOf } from '../filter/terms.ts'
import { isObject, type JsonObject, type JsonValue } from '../json.ts'
import { arrange, type Body, inBody, requireComplete, requireFew } from '../resource/body.ts'
import type { ValueLimits } from '../resource/value.ts'
import type { Attribute } from '../schema/attribute.ts'
import type { ResourceType } from '../schema/resource-type.ts'
import { add } from './add.ts'
import { type MemberStep, memberSteps } from './members.ts'
import type { BoundOperation } from './operation.ts'
import { remove } from './remove.ts'
import { replace } from './replace.ts'
import { type PatchContext, slotOf, valuesOf } from './slot.ts'

export interface Patched {
  readonly body: JsonObject
  readonly members: readonly MemberStep[]
  /** Attributes that are never returned, as given; `null` takes one away. */
  readonly secrets: Readonly<Record<string, string | null>>
}

/**
 * @param body The current body; it is taken over and changed.
 * @throws {ScimError} 400 with the `scimType` of the first operation that fails; 413 `tooMany`
 */
export function applyPatch(
  body: JsonObject,
  operations: readonly BoundOperation[],
  type: ResourceType,
  context: PatchContext,
): Patched {
  const changed = body as Body
  const members: MemberStep[] = []
  const secrets: Record<string, string | null> = {}
  let looks = 0
  const step = (operation: BoundOperation): void => {
    const slot = slotOf(changed, operation)
    looks += sizeOf(valuesOf(slot)) * asked(operation)
    if (looks > context.limits.maxLooks) throw tooMuch(context.limits)
    STEPS[operation.op](slot, operation, context)
    requireFew(slot.holder[slot.attribute.name], operation.path, context.limits)
  }
  for (const operation of operations) {
    const { attribute } = operation.target
    if (attribute === undefined) applyToExtension(changed, operation, type, context, step)
    else if (operation.target.urn !== undefined || inBody(type, attribute)) step(operation)
    else if (type.edge(attribute.name) !== undefined) {
      members.push(...memberSteps(operation, context))
    } else {
      secrets[attribute.name] = secretOf(attribute, operation)
    }
  }
  const arranged = arrange(changed, type)
  requireComplete(arranged, type, context.limits)
  return { body: arranged, members, secrets }
}

const STEPS = { add, remove, replace }

/** How often an operation asks something of each value. */
const asked = ({ target: { filter } }: BoundOperation) =>
  filter === undefined ? 1 : termsOf(filter)

/** So many characters take as long to look at as a value. */
const CHARACTERS = 100

/** How many values these are, a long one being several. */
const sizeOf = (values: readonly JsonValue[]) =>
  values.reduce<number>((sum, value) => {
    const parts = isObject(value) ? Object.values(value) : [value]
    const lengths = parts.map((part) => (typeof part === 'string' ? part.length : 0))
    return sum + 1 + Math.floor(Math.max(0, ...lengths) / CHARACTERS)
  }, 0)

const tooMuch = ({ maxLooks }: ValueLimits) =>
  new ScimError(413, 'tooMany', `More than ${maxLooks} values are looked at by the operations`)

/** An extension as a whole (a path that is only its URN): each of its attributes in turn. */
function applyToExtension(
  body: Body,
  operation: BoundOperation,
  type: ResourceType,
  context: PatchContext,
  step: (operation: BoundOperation) => void,
): void {
  const { op, path, value, target } = operation
  const schema = type.extension(target.urn as string)
  if (schema === undefined) return
  if (op === 'remove' || value === null) {
    for (const { name, required, mutability: rule } of schema.attributes) {
      if (required || rule === 'immutable') throw mutability(`"${path}:${name}" cannot be removed`)
    }
    delete body[schema.id]
    return
  }
  if (!isObject(value)) throw invalidValue(`"${path}" takes an object`)
  const given = new Map(Object.entries(value).map(([key, one]) => [key.toLowerCase(), one]))
  for (const attribute of schema.attributes) {
    const one = given.get(attribute.name.toLowerCase())
    given.delete(attribute.name.toLowerCase())
    if (one === undefined || attribute.mutability === 'readOnly') continue
    step({
      op,
      path: `${path}:${attribute.name}`,
      target: { ...target, attribute },
      value: one,
    })
  }
  for (const key of given.keys()) {
    context.tolerate('unknown-attribute', () => invalidValue(`"${path}:${key}" is in no schema`))
  }
}

function secretOf(attribute: Attribute, { op, value, path }: BoundOperation): string | null {
  if (op === 'remove' || value === null) return null
  return requireText(value as JsonValue, path, attribute)
}

function requireText(value: JsonValue, path: string, attribute: Attribute): string {
  if (typeof value === 'string' && value !== '') return value
  throw invalidValue(`"${path}" is to be a ${attribute.type}`)
}
