/**
 * What answers which path: the SCIM handler below `/scim/v2`, the console, health, and a word at `/`.
 *
 * The router only decides who answers. Below `/scim/v2` the handler gets the request as it came,
 * with its path undecoded, and authenticates it whatever the path is; so no spelling of a path can
 * be routed past the key. `X-Forwarded-*` is not read here: locations come from the configured
 * URL, addresses from client-address.ts.
 *
 * Outside of SCIM, errors are problem documents (RFC 9457); below it, SCIM's own.
 *
 * @module
 */

import type { HttpBindings } from '@hono/node-server'
import { type Context, Hono } from 'hono'
import type { ScimHandler } from '../http/handler.ts'
import { errorMessage, ScimError } from '../protocol/errors.ts'
import { API_PATH, adminApi } from './admin/api.ts'
import type { AdminService } from './admin/service.ts'
import { type Site, wantsPage } from './admin/static.ts'
import { type ClientAddress, ofConnection } from './client-address.ts'
import type { Health } from './health.ts'
import type { Log } from './log.ts'
import { PROOF, PROOF_PATH } from './own-calls.ts'
import { SCIM_PATH } from './scim.ts'

export interface AppOptions {
  readonly scim: ScimHandler
  readonly health: Health
  readonly log: Log
  /** Without a slash at its end: `https://id.example.com`. */
  readonly publicUrl: string
  readonly admin?: AdminService
  /** Where a request came from; the other end of its connection, unless told. */
  readonly address?: ClientAddress
  /** The console's files, where they were built. */
  readonly site?: Site | undefined
}

type Bindings = { Bindings: Partial<HttpBindings> }

export type App = Hono<Bindings>

export function createApp(options: AppOptions): App {
  const { scim, health, log, publicUrl, admin, site, address = ofConnection } = options
  const app = new Hono<Bindings>()
  app.use(async (c, next) => {
    // TRACE echoes a request with its credentials; nothing here ever answers it.
    if (c.req.method === 'TRACE') return notAllowed(c)
    await next()
  })
  const prefix = prefixOf(publicUrl)
  const answer = (c: Context<Bindings>, request: Request) => {
    const from = c.env?.incoming && address(c.env.incoming)
    return scim.fetch(request, from === undefined ? {} : { address: from })
  }
  if (admin !== undefined) {
    // Where SCIM is, for a proxy may pass on nothing else; all that is told is that it is this service.
    for (const before of new Set(['', prefix])) {
      app.get(`${before}${SCIM_PATH}${PROOF_PATH}:challenge{[0-9A-Za-z]{32}}`, (c) => {
        const headers = { [PROOF]: admin.own.answer(c.req.param('challenge')) }
        return c.body(null, 204, { ...headers, 'Cache-Control': 'no-store' })
      })
    }
  }
  if (prefix !== '') {
    app.all(`${prefix}${SCIM_PATH}/*`, (c) => answer(c, c.req.raw))
  }
  app.all(`${SCIM_PATH}/*`, (c) => answer(c, restored(c.req.raw, prefix)))
  if (site !== undefined) {
    app.get('*', async (c, next) => {
      const path = c.req.path.startsWith(`${prefix}/`)
        ? c.req.path.slice(prefix.length)
        : c.req.path
      const found = isPage(path) ? await site.answer(c.req.raw, path) : undefined
      return found ?? next()
    })
  }
  app.use(async (c, next) => {
    await next()
    c.header('X-Content-Type-Options', 'nosniff')
    c.header('Cache-Control', 'no-store')
  })
  if (admin !== undefined) {
    const api = adminApi(admin, { address })
    app.route(API_PATH, api)
    if (prefix !== '') app.route(prefix + API_PATH, api)
  }
  app.get('/', (c) => {
    const isMissed = site === undefined && wantsPage(c.req.raw)
    return c.text(whereThingsAre(publicUrl) + (isMissed ? NOT_BUILT : ''))
  })
  app.get('/livez', (c) => c.text('ok\n'))
  app.get('/readyz', async (c) => {
    const { ready, checks } = await health.check()
    const status = ready ? 200 : 503
    if (c.req.query('verbose') === undefined) return c.text(ready ? 'ok\n' : 'not ready\n', status)
    return c.json({ status: ready ? 'ok' : 'not ready', checks }, status)
  })
  app.notFound((c) => problem(404, `nothing is at this path; SCIM is at ${SCIM_PATH}`, isScim(c)))
  app.onError((error, c) => {
    log.error({ err: error }, 'fault')
    return problem(500, 'the service failed to answer', isScim(c))
  })
  return app
}

/** The path of the public URL: `https://id.example.com/dir` → `/dir`. */
export function prefixOf(publicUrl: string): string {
  return new URL(publicUrl).pathname.replace(/\/$/, '')
}

/** An error as its path wants it: a SCIM message (RFC 7644 §3.12) or a problem (RFC 9457). */
export function problem(
  status: number,
  detail: string,
  scim: boolean,
  headers: Readonly<Record<string, string>> = {},
): Response {
  const body = scim ? errorMessage(new ScimError(status, undefined, detail)) : { status, detail }
  const type = scim ? 'application/scim+json' : 'application/problem+json'
  return new Response(JSON.stringify(body), {
    status,
    headers: {
      'Content-Type': type,
      'X-Content-Type-Options': 'nosniff',
      'Cache-Control': 'no-store',
      ...headers,
    },
  })
}

// A proxy in front of us may cut off the path of the public URL, or leave it on; locations have it,
// so the handler is given it back.
// e.g. http://x/scim/v2/Users with https://id.example.com/dir -> http://x/dir/scim/v2/Users
function restored(request: Request, prefix: string): Request {
  if (prefix === '') return request
  const url = new URL(request.url)
  return new Request(`${url.origin}${prefix}${url.pathname}${url.search}`, request)
}

function notAllowed(c: Context): Response {
  const scim = isScim(c)
  const allow = scim ? 'GET, HEAD, POST, PUT, PATCH, DELETE' : 'GET, HEAD'
  return problem(405, 'this method is not allowed', scim, { Allow: allow })
}

function isScim(c: Context): boolean {
  return c.req.path === SCIM_PATH || c.req.path.startsWith(`${SCIM_PATH}/`)
}

// What has an answer of its own, in a browser too.
function isPage(path: string): boolean {
  return !/^\/(scim|console\/api|livez|readyz)(\/|$)/.test(path)
}

const NOT_BUILT =
  '\nThe console is not built here. npm ci builds it, and the next start serves it.\n'

function whereThingsAre(publicUrl: string): string {
  return [
    'Rollcall, a SCIM 2.0 service provider.',
    '',
    `SCIM base URL   ${publicUrl}${SCIM_PATH}   (needs an API key)`,
    `alive           ${publicUrl}/livez`,
    `ready           ${publicUrl}/readyz`,
    '',
  ].join('\n')
}
