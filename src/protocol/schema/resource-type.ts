/**
 * Resource types (RFC 7643 §6): an endpoint, its schema, its extensions, and what the engine must
 * know of the type beyond the wire: which attributes are edges, and which have a lookup.
 *
 * @module
 */

import { type Attribute, byName, subAttribute } from './attribute.ts'
import { commonAttributes, idAttribute, metaAttribute } from './core/common.ts'
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

/** A path of {@link ResourceTypeInput.lookups}, resolved. */
export interface LookupPath {
  readonly path: string
  readonly attribute: Attribute
  readonly sub?: Attribute
}

/** A resource type as the engine reads it. */
export interface ResourceType extends ResourceTypeInput {
  readonly extensions: readonly { readonly schema: Schema; readonly required: boolean }[]
  readonly edges: readonly EdgeAttribute[]
  readonly lookups: readonly string[]
  readonly lookupPaths: readonly LookupPath[]
  /** Common attributes (RFC 7643 §3.1) followed by those of the core schema. */
  readonly attributes: readonly Attribute[]
  /** Those of them whose place is the body (design §4): see {@link resourceType}. */
  readonly inBody: ReadonlySet<Attribute>
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
  // `id` and `meta` are the record's, edges lie in rows, and secrets apart.
  const isInBody = (one: Attribute) =>
    one !== idAttribute &&
    one !== metaAttribute &&
    one.returned !== 'never' &&
    !edges.has(one.name.toLowerCase())
  const lookupPath = (path: string): LookupPath => {
    const [name = '', subName] = path.split('.')
    const attribute = core.get(name.toLowerCase())
    const sub = attribute && subName !== undefined ? subAttribute(attribute, subName) : undefined
    if (attribute === undefined || (subName !== undefined && sub === undefined)) {
      throw new Error(`lookup "${path}" is no attribute of ${input.name}`)
    }
    return sub === undefined ? { path, attribute } : { path, attribute, sub }
  }
  return Object.freeze({
    ...input,
    extensions,
    edges: input.edges ?? [],
    lookups: input.lookups ?? [],
    lookupPaths: (input.lookups ?? []).map(lookupPath),
    attributes,
    inBody: new Set(attributes.filter(isInBody)),
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
