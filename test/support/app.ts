/**
 * The service provider in this process, over a real store, with two tenants.
 *
 * On memory, requests go to the handler's `fetch` without a socket; on a database, through a server of
 * Node's and `use/node.ts`, so that every suite tries both ways in. The second tenant is the canary: it is
 * filled before anything happens, and {@link App.canary} tells its rows, which must never differ.
 *
 * @module
 */

import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type RequestEntry, type ScimHandler, scimHandler } from '../../src/http/handler.ts'
import type { Principal } from '../../src/provider/context.ts'
import type { Limits } from '../../src/provider/options.ts'
import { createLog, requestLog } from '../../src/server/log.ts'
import { ascendingIds } from '../../src/server/random.ts'
import { newSealSecret, sealWith } from '../../src/server/seal.ts'
import { laterSettings, type TenantSettings } from '../../src/store/registry.ts'
import type { Store } from '../../src/store/store.ts'
import { nodeListener } from '../../src/use/node.ts'
import { type OpenStore, openStore, type StoreKind } from './stores.ts'

export const BASE_URL = 'https://id.example.com/scim/v2'

export interface AppOptions {
  readonly store?: StoreKind
  /** A store that is open already; it is closed with the app. */
  readonly opened?: OpenStore
  readonly settings?: Partial<TenantSettings>
  readonly limits?: Partial<Limits>
}

export interface App {
  /** `path` is below the base URL; a body that is neither text nor bytes is sent as JSON. */
  fetch(path: string, init?: AppRequest): Promise<Response>
  readonly store: Store
  /** What whoever listens was told of every request so far. */
  readonly entries: RequestEntry[]
  /** What the log says of them at its most talkative. */
  logged(): string
  /** What was thrown and is a fault of ours. */
  readonly faults: unknown[]
  /** Every row of the second tenant, as text. */
  canary(): Promise<string>
  close(): Promise<void>
}

export interface AppRequest {
  readonly method?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: unknown
  /** `write` unless said otherwise; `null` sends none. */
  readonly key?: 'write' | 'read' | 'canary' | null
}

const SETTINGS: TenantSettings = {
  profile: 'tolerant',
  recreate: 'restore',
  groupNames: 'unique',
  ...laterSettings,
}

export async function startApp(options: AppOptions = {}): Promise<App> {
  const { store, close } = options.opened ?? (await openStore(options.store ?? 'sqlite'))
  const settings = { ...SETTINGS, ...options.settings }
  const principals: Record<string, Principal> = {
    write: { tenant: 'main', actor: 'key:write', scope: 'write', settings },
    read: { tenant: 'main', actor: 'key:read', scope: 'read', settings },
    canary: { tenant: 'canary', actor: 'key:canary', scope: 'write', settings },
  }
  const entries: RequestEntry[] = []
  const faults: unknown[] = []
  const handler = scimHandler({
    store,
    baseUrl: BASE_URL,
    now: Date.now,
    newId: ascendingIds(Date.now),
    newRequestId: randomUUID,
    hashSecret: async (plain) => `hashed:${plain.length}`,
    authenticate: async (credential) => principals[credential],
    seal: sealWith(newSealSecret()),
    onRequest: (entry) => entries.push(entry),
    onFault: (error) => faults.push(error),
    ...(options.limits === undefined ? {} : { limits: options.limits }),
  })
  const door = options.store === 'memory' ? handlerAlone(handler) : await onSocket(handler)
  const fetch: App['fetch'] = (path, init = {}) => {
    const { method = 'GET', headers = {}, body, key = 'write' } = init
    return door.fetch(
      new Request(door.baseUrl + path, {
        method,
        headers: {
          ...(key === null ? {} : { Authorization: `Bearer ${key}` }),
          ...(body === undefined ? {} : { 'Content-Type': 'application/scim+json' }),
          ...headers,
        },
        ...(body === undefined ? {} : { body: isRaw(body) ? body : JSON.stringify(body) }),
      }),
    )
  }
  await plantCanary(fetch)
  return {
    fetch,
    store,
    entries,
    logged: () => linesOf(entries),
    faults,
    canary: () => rowsOf(store, 'canary'),
    close: async () => {
      await door.close()
      await close()
    },
  }
}

/** A way to the handler. */
interface Door {
  readonly baseUrl: string
  fetch(request: Request): Promise<Response>
  close(): Promise<void>
}

function handlerAlone(handler: ScimHandler): Door {
  return { baseUrl: BASE_URL, fetch: handler.fetch, close: async () => {} }
}

async function onSocket(handler: ScimHandler): Promise<Door> {
  const server = createServer(nodeListener(handler.answer)).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  return {
    baseUrl: `http://127.0.0.1:${port}${new URL(BASE_URL).pathname}`,
    fetch: (request) => globalThis.fetch(request),
    close: async () => {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}

function isRaw(body: unknown): body is string | Uint8Array<ArrayBuffer> {
  return typeof body === 'string' || body instanceof Uint8Array
}

async function plantCanary(fetch: App['fetch']): Promise<void> {
  const user = {
    schemas: ['urn:ietf:params:scim:schemas:core:2.0:User'],
    userName: 'bjensen@example.com',
    emails: [{ value: 'bjensen@example.com', type: 'work' }],
    active: true,
  }
  const { id } = await created(fetch, '/Users', user)
  await created(fetch, '/Groups', {
    schemas: ['urn:ietf:params:scim:schemas:core:2.0:Group'],
    displayName: 'Tour Guides',
    members: [{ value: id }],
  })
  const left = await created(fetch, '/Users', { ...user, userName: 'left@example.com' })
  await fetch(`/Users/${left.id}`, { method: 'DELETE', key: 'canary' })
}

async function created(fetch: App['fetch'], path: string, body: unknown): Promise<{ id: string }> {
  const response = await fetch(path, { method: 'POST', body, key: 'canary' })
  if (response.status !== 201) throw new Error(await response.text())
  return (await response.json()) as { id: string }
}

function linesOf(entries: readonly RequestEntry[]): string {
  const lines: string[] = []
  const tell = requestLog(createLog('debug', { write: (line) => lines.push(line) }))
  for (const entry of entries) tell(entry)
  if (lines.length !== entries.length) throw new Error('a request is not in the log')
  return lines.join('')
}

/** Every row of a tenant that a store shows, as text. */
export async function rowsOf(store: Store, tenant: string): Promise<string> {
  const rows = store.tenant(tenant)
  const refs = { User: '/Users/', Group: '/Groups/' }
  const part = (type: string, attribute: string, side: 'owner' | 'member') => ({
    type,
    view: { edges: [{ attribute, side, refs }] },
    lookups: [],
    refs,
  })
  const parts = [part('User', 'groups', 'member'), part('Group', 'members', 'owner')]
  return JSON.stringify([
    await rows.search({ parts, offset: 0, limit: 1000 }),
    await rows.suspended({ offset: 0, limit: 1000 }),
    await rows.changes({ after: 0, limit: 1000 }),
  ])
}
