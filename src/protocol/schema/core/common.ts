/**
 * The common attributes of every resource (RFC 7643 §3.1), and `schemas` (§3).
 *
 * No schema lists them, yet filters, sorting, projection and PATCH name them like any other.
 *
 * @module
 */

import { type Attribute, attribute } from '../attribute.ts'

export const schemasAttribute: Attribute = attribute({
  name: 'schemas',
  type: 'reference',
  referenceTypes: ['uri'],
  multiValued: true,
  description: 'URNs of the schemas that define the attributes present in this resource.',
  required: true,
  // URNs of schemas are compared without regard to case (RFC 7643 §2.1).
  caseExact: false,
  returned: 'always',
})

export const idAttribute: Attribute = attribute({
  name: 'id',
  description: 'The identifier this service provider gave the resource; never reused.',
  caseExact: true,
  mutability: 'readOnly',
  returned: 'always',
  uniqueness: 'server',
})

export const externalIdAttribute: Attribute = attribute({
  name: 'externalId',
  description: 'The identifier the provisioning client gave the resource; opaque here.',
  caseExact: true,
})

export const metaAttribute: Attribute = attribute({
  name: 'meta',
  description: 'What the service provider records of the resource.',
  mutability: 'readOnly',
  subAttributes: [
    {
      name: 'resourceType',
      description: 'Name of the resource type.',
      caseExact: true,
      mutability: 'readOnly',
    },
    {
      name: 'created',
      type: 'dateTime',
      description: 'When the resource was added.',
      mutability: 'readOnly',
    },
    {
      name: 'lastModified',
      type: 'dateTime',
      description: 'When the resource last changed.',
      mutability: 'readOnly',
    },
    {
      name: 'location',
      type: 'reference',
      referenceTypes: ['uri'],
      description: 'The URI of the resource.',
      mutability: 'readOnly',
    },
    {
      name: 'version',
      description: 'The version of the resource, as its entity-tag.',
      caseExact: true,
      mutability: 'readOnly',
    },
  ],
})

/** In the order in which a representation gives them; `meta` comes last there. */
export const commonAttributes: readonly Attribute[] = [
  schemasAttribute,
  idAttribute,
  externalIdAttribute,
  metaAttribute,
]
