/**
 * Which endpoint a path is (RFC 7644 §3.2), as a table.
 *
 * The path is compared as it came, undecoded: `/%55sers` is not `/Users`, so there is one spelling
 * of every endpoint and nothing to be routed around. Only ids are decoded.
 *
 * @module
 */

import { invalidPath, ScimError } from '../protocol/errors.ts'
import type { Tolerance } from '../protocol/quirks.ts'
import type { ResourceType } from '../protocol/schema/resource-type.ts'
import type { Provider } from '../provider/options.ts'

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'

/** An endpoint with the parts of the path that vary. */
export interface Route {
  readonly name: RouteName
  readonly method: Method
  /** For logs: the path with its variable parts named, `/Users/{id}`. */
  readonly pattern: string
  /** The resource type of the endpoint; absent at the root and for discovery. */
  readonly type?: ResourceType
  readonly id?: string
}

export type RouteName = keyof typeof SCOPES

/** What each endpoint does to data: searching by POST reads. */
export const SCOPES = {
  create: 'write',
  read: 'read',
  replace: 'write',
  patch: 'write',
  delete: 'write',
  search: 'read',
  searchMessage: 'read',
  config: 'read',
  schemas: 'read',
  schema: 'read',
  resourceTypes: 'read',
  resourceType: 'read',
  notImplemented: 'read',
} as const

type Methods = Partial<Record<Method, RouteName>>

const COLLECTION: Methods = { GET: 'search', POST: 'create' }
const RESOURCE: Methods = { GET: 'read', PUT: 'replace', PATCH: 'patch', DELETE: 'delete' }
const SEARCH: Methods = { POST: 'searchMessage' }
const ALL: Methods = {
  GET: 'notImplemented',
  POST: 'notImplemented',
  PUT: 'notImplemented',
  PATCH: 'notImplemented',
  DELETE: 'notImplemented',
}

/**
 * @param path Below the base URL, undecoded: `/Users/2819c223`.
 * @throws {ScimError} 404 for no endpoint, 405 with `Allow` for one that has no such method
 */
export function route(
  method: string,
  path: string,
  provider: Provider,
  tolerate: Tolerance,
): Route {
  const found = locate(trim(path, tolerate), provider)
  if (found === undefined) throw new ScimError(404, undefined, 'There is no such endpoint')
  const { methods, ...rest } = found
  const asked = method === 'HEAD' ? 'GET' : method
  const name = Object.hasOwn(methods, asked) ? methods[asked as Method] : undefined
  if (name === undefined) {
    const allow = [...Object.keys(methods), ...(methods.GET ? ['HEAD'] : [])].join(', ')
    throw new ScimError(405, undefined, `${rest.pattern} does not take this method`, {
      Allow: allow,
    })
  }
  return { name, method: asked as Method, ...rest }
}

interface Located {
  readonly pattern: string
  readonly methods: Methods
  readonly type?: ResourceType
  readonly id?: string
}

function locate(path: string, { types }: Provider): Located | undefined {
  for (const type of types) {
    const { endpoint } = type
    if (!path.startsWith(endpoint)) continue
    if (path.length === endpoint.length) return { pattern: endpoint, methods: COLLECTION, type }
    const rest = below(path, endpoint)
    if (rest === undefined) continue
    if (rest === '.search') return { pattern: `${endpoint}/.search`, methods: SEARCH, type }
    const id = decode(rest)
    if (id === undefined) return undefined
    return { pattern: `${endpoint}/{id}`, methods: RESOURCE, type, id }
  }
  if (Object.hasOwn(FIXED, path)) return { pattern: path, methods: FIXED[path] as Methods }
  for (const [endpoint, pattern, name] of NAMED) {
    const id = decode(below(path, endpoint))
    if (id !== undefined) return { pattern, methods: { GET: name }, id }
  }
  return undefined
}

// e.g. ('/Users/2819c223', '/Users') -> '2819c223'; one segment, and not an empty one
function below(path: string, endpoint: string): string | undefined {
  if (!path.startsWith(endpoint) || path[endpoint.length] !== '/') return undefined
  const rest = path.slice(endpoint.length + 1)
  return rest === '' || rest.includes('/') ? undefined : rest
}

const NAMED = [
  ['/Schemas', '/Schemas/{id}', 'schema'],
  ['/ResourceTypes', '/ResourceTypes/{name}', 'resourceType'],
] as const

const FIXED: Readonly<Record<string, Methods>> = {
  '/': { GET: 'search' },
  '/.search': SEARCH,
  '/ServiceProviderConfig': { GET: 'config' },
  '/Schemas': { GET: 'schemas' },
  '/ResourceTypes': { GET: 'resourceTypes' },
  // RFC 7644 §3.11: an unsupported /Me answers 501; so does Bulk (§3.7), which discovery denies.
  '/Me': ALL,
  '/Bulk': { POST: 'notImplemented' },
}

// e.g. '/Users/' is '/Users' to Entra's samples
function trim(path: string, tolerate: Tolerance): string {
  if (path === '') return '/'
  if (path.length < 2 || !path.endsWith('/') || path.endsWith('//')) return path
  tolerate('trailing-slash', () => invalidPath('The path ends in a slash'))
  return path.slice(0, -1)
}

function decode(segment: string | undefined): string | undefined {
  if (segment === undefined || !segment.includes('%')) return segment
  try {
    return decodeURIComponent(segment)
  } catch {
    return undefined
  }
}
