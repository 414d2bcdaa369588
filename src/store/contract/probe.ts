/**
 * A resource type with an attribute of every kind a filter can meet.
 *
 * @module
 */

import { type AttributeInput, attribute } from '../../protocol/schema/attribute.ts'
import { type ResourceType, resourceType } from '../../protocol/schema/resource-type.ts'

const inner: readonly AttributeInput[] = [
  { name: 'value' },
  { name: 'type' },
  { name: 'exact', caseExact: true },
  { name: 'count', type: 'integer' },
  { name: 'when', type: 'dateTime' },
  { name: 'primary', type: 'boolean' },
]

const every: readonly AttributeInput[] = [
  { name: 'text' },
  { name: 'exact', caseExact: true },
  { name: 'flag', type: 'boolean' },
  { name: 'count', type: 'integer' },
  { name: 'ratio', type: 'decimal' },
  { name: 'when', type: 'dateTime' },
  { name: 'link', type: 'reference', referenceTypes: ['external'] },
  { name: 'blob', type: 'binary' },
  { name: 'tags', multiValued: true },
  { name: 'scores', type: 'integer', multiValued: true },
  { name: 'moments', type: 'dateTime', multiValued: true },
  { name: 'part', subAttributes: inner },
  { name: 'items', multiValued: true, subAttributes: inner },
]

const found: readonly AttributeInput[] = [
  { name: 'foundText' },
  { name: 'foundExact', caseExact: true },
  { name: 'foundFlag', type: 'boolean' },
  { name: 'foundTags', multiValued: true },
  { name: 'foundPart', subAttributes: inner },
  { name: 'foundItems', multiValued: true, subAttributes: inner },
]

const edge: readonly AttributeInput[] = [
  { name: 'value' },
  { name: '$ref', type: 'reference', referenceTypes: ['Probe'] },
  { name: 'type' },
  { name: 'display' },
]

export const EXTENSION = 'urn:example:params:scim:schemas:extension:probe:2.0:Probe'

export const probeType: ResourceType = resourceType({
  name: 'Probe',
  endpoint: '/Probes',
  description: 'Every kind of attribute, with a lookup and without, in the core and beyond.',
  schema: {
    id: 'urn:example:params:scim:schemas:core:2.0:Probe',
    name: 'Probe',
    description: '',
    attributes: [
      ...every,
      ...found,
      { name: 'members', multiValued: true, subAttributes: edge },
      { name: 'groups', multiValued: true, subAttributes: edge },
    ].map(attribute),
  },
  extensions: [
    {
      schema: { id: EXTENSION, name: 'Extra', description: '', attributes: every.map(attribute) },
      required: false,
    },
  ],
  edges: [
    { attribute: 'members', side: 'owner', types: ['Probe'] },
    { attribute: 'groups', side: 'member', types: ['Probe'] },
  ],
  lookups: [
    'externalId',
    'foundText',
    'foundExact',
    'foundFlag',
    'foundTags',
    'foundPart.value',
    'foundItems.value',
    'foundItems.exact',
  ],
  label: ['foundText'],
})
