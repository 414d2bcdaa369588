/**
 * Resource types (RFC 7643 §6): an endpoint, its schema, its extensions, and what the engine must
 * know of the type beyond the wire: which attributes are edges, and which have a lookup.
 *
 * @module
 */

import { type Attribute, subAttribute } from './attribute.ts'
import { commonAttributes } from './core/common.ts'
import type { Schema } from './schema.ts'

/**
 * An attribute that is not in the body but is read from edges (decisions/002): `Group.members`
 * from the owner's side, `User.groups` from the member's side.
 */
export interface EdgeAttribute {
  readonly attribute: string
  /** Which end of the edge this resource is. */
  readonly side: 'owner' | 'member'
  /** Names of the resource types that may stand at the other end. */
  readonly types: readonly string[]
}

/** What defines a resource type; {@link resourceType} compiles it. */
export interface ResourceTypeInput {
  readonly name: string
  /** Relative to the base URL: `/Users`. */
  readonly endpoint: string
  readonly description: string
  readonly schema: Schema
  readonly extensions?: readonly { readonly schema: Schema; readonly required: boolean }[]
  readonly edges?: readonly EdgeAttribute[]
  /** Paths a filter must find fast, in attribute notation: `name.familyName`, `emails.value`. */
  readonly lookups?: readonly string[]
  /** DELETE keeps the record, suspended (design §6), under the value of this unique attribute. */
  readonly suspendBy?: string
  /** The attributes tried in turn for a human name, which others show as `display`. */
  readonly label: readonly string[]
}

/** A resource type as the engine reads it. */
export interface ResourceType extends ResourceTypeInput {
  readonly extensions: readonly { readonly schema: Schema; readonly required: boolean }[]
  readonly edges: readonly EdgeAttribute[]
  readonly lookups: readonly string[]
  /** Common attributes (RFC 7643 §3.1) followed by those of the core schema. */
  readonly attributes: readonly Attribute[]
  /**
   * The attribute of a name, case ignored. Without `urn` (or with the core schema's) the common and
   * core attributes are meant; with an extension's URN, that extension's.
   */
  attribute(name: string, urn?: string): Attribute | undefined
  /** The extension of a URN, case ignored; the core schema is none. */
  extension(urn: string): Schema | undefined
  /** The edge an attribute of that name is read from. */
  edge(name: string): EdgeAttribute | undefined
}

/** Compiles a definition. Throws when it contradicts itself; that is a fault of its author. */
export function resourceType(input: ResourceTypeInput): ResourceType {
  const attributes = [...commonAttributes, ...input.schema.attributes]
  const core = byName(attributes)
  const extensions = input.extensions ?? []
  const named = new Map(
    extensions.map(({ schema }) => [
      schema.id.toLowerCase(),
      { schema, attributes: byName(schema.attributes) },
    ]),
  )
  const edges = new Map((input.edges ?? []).map((edge) => [edge.attribute.toLowerCase(), edge]))
  const coreUrn = input.schema.id.toLowerCase()
  return Object.freeze({
    ...input,
    extensions,
    edges: input.edges ?? [],
    lookups: input.lookups ?? [],
    attributes,
    attribute(name: string, urn?: string) {
      const key = urn?.toLowerCase()
      if (key === undefined || key === coreUrn) return core.get(name.toLowerCase())
      return named.get(key)?.attributes.get(name.toLowerCase())
    },
    extension: (urn: string) => named.get(urn.toLowerCase())?.schema,
    edge: (name: string) => edges.get(name.toLowerCase()),
  })
}

/** The default sub-attribute of a multi-valued complex attribute: its `value` (RFC 7643 §2.4). */
export function defaultSubAttribute(parent: Attribute): Attribute | undefined {
  return subAttribute(parent, 'value')
}

function byName(attributes: readonly Attribute[]): Map<string, Attribute> {
  const map = new Map<string, Attribute>()
  for (const attribute of attributes) {
    const key = attribute.name.toLowerCase()
    if (map.has(key)) throw new Error(`attribute "${attribute.name}" is defined twice`)
    map.set(key, attribute)
  }
  return map
}
