/**
 * Attribute definitions: the characteristics of RFC 7643 §2 in the wire shape of §7.
 *
 * A definition is data. What `/Schemas` answers and what the engine reads are the same objects, so
 * a discovery document can never claim what the service does not do.
 *
 * @module
 */

/** The data types of RFC 7643 §2.3. */
export type DataType =
  | 'string'
  | 'boolean'
  | 'decimal'
  | 'integer'
  | 'dateTime'
  | 'binary'
  | 'reference'
  | 'complex'

/** Who may write an attribute, and when (RFC 7643 §7). */
export type Mutability = 'readOnly' | 'readWrite' | 'immutable' | 'writeOnly'

/** When an attribute is in an answer (RFC 7643 §7). */
export type Returned = 'always' | 'never' | 'default' | 'request'

/** Within which bounds a value may occur only once (RFC 7643 §7). */
export type Uniqueness = 'none' | 'server' | 'global'

/** One attribute or sub-attribute of a schema (RFC 7643 §7). */
export interface Attribute {
  readonly name: string
  readonly type: DataType
  readonly multiValued: boolean
  readonly description: string
  readonly required: boolean
  /** Suggestions, shown in `/Schemas` and never enforced. */
  readonly canonicalValues?: readonly string[]
  readonly caseExact: boolean
  readonly mutability: Mutability
  readonly returned: Returned
  readonly uniqueness: Uniqueness
  readonly referenceTypes?: readonly string[]
  /** Present exactly when `type` is `complex`. */
  readonly subAttributes?: readonly Attribute[]
}

/** The characteristics that matter for an attribute; the rest take the defaults of RFC 7643 §2.2. */
export type AttributeInput = Pick<Attribute, 'name'> &
  Partial<Omit<Attribute, 'name' | 'subAttributes'>> & {
    readonly subAttributes?: readonly AttributeInput[]
  }

/**
 * Fills in the defaults of RFC 7643 §2.2: an optional, single-valued, case-insensitive string that
 * clients may read and write, is returned by default and need not be unique.
 */
export function attribute(input: AttributeInput): Attribute {
  const { name, subAttributes, canonicalValues, referenceTypes, ...rest } = input
  return Object.freeze({
    name,
    type: subAttributes === undefined ? 'string' : 'complex',
    multiValued: false,
    description: '',
    required: false,
    ...(canonicalValues === undefined ? {} : { canonicalValues }),
    // References are case-exact by definition (RFC 7643 §2.3.7), as is binary (§2.3.6).
    caseExact: input.type === 'reference' || input.type === 'binary',
    mutability: 'readWrite',
    returned: 'default',
    uniqueness: 'none',
    ...(referenceTypes === undefined ? {} : { referenceTypes }),
    ...rest,
    ...(subAttributes === undefined ? {} : { subAttributes: subAttributes.map(attribute) }),
  } satisfies Attribute)
}

/** The sub-attribute of a complex attribute by name, case ignored (RFC 7643 §2.1). */
export function subAttribute(parent: Attribute, name: string): Attribute | undefined {
  const wanted = name.toLowerCase()
  return parent.subAttributes?.find((candidate) => candidate.name.toLowerCase() === wanted)
}
