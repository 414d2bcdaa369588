/**
 * What the service says of itself (RFC 7643 §5–§7, RFC 7644 §4, RFC 9865 §4).
 *
 * Made from the options and the types that run, so that it cannot claim what is not there. Bulk is
 * not supported, yet its limits are real numbers: some clients divide by them before they look.
 *
 * @module
 */

import {
  resourceTypeSchema,
  schemaSchema,
  serviceProviderConfigSchema,
} from '../protocol/schema/core/meta-schemas.ts'
import type { ResourceType } from '../protocol/schema/resource-type.ts'
import type { Schema } from '../protocol/schema/schema.ts'
import { RESOURCE_TYPE, SCHEMA, SERVICE_PROVIDER_CONFIG } from '../protocol/urn.ts'
import type { Provider } from './options.ts'

export function serviceProviderConfig({ baseUrl, limits }: Provider) {
  return {
    schemas: [SERVICE_PROVIDER_CONFIG],
    patch: { supported: true },
    bulk: {
      supported: false,
      maxOperations: limits.patch.maxOperations,
      maxPayloadSize: limits.body,
    },
    filter: { supported: true, maxResults: limits.page },
    changePassword: { supported: true },
    sort: { supported: true },
    etag: { supported: true },
    pagination: {
      cursor: true,
      index: true,
      defaultPaginationMethod: 'index',
      defaultPageSize: limits.defaultPage,
      maxPageSize: limits.page,
      cursorTimeout: Math.floor(limits.cursor / 1000),
    },
    authenticationSchemes: [
      {
        type: 'oauthbearertoken',
        name: 'API key',
        description:
          'A key of this service, as "Authorization: Bearer KEY" or in the header "API-Key".',
        specUri: 'https://www.rfc-editor.org/info/rfc6750',
        primary: true,
      },
    ],
    meta: {
      resourceType: 'ServiceProviderConfig',
      location: `${baseUrl}/ServiceProviderConfig`,
    },
  }
}

export function resourceTypes({ baseUrl, types }: Provider) {
  return types.map(({ name, endpoint, description, schema, extensions }) => ({
    schemas: [RESOURCE_TYPE],
    id: name,
    name,
    endpoint,
    description,
    schema: schema.id,
    ...(extensions.length === 0
      ? {}
      : {
          schemaExtensions: extensions.map((extension) => ({
            schema: extension.schema.id,
            required: extension.required,
          })),
        }),
    meta: { resourceType: 'ResourceType', location: `${baseUrl}/ResourceTypes/${name}` },
  }))
}

/** Every schema once: of the types, of their extensions, and of discovery itself. */
export function schemas({ baseUrl, types }: Provider) {
  const own = [schemaSchema, resourceTypeSchema, serviceProviderConfigSchema]
  return [...new Set([...types.flatMap(schemasOf), ...own])].map((schema) => ({
    schemas: [SCHEMA],
    ...schema,
    meta: { resourceType: 'Schema', location: `${baseUrl}/Schemas/${schema.id}` },
  }))
}

function schemasOf({ schema, extensions }: ResourceType): Schema[] {
  return [schema, ...extensions.map((extension) => extension.schema)]
}
