/**
 * Try it: a SCIM request is answered by the engine itself, on rows whose every write is undone.
 *
 * It is nobody's request: no key made it, the journal and the log are not told, nothing is stored. Nor
 * does anybody who means it wait for it (rehearsed-store.ts): what would take long is refused.
 */

import { z } from 'zod'
import { type RequestEntry, scimHandler } from '../../../http/handler.ts'
import { RehearsalTooLong, type Stored } from '../../../store/store.ts'
import { SCIM_PATH } from '../../scim.ts'
import { quirksOf } from '../activity.ts'
import { adviceFor } from '../advice.ts'
import { withClash } from '../clash.ts'
import { consequences } from '../consequences.ts'
import { referredInChanges } from '../references.ts'
import { Refusal, wrong } from '../refusal.ts'
import { MEMBERS, OPERATIONS, rehearsedStore, tooMuch } from '../rehearsed-store.ts'
import { type AdminRoute, route, type TenantCall } from '../route.ts'
import { changesIn } from '../timeline.ts'
import type { TryResult } from '../types.ts'

/** Characters of an answer that are shown; a group may have a million members. */
const SHOWN = 1_000_000

// What a header may hold (RFC 9110 §5.5), as far as anybody sends it.
const header = z
  .string()
  .max(1_000, 'This is too long for a header')
  .regex(/^[\t -~]*$/, 'A header takes letters, digits and signs of ASCII alone')
  .optional()

const tryRequest = z.object({
  method: z.enum(['GET', 'POST', 'PUT', 'PATCH', 'DELETE']),
  path: z.string().min(1, 'Say which path').max(8_000),
  body: z.string(),
  headers: z
    .strictObject({
      ...{ Accept: header, 'Content-Type': header },
      ...{ 'If-Match': header, 'If-None-Match': header },
    })
    .optional(),
  profile: z.enum(['tolerant', 'strict']).optional(),
})

type Asked = TenantCall<z.output<typeof tryRequest>>

export const tryRoutes: readonly AdminRoute[] = [
  route({
    method: 'POST',
    path: '/tenants/:tenant/try',
    access: 'admin',
    body: tryRequest,
    handle: (call) => call.service.rehearsals.of(call.operator.id, () => tried(call)),
  }),
]

async function tried(call: Asked): Promise<TryResult> {
  const { service, tenant, body: asked, operator, requestId } = call
  const rehearsal = service.database.rehearsal(tenant.id)
  let record: Stored | undefined
  const store = rehearsedStore(rehearsal.store, service.rehearsals, (stored) => {
    record = stored
  })
  let heard: RequestEntry | undefined
  let refused: Refusal | undefined
  const { limits } = service.provider
  const settings = { ...tenant.settings, profile: asked.profile ?? tenant.settings.profile }
  const handler = scimHandler({
    ...service.provider,
    store: { ...service.database, tenant: () => store },
    limits: {
      ...limits,
      members: Math.min(limits.members, MEMBERS),
      patch: { maxOperations: Math.min(limits.patch.maxOperations, OPERATIONS) },
    },
    authenticate: async () => ({
      tenant: tenant.id,
      actor: `operator:${operator.id}`,
      scope: 'write',
      settings,
    }),
    newRequestId: () => requestId,
    onRequest: (entry) => {
      heard = entry
    },
    onFault: (error) => {
      if (error instanceof RehearsalTooLong) refused = tooMuch('This takes too long.')
      else if (error instanceof Refusal) refused = error
      else service.log.error({ err: error }, 'fault in a request that was tried')
    },
  })
  const response = await handler.fetch(requestOf(call))
  const body = await beginningOf(response)
  if (heard?.status === 413 && heard.scimType === 'tooMany') refused = tooMuch(`${heard.detail}.`)
  if (refused !== undefined) throw refused
  const changes = rehearsal.changes()
  const differences = changes.flatMap(({ what }) => changesIn(what))
  return {
    status: response.status,
    // Nothing is kept of it, so there is nothing to find by its id.
    headers: Object.fromEntries([...response.headers].filter(([name]) => name !== 'x-request-id')),
    ...body,
    record: record === undefined ? null : wholeOf(record),
    differences,
    referred: (await referredInChanges(call.rows, [differences])).flat(),
    ...(await consequences(call.rows, changes)),
    quirks: quirksOf(heard?.quirks ?? []),
    advice: heard === undefined ? null : await withClash(adviceOf(heard), call, heard),
  }
}

/** With members or groups, which are not in the body but have names. */
function wholeOf({ id, body, edges }: Stored): NonNullable<TryResult['record']> {
  const ends = Object.entries(edges).map(([name, text]) => [name, JSON.parse(text)] as const)
  const some = ends.filter(([, values]) => values.length > 0)
  return { id, ...JSON.parse(body), ...Object.fromEntries(some) }
}

function requestOf({ service, body: asked, request }: Asked): Request {
  const { method, path, body, headers = AS_SCIM } = asked
  return new Request(urlOf(path, service.publicUrl + SCIM_PATH), {
    method,
    headers: { ...headers, Authorization: 'Bearer rehearsal' },
    signal: request.signal,
    // As bytes: text would have a type by itself.
    ...(method === 'GET' || body === '' ? {} : { body: new TextEncoder().encode(body) }),
  })
}

const AS_SCIM = { 'Content-Type': 'application/scim+json' }

// Below the base URL, or all of it.
function urlOf(path: string, baseUrl: string): string {
  const whole = /^https?:/i.test(path)
    ? path
    : `${baseUrl}${path.startsWith('/') ? '' : '/'}${path}`
  if (!URL.canParse(whole)) throw wrong('path', 'This is not a path')
  const url = new URL(whole)
  return new URL(url.pathname + url.search, baseUrl).href
}

/** The body of an answer, or as much of it as is shown; the rest is not read. */
async function beginningOf(response: Response): Promise<Pick<TryResult, 'body' | 'isCut'>> {
  const decoder = new TextDecoder()
  let body = ''
  for await (const piece of response.body ?? []) {
    body += decoder.decode(piece, { stream: true })
    if (body.length > SHOWN) return { body: body.slice(0, SHOWN), isCut: true }
  }
  return { body, isCut: false }
}

function adviceOf({
  method,
  status,
  scimType,
  path,
  route,
  detail,
}: RequestEntry): TryResult['advice'] {
  if (status < 400) return null
  const about = { scimType: scimType ?? null, detail: detail ?? null }
  return adviceFor({ method, status, path, route, refused: null, ...about })
}
