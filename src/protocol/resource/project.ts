/**
 * Projection: which attributes an answer has (RFC 7644 §3.4.2.5, §3.9; `returned`, RFC 7643 §7).
 *
 * A projection is compiled once for a request. Most of them need nothing done: without parameters,
 * and where only edges are excluded, resources stay text. Names that mean nothing are ignored, as
 * one list is often sent for several resource types.
 *
 * @module
 */

import { invalidValue } from '../errors.ts'
import type { AttributePath } from '../filter/ast.ts'
import { filterLimits } from '../filter/options.ts'
import { parsePatchPath } from '../filter/path.ts'
import { resolveTarget, schemaOf } from '../filter/target.ts'
import { isObject, type JsonObject, type JsonValue } from '../json.ts'
import { tolerant } from '../quirks.ts'
import type { Attribute } from '../schema/attribute.ts'
import type { ResourceType } from '../schema/resource-type.ts'

export interface Projection {
  /** The edge attributes to read. */
  readonly edges: readonly string[]
  /** What to do to a parsed representation; `undefined` when the text can stay as it is. */
  readonly apply?: (resource: JsonObject) => JsonObject
}

export interface ProjectionRequest {
  readonly attributes: readonly string[]
  readonly excludedAttributes: readonly string[]
}

/** @throws {ScimError} 400 `invalidValue` when both lists are given; §3.9 has them exclude each other */
export function projection(type: ResourceType, request: ProjectionRequest): Projection {
  const { attributes, excludedAttributes } = request
  if (attributes.length === 0 && excludedAttributes.length === 0) return wholeOf(type)
  if (attributes.length > 0 && excludedAttributes.length > 0) {
    throw invalidValue('"attributes" and "excludedAttributes" exclude each other (§3.9)')
  }
  const named = selection(type, attributes.length > 0 ? attributes : excludedAttributes)
  return compiled(type, named, attributes.length > 0)
}

// Most requests name nothing.
const whole = new WeakMap<ResourceType, Projection>()
function wholeOf(type: ResourceType): Projection {
  const known = whole.get(type) ?? compiled(type, NOTHING, false)
  whole.set(type, known)
  return known
}

function compiled(type: ResourceType, named: SelectionMap, wanted: boolean): Projection {
  const edges = type.edges
    .map((edge) => edge.attribute)
    .filter((name) => {
      const attribute = type.attribute(name)
      return attribute !== undefined && isReturned(attribute, named.get(name), wanted)
    })
  const edgesOnly = [...named.entries()].every(
    ([name, one]) => one === WHOLE && type.edge(name) !== undefined,
  )
  if (!wanted && edgesOnly && !hasRequestOnly(type)) return { edges }
  return { edges, apply: (resource) => project(resource, type, named, wanted) }
}

/** What a list of paths names, as a tree over the keys of a representation. */
type Selection = typeof WHOLE | SelectionMap
type SelectionMap = Map<string, Selection>
const WHOLE = 'whole'
const NOTHING: SelectionMap = new Map()

function selection(type: ResourceType, paths: readonly string[]): SelectionMap {
  const named: SelectionMap = new Map()
  for (const text of paths) {
    const path = pathOf(text)
    if (path === undefined) continue
    const schema = schemaOf(path, type)
    if (schema !== undefined) {
      const whole = schema === type.schema ? schema.attributes.map(({ name }) => name) : [schema.id]
      for (const key of whole) named.set(key, WHOLE)
      continue
    }
    const target = resolveTarget(path, type)
    if (target === undefined) continue
    const keys = [target.urn, target.attribute.name, target.sub?.name]
    plant(
      named,
      keys.filter((key) => key !== undefined),
    )
  }
  return named
}

function plant(tree: SelectionMap, [key = '', ...rest]: readonly string[]): void {
  if (rest.length === 0) tree.set(key, WHOLE)
  const branch = tree.get(key) ?? new Map<string, Selection>()
  if (branch === WHOLE) return
  tree.set(key, branch)
  plant(branch, rest)
}

// Entra's samples ask for `emails[type eq "work"]`; the values are not selected, the attribute is.
function pathOf(text: string): AttributePath | undefined {
  try {
    const { path, sub } = parsePatchPath(text, { tolerate: tolerant(), limits: filterLimits })
    return sub === undefined ? path : { ...path, sub }
  } catch {
    return undefined
  }
}

function project(
  resource: JsonObject,
  type: ResourceType,
  named: SelectionMap,
  wanted: boolean,
): JsonObject {
  const projected = projectObject(resource, type.attributes, named, wanted)
  for (const { schema } of type.extensions) {
    const extension = resource[schema.id]
    const branch = named.get(schema.id)
    if (!isObject(extension) || (branch === WHOLE && !wanted)) continue
    const inner = projectObject(
      extension,
      schema.attributes,
      branch === WHOLE ? NOTHING : (branch ?? NOTHING),
      wanted && branch !== WHOLE,
    )
    if (Object.keys(inner).length > 0) projected[schema.id] = inner
  }
  // `meta` stands last in every representation.
  const { meta, ...rest } = projected
  return meta === undefined ? rest : { ...rest, meta }
}

function projectObject(
  object: JsonObject,
  attributes: readonly Attribute[],
  named: SelectionMap,
  wanted: boolean,
): Record<string, JsonValue> {
  const projected: Record<string, JsonValue> = {}
  for (const attribute of attributes) {
    const value = object[attribute.name]
    const branch = named.get(attribute.name)
    if (value === undefined || !isReturned(attribute, branch, wanted)) continue
    projected[attribute.name] = projectValue(attribute, value, branch, wanted)
  }
  return projected
}

function projectValue(
  attribute: Attribute,
  value: JsonValue,
  branch: Selection | undefined,
  wanted: boolean,
): JsonValue {
  const { subAttributes } = attribute
  if (Array.isArray(value)) {
    return value.map((element) => projectValue(attribute, element, branch, wanted))
  }
  if (subAttributes === undefined || !isObject(value)) return value
  // Naming a complex attribute names all that it returns by default.
  const whole = branch === undefined || branch === WHOLE
  return projectObject(value, subAttributes, whole ? NOTHING : branch, wanted && !whole)
}

/** `returned` (RFC 7643 §7) against a selection. One of which only parts are excluded stays. */
function isReturned(attribute: Attribute, branch: Selection | undefined, wanted: boolean): boolean {
  switch (attribute.returned) {
    case 'always':
      return true
    case 'never':
      return false
    case 'request':
      return wanted && branch !== undefined
    case 'default':
      return wanted ? branch !== undefined : branch !== WHOLE
    default:
      return attribute.returned satisfies never
  }
}

/** Whether a type has attributes that are returned only on request. */
function hasRequestOnly(type: ResourceType): boolean {
  const requestOnly = ({ returned, subAttributes }: Attribute): boolean =>
    returned === 'request' || (subAttributes?.some(requestOnly) ?? false)
  const extended = type.extensions.flatMap(({ schema }) => schema.attributes)
  return [...type.attributes, ...extended].some(requestOnly)
}
