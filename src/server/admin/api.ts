/**
 * The console's API, from a request to its answer: `/console/api`.
 *
 * Routes are in routes.ts. Here is what all of them have in common: where a change may come from, who
 * gets in, that what comes is JSON and as the route wants it, and what becomes of whatever is thrown.
 *
 * @module
 */

import type { HttpBindings } from '@hono/node-server'
import { type Context, Hono } from 'hono'
import { type ClientAddress, ofConnection } from '../client-address.ts'
import { admit, requireOwnPage } from './guard.ts'
import { problemOf, Refusal, wrong } from './refusal.ts'
import type { AdminRoute, Call } from './route.ts'
import { routes as ownRoutes } from './routes.ts'
import type { AdminService } from './service.ts'
import { requireText } from './text.ts'

export const API_PATH = '/console/api'

/** The largest body of a request; one of a SCIM request to try fits. */
const MAX_BODY = 1024 * 1024

type Bindings = { Bindings: Partial<HttpBindings> }

export function adminApi(
  service: AdminService,
  {
    address = ofConnection,
    routes = ownRoutes,
  }: { readonly address?: ClientAddress; readonly routes?: readonly AdminRoute[] } = {},
): Hono<Bindings> {
  const api = new Hono<Bindings>()
  const failed = (error: unknown, c: Context<Bindings>) => {
    const refusal = problemOf(error)
    if (refusal === undefined) service.log.error({ err: error, path: c.req.path }, 'fault')
    const told = refusal ?? new Refusal(500, 'The service failed to answer')
    return Response.json(told.problem, {
      status: told.problem.status,
      headers: { ...told.headers, 'Content-Type': 'application/problem+json' },
    })
  }
  for (const route of routes) {
    api.on(route.method, route.path, (c) => {
      const from = c.env?.incoming && address(c.env.incoming)
      return answer(route, c, service, from ?? null)
    })
  }
  api.notFound((c) => failed(new Refusal(404, 'There is nothing at this path'), c))
  api.onError(failed)
  return api
}

async function answer(
  route: AdminRoute,
  c: Context<Bindings>,
  service: AdminService,
  address: string | null,
): Promise<Response> {
  const request = c.req.raw
  const param = (name: string) => c.req.param(name) ?? ''
  requireOwnPage(request, service.publicUrl)
  requireText(c.req.param())
  const { found, tenant, role, link } = await admit(route, request, service, param)
  const now = service.now()
  const call: Call<unknown, unknown> = {
    service,
    request,
    requestId: crypto.randomUUID(),
    now,
    address,
    agent: request.headers.get('User-Agent'),
    body: route.body && checked(route.body, await jsonOf(c)),
    query: route.query && checked(route.query, c.req.query()),
    param,
  }
  const given = await route.handle({
    ...call,
    ...(found && {
      operator: found.operator,
      session: found.session,
      memberships: found.memberships,
      note: (action: string, subject: string, of = tenant) =>
        service.database.operators.note({
          id: service.newId(),
          tenant: of?.id ?? '',
          at: now,
          operator: found.operator.id,
          action,
          subject,
          address,
        }),
    }),
    ...(tenant && { tenant, rows: service.database.tenant(tenant.id) }),
    ...(role && { role }),
    ...(link && { link }),
  } as never)
  if (given instanceof Response) return given
  return given === undefined ? new Response(null, { status: 204 }) : Response.json(given)
}

async function jsonOf(c: Context): Promise<unknown> {
  const type = c.req.header('Content-Type') ?? ''
  if (!/^application\/json\s*(;|$)/i.test(type)) {
    throw new Refusal(415, 'This takes application/json')
  }
  const text = await textOf(c.req.raw)
  try {
    return JSON.parse(text)
  } catch {
    throw new Refusal(400, 'This is not JSON')
  }
}

// Counted while it comes: what says how long it will be may say nothing, or lie.
async function textOf({ body }: Request): Promise<string> {
  const pieces: Uint8Array[] = []
  let size = 0
  for await (const piece of body ?? []) {
    size += piece.length
    if (size > MAX_BODY) throw new Refusal(413, 'This is more than 1 MB')
    pieces.push(piece)
  }
  return Buffer.concat(pieces).toString()
}

function checked(schema: NonNullable<AdminRoute['body']>, given: unknown): unknown {
  requireText(given)
  const result = schema.safeParse(given)
  if (result.success) return result.data
  const [issue] = result.error.issues
  throw wrong(issue?.path.join('.') ?? '', issue?.message ?? 'This is not what is wanted')
}
