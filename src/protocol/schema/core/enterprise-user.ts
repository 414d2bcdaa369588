/**
 * The Enterprise User extension (RFC 7643 §4.3, §8.7.1).
 *
 * `manager` is kept as sent: a manager who does not exist here is no error, because clients create
 * people in any order.
 *
 * @module
 */

import { ENTERPRISE_USER } from '../../urn.ts'
import { type AttributeInput, attribute } from '../attribute.ts'
import type { Schema } from '../schema.ts'

const attributes: readonly AttributeInput[] = [
  { name: 'employeeNumber', description: 'Identifier the organisation gave the person.' },
  { name: 'costCenter', description: 'Cost centre.' },
  { name: 'organization', description: 'Organisation.' },
  { name: 'division', description: 'Division.' },
  { name: 'department', description: 'Department.' },
  {
    name: 'manager',
    description: 'The person this one reports to.',
    subAttributes: [
      { name: 'value', description: "The manager's id." },
      {
        name: '$ref',
        type: 'reference',
        referenceTypes: ['User'],
        description: "The manager's URI.",
      },
      { name: 'displayName', description: "The manager's name.", mutability: 'readOnly' },
    ],
  },
]

export const enterpriseUserSchema: Schema = {
  id: ENTERPRISE_USER,
  name: 'EnterpriseUser',
  description: 'What organisations record of the people who work for them.',
  attributes: attributes.map(attribute),
}
