/**
 * A route of the console's API, as data: what it answers, who may call it, and what it takes.
 *
 * A route cannot be written without saying who may call it, and what is told to a handler depends on
 * that: only one that asks for a role has a tenant to act on. The table of all routes is walked by a
 * test that tries everybody else at every one of them.
 *
 * @module
 */

import type { z } from 'zod'
import type { Membership, Operator, Role, Session, SetupLink } from '../../store/operators.ts'
import type { Tenant } from '../../store/registry.ts'
import type { TenantStore } from '../../store/store.ts'
import type { AdminService } from './service.ts'

/**
 * Who may call a route: anybody; whoever has signed in; somebody who has at least that role in the
 * tenant of the path; a root operator; whoever holds a link to set a tenant up.
 */
export type Access = 'public' | 'session' | Role | 'root' | 'setup'

export type Method = 'GET' | 'POST' | 'PATCH' | 'DELETE'

/** A request, let in and checked. */
export interface Call<Body = undefined, Query = undefined> {
  readonly service: AdminService
  readonly request: Request
  readonly requestId: string
  readonly now: number
  readonly address: string | null
  readonly agent: string | null
  readonly body: Body
  readonly query: Query
  /** A part of the path: `/tenants/:tenant/keys/:id`. */
  param(name: string): string
}

export interface SessionCall<Body = undefined, Query = undefined> extends Call<Body, Query> {
  readonly operator: Operator
  readonly session: Session
  /** Of a root operator too, who owns every tenant without any. */
  readonly memberships: readonly Membership[]
  /** Writes down what was done, in the tenant of the call if it has one, or in another. */
  note(action: string, subject: string, of?: Tenant): Promise<void>
}

export interface TenantCall<Body = undefined, Query = undefined> extends SessionCall<Body, Query> {
  readonly tenant: Tenant
  readonly role: Role
  readonly rows: TenantStore
}

export interface SetupCall<Body = undefined, Query = undefined> extends Call<Body, Query> {
  readonly tenant: Tenant
  readonly link: SetupLink
}

interface Calls<Body, Query> {
  readonly public: Call<Body, Query>
  readonly session: SessionCall<Body, Query>
  readonly viewer: TenantCall<Body, Query>
  readonly admin: TenantCall<Body, Query>
  readonly owner: TenantCall<Body, Query>
  readonly root: SessionCall<Body, Query>
  readonly setup: SetupCall<Body, Query>
}

interface Definition<A extends Access, Body, Query> {
  readonly method: Method
  /** Below `/console/api`; one that asks for a role begins with `/tenants/:tenant`. */
  readonly path: A extends Role ? `/tenants/:tenant/${string}` : `/${string}`
  readonly access: A
  /** The person has to have proved who they are within the last ten minutes. */
  readonly confirmed?: true
  readonly body?: z.ZodType<Body>
  readonly query?: z.ZodType<Query>
  /** A `Response` goes as it is; nothing is a 204; anything else a 200 as JSON. */
  readonly handle: (call: Calls<Body, Query>[A]) => Promise<unknown>
}

/** A route, its types forgotten for the table. */
export interface AdminRoute {
  readonly method: Method
  readonly path: string
  readonly access: Access
  readonly confirmed?: true
  readonly body?: z.ZodType
  readonly query?: z.ZodType
  readonly handle: (call: never) => Promise<unknown>
}

/** Keeps a route's own types while it is written. */
export function route<const A extends Access, Body = undefined, Query = undefined>(
  definition: Definition<A, Body, Query>,
): AdminRoute {
  return definition as unknown as AdminRoute
}

/** An answer that is not plain 200: with a status or headers of its own. */
export function reply(
  body: unknown,
  { status = 200, headers = {} }: { status?: number; headers?: Record<string, string> } = {},
): Response {
  if (body === undefined) return new Response(null, { status: 204, headers })
  return Response.json(body, { status, headers })
}
