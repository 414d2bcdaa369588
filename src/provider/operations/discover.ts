/**
 * Reading discovery documents (RFC 7644 §4). They take no filter: 403, as §4 asks; every other
 * parameter is ignored.
 *
 * @module
 */

import { ScimError } from '../../protocol/errors.ts'
import { listResponse } from '../../protocol/search/page.ts'
import type { Parameters } from '../../protocol/search/request.ts'
import type { Answer } from '../answer.ts'
import { resourceTypes, schemas, serviceProviderConfig } from '../discovery.ts'
import type { Provider } from '../options.ts'

interface Document {
  readonly id?: string
  readonly meta: { readonly location: string }
}

export function discoverConfig(provider: Provider, parameters: Parameters): Answer {
  refuseFilter(parameters)
  return one(serviceProviderConfig(provider))
}

export function discoverResourceTypes(provider: Provider, parameters: Parameters): Answer {
  return all(resourceTypes(provider), parameters)
}

/** @throws {ScimError} 404 */
export function discoverResourceType(provider: Provider, name: string): Answer {
  return one(find(resourceTypes(provider), name))
}

export function discoverSchemas(provider: Provider, parameters: Parameters): Answer {
  return all(schemas(provider), parameters)
}

/** @throws {ScimError} 404 */
export function discoverSchema(provider: Provider, urn: string): Answer {
  return one(find(schemas(provider), urn))
}

function all(documents: readonly Document[], parameters: Parameters): Answer {
  refuseFilter(parameters)
  const resources = documents.map((document) => JSON.stringify(document))
  const page = { totalResults: resources.length, startIndex: 1, resources }
  return { status: 200, body: listResponse(page) }
}

function one(document: Document): Answer {
  return { status: 200, body: JSON.stringify(document), contentLocation: document.meta.location }
}

// URNs are compared without regard to case (RFC 7643 §2.1), and so are the names of types.
function find<D extends Document>(documents: readonly D[], id: string): D {
  const wanted = id.toLowerCase()
  const found = documents.find((document) => document.id?.toLowerCase() === wanted)
  if (found === undefined) throw new ScimError(404, undefined, `${JSON.stringify(id)} is not here`)
  return found
}

function refuseFilter(parameters: Parameters): void {
  if (parameters.has('filter')) {
    throw new ScimError(403, undefined, 'Discovery documents take no filter (RFC 7644 §4)')
  }
}
