/**
 * The schemas of the discovery documents themselves (RFC 7643 §5, §6, §7, §8.7.2).
 *
 * Beyond the listing of §8.7.2 they have what the text defines and the listing forgets: the `type`
 * and `primary` of an authentication scheme, `binary` among the data types, and lists that are
 * lists. `pagination` is RFC 9865 §4. Sub-attributes nest one level, as in the RFC.
 *
 * @module
 */

import { RESOURCE_TYPE, SCHEMA, SERVICE_PROVIDER_CONFIG } from '../../urn.ts'
import { type Attribute, type AttributeInput, attribute } from '../attribute.ts'
import type { Schema } from '../schema.ts'

const dataTypes = [
  'string',
  'complex',
  'boolean',
  'decimal',
  'integer',
  'dateTime',
  'reference',
  'binary',
] as const

const characteristics: readonly AttributeInput[] = [
  { name: 'name', description: 'Name of the attribute.', required: true, caseExact: true },
  { name: 'type', description: 'Data type.', required: true, canonicalValues: dataTypes },
  {
    name: 'multiValued',
    type: 'boolean',
    description: 'Whether it holds several values.',
    required: true,
  },
  { name: 'description', description: 'What it is for.', caseExact: true },
  { name: 'required', type: 'boolean', description: 'Whether it must have a value.' },
  {
    name: 'canonicalValues',
    multiValued: true,
    description: 'Suggested values.',
    caseExact: true,
  },
  { name: 'caseExact', type: 'boolean', description: 'Whether letter case matters.' },
  {
    name: 'mutability',
    description: 'Who may write it, and when.',
    caseExact: true,
    canonicalValues: ['readOnly', 'readWrite', 'immutable', 'writeOnly'],
  },
  {
    name: 'returned',
    description: 'When it is in an answer.',
    caseExact: true,
    canonicalValues: ['always', 'never', 'default', 'request'],
  },
  {
    name: 'uniqueness',
    description: 'Within which bounds a value occurs only once.',
    caseExact: true,
    canonicalValues: ['none', 'server', 'global'],
  },
  {
    name: 'referenceTypes',
    multiValued: true,
    description: 'What a reference may point at.',
    caseExact: true,
  },
]

export const schemaSchema: Schema = {
  id: SCHEMA,
  name: 'Schema',
  description: 'How a schema is described.',
  attributes: readOnly([
    { name: 'id', description: 'URN of the schema.', required: true },
    { name: 'name', description: 'Name of the schema.', required: true },
    { name: 'description', description: 'What the schema is for.' },
    {
      name: 'attributes',
      multiValued: true,
      description: 'The attributes and their characteristics.',
      required: true,
      subAttributes: [
        ...characteristics,
        {
          name: 'subAttributes',
          multiValued: true,
          description: 'The attributes of a complex attribute.',
          subAttributes: characteristics,
        },
      ],
    },
  ]),
}

export const resourceTypeSchema: Schema = {
  id: RESOURCE_TYPE,
  name: 'ResourceType',
  description: 'How a resource type is described.',
  attributes: readOnly([
    { name: 'id', description: 'Identifier of the resource type; its name.' },
    { name: 'name', description: 'Name of the resource type.', required: true },
    { name: 'description', description: 'What the resource type is for.' },
    {
      name: 'endpoint',
      type: 'reference',
      referenceTypes: ['uri'],
      description: 'Where it is found, relative to the base URL.',
      required: true,
    },
    {
      name: 'schema',
      type: 'reference',
      referenceTypes: ['uri'],
      description: 'URN of the core schema.',
      required: true,
    },
    {
      name: 'schemaExtensions',
      multiValued: true,
      description: 'The extensions its resources may have.',
      subAttributes: [
        {
          name: 'schema',
          type: 'reference',
          referenceTypes: ['uri'],
          description: 'URN of the extension.',
          required: true,
        },
        {
          name: 'required',
          type: 'boolean',
          description: 'Whether every resource must have it.',
          required: true,
        },
      ],
    },
  ]),
}

const supported: AttributeInput = {
  name: 'supported',
  type: 'boolean',
  description: 'Whether the service does this.',
  required: true,
}

export const serviceProviderConfigSchema: Schema = {
  id: SERVICE_PROVIDER_CONFIG,
  name: 'Service Provider Configuration',
  description: 'What a service provider can do.',
  attributes: readOnly([
    {
      name: 'documentationUri',
      type: 'reference',
      referenceTypes: ['external'],
      description: 'Help for people.',
    },
    { name: 'patch', description: 'PATCH.', required: true, subAttributes: [supported] },
    {
      name: 'bulk',
      description: 'Bulk operations.',
      required: true,
      subAttributes: [
        supported,
        {
          name: 'maxOperations',
          type: 'integer',
          description: 'Operations in one request, at most.',
          required: true,
        },
        {
          name: 'maxPayloadSize',
          type: 'integer',
          description: 'Bytes in one request, at most.',
          required: true,
        },
      ],
    },
    {
      name: 'filter',
      description: 'Filters.',
      required: true,
      subAttributes: [
        supported,
        {
          name: 'maxResults',
          type: 'integer',
          description: 'Resources in one answer, at most.',
          required: true,
        },
      ],
    },
    {
      name: 'changePassword',
      description: 'Changing a password.',
      required: true,
      subAttributes: [supported],
    },
    { name: 'sort', description: 'Sorting.', required: true, subAttributes: [supported] },
    { name: 'etag', description: 'Entity-tags.', required: true, subAttributes: [supported] },
    {
      name: 'authenticationSchemes',
      multiValued: true,
      description: 'Ways to authenticate.',
      required: true,
      subAttributes: [
        {
          name: 'type',
          description: 'Kind of scheme.',
          required: true,
          canonicalValues: ['oauth', 'oauth2', 'oauthbearertoken', 'httpbasic', 'httpdigest'],
        },
        { name: 'name', description: 'Name of the scheme.', required: true },
        { name: 'description', description: 'What the scheme is.', required: true },
        {
          name: 'specUri',
          type: 'reference',
          referenceTypes: ['external'],
          description: 'Where the scheme is specified.',
        },
        {
          name: 'documentationUri',
          type: 'reference',
          referenceTypes: ['external'],
          description: 'Help on using the scheme.',
        },
        { name: 'primary', type: 'boolean', description: 'Whether this is the preferred scheme.' },
      ],
    },
    {
      name: 'pagination',
      description: 'Ways to page through a list (RFC 9865).',
      subAttributes: [
        { name: 'cursor', type: 'boolean', description: 'By cursor.', required: true },
        { name: 'index', type: 'boolean', description: 'By index.', required: true },
        {
          name: 'defaultPaginationMethod',
          description: 'Which one, when a request names none.',
          canonicalValues: ['cursor', 'index'],
        },
        { name: 'defaultPageSize', type: 'integer', description: 'Page size without count.' },
        { name: 'maxPageSize', type: 'integer', description: 'Page size, at most.' },
        {
          name: 'cursorTimeout',
          type: 'integer',
          description: 'Seconds for which a cursor is good, at least.',
        },
      ],
    },
  ]),
}

// Nothing in a discovery document is written by clients.
function readOnly(inputs: readonly AttributeInput[]): readonly Attribute[] {
  return inputs.map((input) => attribute(lock(input)))
}

function lock(input: AttributeInput): AttributeInput {
  const { subAttributes } = input
  return {
    ...input,
    mutability: 'readOnly',
    ...(subAttributes === undefined ? {} : { subAttributes: subAttributes.map(lock) }),
  }
}
