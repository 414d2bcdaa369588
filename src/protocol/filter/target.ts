/**
 * Attribute notation → attribute (RFC 7644 §3.10): a name means what the resource type says.
 *
 * Names are looked up in schemas and nowhere else, without regard to case (RFC 7643 §2.1), so that
 * `toString` and `constructor` are names nobody has. The core schema's URN may stand before its
 * attributes and the common ones and means nothing more than its absence.
 *
 * @module
 */

import type { ScimError } from '../errors.ts'
import type { Tolerance } from '../quirks.ts'
import { type Attribute, subAttribute } from '../schema/attribute.ts'
import type { ResourceType } from '../schema/resource-type.ts'
import type { Schema } from '../schema/schema.ts'
import type { AttributePath } from './ast.ts'
import type { Place, Target } from './bound.ts'
import { printPath } from './print.ts'

/** Makes the refusal; whoever asks knows the `scimType`. */
export type Fail = (detail: string) => ScimError

/**
 * What a path means to a resource type, or `undefined` when it names nothing. Secrets are found as
 * well (`returned: never`), and no default sub-attribute is added.
 */
export function resolveTarget(path: AttributePath, type: ResourceType): Target | undefined {
  const attribute = type.attribute(path.attribute, path.urn)
  if (attribute === undefined) return undefined
  const extension = path.urn === undefined ? undefined : type.extension(path.urn)
  const target: Target =
    extension === undefined
      ? { place: placeOf(attribute, type), attribute }
      : { place: { kind: 'body' }, urn: extension.id, attribute }
  if (path.sub === undefined) return target
  const sub = subAttribute(attribute, path.sub)
  return sub && { ...target, sub }
}

/**
 * The attribute a filter or `sortBy` speaks of. Refuses unknown names, and attributes that are never
 * returned: their order and their matches would give them away.
 */
export function bindTarget(path: AttributePath, type: ResourceType, fail: Fail): Target {
  const target = resolveTarget(path, type)
  if (target === undefined) throw fail(unknown(path, type))
  refuseSecret(target.attribute, path, fail)
  if (target.sub !== undefined) refuseSecret(target.sub, path, fail)
  return target
}

/** Refuses an attribute that is never returned. */
export function refuseSecret(attribute: Attribute, path: AttributePath, fail: Fail): void {
  if (attribute.returned === 'never') throw fail(`"${printPath(path)}" cannot be searched`)
}

/** The schema, core or extension, whose URN the path is and nothing else. */
export function schemaOf(path: AttributePath, type: ResourceType): Schema | undefined {
  if (path.urn === undefined) return undefined
  const urn = printPath(path)
  const isCore = urn.toLowerCase() === type.schema.id.toLowerCase()
  return isCore ? type.schema : type.extension(urn)
}

/**
 * The path in the RFC's spelling where a client has its own: `manager` for the one extension that
 * has it, `urn:…:User.manager` for `urn:…:User:manager`. Other paths come back as they are.
 */
export function straighten(
  path: AttributePath,
  type: ResourceType,
  tolerate: Tolerance,
  fail: Fail,
): AttributePath {
  const { urn, attribute, sub } = path
  if (type.attribute(attribute, urn) !== undefined) return path
  const refusal = () => fail(unknown(path, type))
  if (urn === undefined) {
    const [only, another] = type.extensions.filter(
      ({ schema }) => type.attribute(attribute, schema.id) !== undefined,
    )
    if (only === undefined || another !== undefined) return path
    tolerate('unqualified-extension-attribute', refusal)
    return { ...path, urn: only.schema.id }
  }
  const schema = sub === undefined ? undefined : schemaOf({ urn, attribute }, type)
  if (sub === undefined || schema === undefined) return path
  tolerate('dot-after-urn', refusal)
  return { urn: schema.id, attribute: sub }
}

/** The message about a name that no schema has; one that an extension has is to be written with its URN. */
export function unknown(path: AttributePath, type: ResourceType): string {
  const known =
    path.urn === undefined &&
    type.extensions.find(({ schema }) => type.attribute(path.attribute, schema.id) !== undefined)
  const hint = known ? `: write "${printPath({ ...path, urn: known.schema.id })}"` : ''
  return `"${printPath(path)}" is not an attribute of ${type.name}${hint}`
}

function placeOf(attribute: Attribute, type: ResourceType): Place {
  const edge = type.edge(attribute.name)
  if (edge !== undefined) return { kind: 'edge', edge }
  if (attribute.name === 'id' || attribute.name === 'meta') return { kind: attribute.name }
  return { kind: 'body' }
}
