/**
 * The shape most multi-valued attributes share: `value`, `display`, `type`, `primary`
 * (RFC 7643 §2.4).
 *
 * @module
 */

import type { AttributeInput } from '../attribute.ts'

/** What one multi-valued attribute has of its own. */
export interface PluralInput {
  readonly name: string
  readonly description: string
  /** What `value` is, beside being named so. */
  readonly value: Omit<AttributeInput, 'name'>
  /** Suggested labels for `type`. */
  readonly types?: readonly string[]
}

/** The sub-attribute that marks the preferred value; at most one value has it (RFC 7643 §2.4). */
export const primarySubAttribute: AttributeInput = {
  name: 'primary',
  type: 'boolean',
  description: 'Whether this is the preferred value; true for one value at most.',
}

/** A multi-valued attribute with the sub-attributes of RFC 7643 §2.4, save `$ref`. */
export function plural({ name, description, value, types }: PluralInput): AttributeInput {
  return {
    name,
    multiValued: true,
    description,
    subAttributes: [
      { name: 'value', ...value },
      { name: 'display', description: 'How the value is shown to people.' },
      {
        name: 'type',
        description: 'What the value is used for.',
        ...(types === undefined ? {} : { canonicalValues: types }),
      },
      primarySubAttribute,
    ],
  }
}
