/**
 * The service provider as `(Request) => Promise<Response>`.
 *
 * Authentication comes first, whatever the path; then the route, the scope, and the operation. The
 * handler never rejects. Mounted below a prefix that a framework has cut off or left on, it finds
 * its path either way.
 *
 * @module
 */

import type { ScimError } from '../protocol/errors.ts'
import { type QuirkName, strict, tolerant } from '../protocol/quirks.ts'
import type { Answer } from '../provider/answer.ts'
import type { Context, Principal } from '../provider/context.ts'
import { type Provider, type ProviderOptions, provider } from '../provider/options.ts'
import { type Authenticate, requirePrincipal, requireScope } from './authenticate.ts'
import { readJson } from './body.ts'
import { dispatch } from './dispatch.ts'
import { respond, respondError } from './respond.ts'
import { type Route, route, SCOPES } from './route.ts'

export interface ScimOptions extends ProviderOptions {
  /** Required: a service provider without an authenticator is open to everyone. */
  readonly authenticate: Authenticate
  /** A new id for a request that brings none of its own in `X-Request-Id`. */
  readonly newRequestId: () => string
  /** Told of every request once it is answered. */
  readonly onRequest?: (entry: RequestEntry) => void
  /** Told of what was thrown and is no refusal: a fault of ours. */
  readonly onFault?: (error: unknown, requestId: string) => void
}

/** One request, for the log. Holds no body, no query and no credential. */
export interface RequestEntry {
  readonly requestId: string
  /** Epoch milliseconds. */
  readonly at: number
  readonly durationMs: number
  readonly method: string
  readonly path: string
  /** The pattern of the endpoint, `/Users/{id}`; `*` when none was found. */
  readonly route: string
  readonly status: number
  readonly tenant?: string
  readonly actor?: string
  readonly address?: string
  readonly agent?: string
  readonly scimType?: string
  readonly detail?: string
  /** Quirks of the client that were accepted. */
  readonly quirks: readonly QuirkName[]
}

/** What the server knows of a connection and a `Request` does not say. */
export interface RequestInfo {
  readonly address?: string
}

export interface ScimHandler {
  fetch(request: Request, info?: RequestInfo): Promise<Response>
}

export function scimHandler(options: ScimOptions): ScimHandler {
  if (typeof options.authenticate !== 'function') {
    throw new TypeError('scimHandler() needs an authenticate function')
  }
  const built = provider(options)
  return { fetch: (request, info = {}) => handle(request, info, options, built) }
}

/** What becomes known of a request on its way, for the log. */
interface Progress {
  readonly quirks: Set<QuirkName>
  principal?: Principal
  route?: Route
}

async function handle(
  request: Request,
  info: RequestInfo,
  options: ScimOptions,
  built: Provider,
): Promise<Response> {
  const at = options.now()
  const requestId = requestIdOf(request.headers) ?? options.newRequestId()
  const accept = request.headers.get('Accept')
  const progress: Progress = { quirks: new Set() }
  let response: Response
  let refusal: ScimError | undefined
  try {
    response = respond(await answer(request, info, options, built, requestId, progress), accept)
  } catch (thrown) {
    const told = respondError(thrown, accept)
    if (told.isFault) options.onFault?.(thrown, requestId)
    response = told.response
    refusal = told.refusal
  }
  response.headers.set('X-Request-Id', requestId)
  response.headers.set('Cache-Control', 'no-store')
  response.headers.set('X-Content-Type-Options', 'nosniff')
  options.onRequest?.(entry(request, info, options, requestId, at, progress, response, refusal))
  return request.method === 'HEAD' ? new Response(null, response) : response
}

async function answer(
  request: Request,
  info: RequestInfo,
  options: ScimOptions,
  built: Provider,
  requestId: string,
  progress: Progress,
): Promise<Answer> {
  const { headers } = request
  const caller = { address: info.address ?? null, agent: headers.get('User-Agent') }
  const principal = await requirePrincipal(headers, caller, options.authenticate)
  progress.principal = principal
  const isStrict = principal.settings.profile === 'strict'
  const tolerate = isStrict ? strict : tolerant(progress.quirks)
  const { path, query } = pathOf(request.url, built.baseUrl)
  const found = route(request.method, path, built, tolerate)
  progress.route = found
  requireScope(principal, SCOPES[found.name])
  const context: Context = {
    provider: built,
    tenant: built.store.tenant(principal.tenant),
    principal,
    requestId,
    tolerate,
    preconditions: {
      ifMatch: headers.get('If-Match'),
      ifNoneMatch: headers.get('If-None-Match'),
    },
  }
  return dispatch(context, {
    route: found,
    query,
    body: () => readJson(request, built.limits),
    signal: request.signal,
  })
}

// e.g. http://any.host/scim/v2/Users/1?attributes=id  with the base URL https://id.example/scim/v2
//                             ^_______ ^____________
function pathOf(url: string, baseUrl: string): { path: string; query: string } {
  const { pathname, search } = new URL(url)
  const base = new URL(baseUrl).pathname.replace(/\/$/, '')
  const isBelow = pathname === base || pathname.startsWith(`${base}/`)
  return { path: isBelow ? pathname.slice(base.length) : pathname, query: search.slice(1) }
}

// A client's own id is kept when it is safe to put into a log line and a header.
function requestIdOf(headers: Headers): string | undefined {
  return /^[\w.:-]{1,128}$/.exec(headers.get('X-Request-Id') ?? '')?.[0]
}

function entry(
  request: Request,
  info: RequestInfo,
  options: ScimOptions,
  requestId: string,
  at: number,
  { principal, route: found, quirks }: Progress,
  { status }: Response,
  refusal: ScimError | undefined,
): RequestEntry {
  const agent = request.headers.get('User-Agent')
  return {
    requestId,
    at,
    durationMs: options.now() - at,
    method: request.method,
    path: pathOf(request.url, options.baseUrl).path,
    route: found?.pattern ?? '*',
    status,
    ...(principal === undefined ? {} : { tenant: principal.tenant, actor: principal.actor }),
    ...(info.address === undefined ? {} : { address: info.address }),
    ...(agent === null ? {} : { agent }),
    ...(refusal?.scimType === undefined ? {} : { scimType: refusal.scimType }),
    ...(refusal === undefined ? {} : { detail: refusal.message }),
    quirks: [...quirks],
  }
}
