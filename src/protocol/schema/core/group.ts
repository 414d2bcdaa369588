/**
 * The Group schema (RFC 7643 §4.2, §8.7.1).
 *
 * `displayName` is required, as §4.2 says and the listing of §8.7.1 does not. A member is what it
 * was when added: to change one, remove it and add another. Its `display` follows the member's own
 * name and is not written by clients.
 *
 * @module
 */

import { GROUP } from '../../urn.ts'
import { type AttributeInput, attribute } from '../attribute.ts'
import type { Schema } from '../schema.ts'

const attributes: readonly AttributeInput[] = [
  { name: 'displayName', description: 'The name to show to people.', required: true },
  {
    name: 'members',
    multiValued: true,
    description: 'Users and groups that belong to the group.',
    subAttributes: [
      { name: 'value', description: "The member's id.", caseExact: true, mutability: 'immutable' },
      {
        name: '$ref',
        type: 'reference',
        referenceTypes: ['User', 'Group'],
        description: "The member's URI.",
        mutability: 'immutable',
      },
      {
        name: 'type',
        description: 'Which resource type the member is of.',
        canonicalValues: ['User', 'Group'],
        mutability: 'immutable',
      },
      { name: 'display', description: "The member's name.", mutability: 'readOnly' },
    ],
  },
]

export const groupSchema: Schema = {
  id: GROUP,
  name: 'Group',
  description: 'A set of users and groups.',
  attributes: attributes.map(attribute),
}
