/**
 * The service provider as one function from a request to its response.
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
import type { Context, Principal, TenantSettings } from '../provider/context.ts'
import { type Provider, type ProviderOptions, provider } from '../provider/options.ts'
import {
  type Authenticate,
  KEY_FORM,
  type RefusedCredential,
  requirePrincipal,
  requireScope,
  sentSecrets,
} from './authenticate.ts'
import { readJson } from './body.ts'
import { dispatch } from './dispatch.ts'
import { fromWeb, type RequestInfo, toWeb } from './fetch.ts'
import { type HttpRequest, type HttpResponse, isComing } from './message.ts'
import { commonHeaders, respond, respondError } from './respond.ts'
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

/**
 * One request and its response, for the log and the journal. What is big or secret in it is referred
 * to and not copied, so that a listener that wants none of it pays nothing for it.
 */
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
  readonly tenant?: string | undefined
  readonly actor?: string | undefined
  readonly address?: string | undefined
  readonly agent?: string | undefined
  readonly scimType?: string | undefined
  readonly detail?: string | undefined
  /** Quirks of the client that were accepted. */
  readonly quirks: readonly QuirkName[]
  /** The resource the request was about or made, where there is one. */
  readonly resource?: string | undefined
  /** It made somebody inactive who was active. */
  readonly deactivates?: boolean | undefined
  /** Of the tenant, as they were at the time. */
  readonly settings?: TenantSettings | undefined
  /** Why the credential was refused. */
  readonly refused?: RefusedCredential['refused'] | undefined
  /** Without its question mark. Holds whatever the client put there, secrets too; so the next three. */
  readonly query: string
  readonly request: HttpRequest
  /** The body as it came, when it was read and is text. */
  readonly text?: string | undefined
  readonly response: HttpResponse
}

export interface ScimHandler {
  /** Answers a request, whatever brought it. Never rejects. */
  answer(request: HttpRequest): Promise<HttpResponse>
  /** The same for the Web's objects. */
  fetch(request: Request, info?: RequestInfo): Promise<Response>
}

export function scimHandler(options: ScimOptions): ScimHandler {
  if (typeof options.authenticate !== 'function') {
    throw new TypeError('scimHandler() needs an authenticate function')
  }
  const service = {
    ...options,
    provider: provider(options),
    base: new URL(options.baseUrl).pathname.replace(/\/$/, ''),
  }
  const answer = (request: HttpRequest) => handle(request, service)
  return {
    answer,
    fetch: async (request, info = {}) => toWeb(await answer(fromWeb(request, info))),
  }
}

/** The options, and what is made of them once. */
interface Service extends ScimOptions {
  readonly provider: Provider
  /** The path of the base URL: `/scim/v2`. */
  readonly base: string
}

/** What becomes known of a request on its way, for the log. */
interface Progress {
  readonly requestId: string
  /** Below the base URL. */
  readonly path: string
  readonly query: string
  readonly quirks: Set<QuirkName>
  principal?: Principal
  refused?: RefusedCredential
  route?: Route
  text?: string
  deactivates?: boolean | undefined
}

async function handle(request: HttpRequest, service: Service): Promise<HttpResponse> {
  const at = service.now()
  const requestId = requestIdOf(request) ?? service.newRequestId()
  const progress: Progress = { requestId, ...split(request, service), quirks: new Set() }
  const accept = request.header('accept')
  const common = commonHeaders(requestId)
  let response: HttpResponse
  let refusal: ScimError | undefined
  try {
    const given = await answer(request, service, progress)
    progress.deactivates = given.deactivates
    response = respond(given, accept, common)
  } catch (thrown) {
    const told = respondError(thrown, accept, common)
    if (told.isFault) service.onFault?.(thrown, requestId)
    response = told.response
    refusal = told.refusal
  }
  if (request.method === 'HEAD') response = await withoutBody(response)
  service.onRequest?.(entry(request, service, at, progress, response, refusal))
  return response
}

async function answer(request: HttpRequest, service: Service, progress: Progress): Promise<Answer> {
  const { provider: built } = service
  const principal = await requirePrincipal(request, service.authenticate, (refused) => {
    progress.refused = refused
  })
  progress.principal = principal
  const isStrict = principal.settings.profile === 'strict'
  const tolerate = isStrict ? strict : tolerant(progress.quirks)
  const found = route(request.method, progress.path, built, tolerate)
  progress.route = found
  requireScope(principal, SCOPES[found.name])
  const context: Context = {
    provider: built,
    tenant: built.store.tenant(principal.tenant),
    principal,
    requestId: progress.requestId,
    tolerate,
    preconditions: {
      ifMatch: request.header('if-match'),
      ifNoneMatch: request.header('if-none-match'),
    },
  }
  return dispatch(context, {
    route: found,
    query: progress.query,
    body: () =>
      readJson(request, built.limits, (text) => {
        progress.text = text
      }),
    // Not by a getter written here: an object literal that has one is of a shape of its own, which
    // holds on to the request until the next great collection.
    waiting: request,
  })
}

// e.g. /scim/v2/Users/1?attributes=id  with the base URL https://id.example/scim/v2
//              ^_______ ^____________
function split({ target }: HttpRequest, { base }: Service) {
  const mark = target.indexOf('?')
  const whole = mark < 0 ? target : target.slice(0, mark)
  const isBelow = whole === base || whole.startsWith(`${base}/`)
  const path = isBelow ? whole.slice(base.length) : whole
  return { path, query: mark < 0 ? '' : target.slice(mark + 1) }
}

// A client's own id is kept when it is safe to put into a log line and a header, as one that holds its
// credential, or any key, is not: ids are shown to everybody who reads the log, a timeline or the answer.
function requestIdOf(request: HttpRequest): string | undefined {
  const given = request.header('x-request-id')
  if (given === null || !/^[\w.:-]{1,128}$/.test(given) || KEY_FORM.test(given)) return undefined
  return sentSecrets(request).some((secret) => given.includes(secret)) ? undefined : given
}

async function withoutBody({ status, headers, body }: HttpResponse): Promise<HttpResponse> {
  if (isComing(body)) await body.return?.()
  return { status, headers }
}

function entry(
  request: HttpRequest,
  service: Service,
  at: number,
  progress: Progress,
  response: HttpResponse,
  refusal: ScimError | undefined,
): RequestEntry {
  const { requestId, path, query, principal, refused, route: found, quirks, text } = progress
  const { status } = response
  const whose = principal ?? refused
  return {
    requestId,
    at,
    durationMs: service.now() - at,
    method: request.method,
    path,
    route: found?.pattern ?? '*',
    status,
    tenant: whose?.tenant,
    actor: whose?.actor,
    address: request.address,
    agent: request.header('user-agent') ?? undefined,
    scimType: refusal?.scimType,
    detail: refusal?.message,
    quirks: quirks.size === 0 ? NO_QUIRKS : [...quirks],
    resource: found?.type === undefined ? undefined : (found.id ?? madeIn(found, response)),
    deactivates: progress.deactivates,
    settings: whose?.settings,
    refused: refused?.refused,
    query,
    request,
    text,
    response,
  }
}

const NO_QUIRKS: readonly QuirkName[] = []

// e.g. Location: https://id.example/scim/v2/Users/2819c223 -> '2819c223'
function madeIn({ name }: Route, { headers }: HttpResponse): string | undefined {
  if (name !== 'create' || headers.Location === undefined) return undefined
  return decodeURIComponent(headers.Location.slice(headers.Location.lastIndexOf('/') + 1))
}
