/**
 * A SCIM client for tests. It holds every answer to what all answers have in common (RFC 7644 §3.1,
 * §3.12), so that no test has to say it again.
 *
 * @module
 */

import { expect } from 'vitest'
import { ENTERPRISE_USER, GROUP, PATCH_OP, SEARCH_REQUEST, USER } from '../../src/protocol/urn.ts'
import type { App, AppRequest } from './app.ts'

/** What tests look at by name; everything else is there as well. */
export interface Message {
  readonly schemas: readonly string[]
  readonly id: string
  readonly userName: string
  readonly emails: readonly Value[]
  readonly members: readonly Value[]
  readonly groups: readonly Value[]
  readonly meta: {
    readonly resourceType: string
    readonly created: string
    readonly lastModified: string
    readonly location: string
    readonly version: string
  }
  readonly totalResults: number
  readonly itemsPerPage: number
  readonly startIndex: number
  readonly Resources: readonly Message[]
  readonly detail: string
  readonly [name: string]: unknown
}

export interface Value {
  readonly value: string
  readonly type?: string
  readonly display?: string
  readonly primary?: boolean
  readonly $ref?: string
}

export interface Reply {
  readonly status: number
  readonly headers: Headers
  readonly text: string
  /** The body as JSON; `{}` when there is none. */
  readonly body: Message
}

type Extra = Omit<AppRequest, 'method' | 'body'>
type Attributes = Readonly<Record<string, unknown>>

export interface Client {
  get(path: string, extra?: Extra): Promise<Reply>
  post(path: string, body: unknown, extra?: Extra): Promise<Reply>
  put(path: string, body: unknown, extra?: Extra): Promise<Reply>
  del(path: string, extra?: Extra): Promise<Reply>
  /** PATCH with these operations. */
  patch(path: string, operations: readonly unknown[], extra?: Extra): Promise<Reply>
  send(path: string, request: AppRequest): Promise<Reply>
  /** The resource, which must be there. */
  read(path: string): Promise<Message>
  /** Creates a user, `userName` being made up when it is not given. */
  user(attributes?: Attributes): Promise<Message>
  group(displayName: string, members?: readonly string[]): Promise<Message>
  /** The names of what a filter finds, in the order of the answer. */
  find(endpoint: string, filter: string): Promise<string[]>
}

export function client(app: () => App): Client {
  let made = 0
  const send = async (path: string, request: AppRequest) => {
    const response = await app().fetch(path, request)
    const text = await response.text()
    const body = (text === '' ? {} : JSON.parse(text)) as Message
    const reply = { status: response.status, headers: response.headers, text, body }
    requireWellFormed(reply)
    return reply
  }
  const created = async (path: string, body: unknown) => {
    const reply = await send(path, { method: 'POST', body })
    expect(reply.status, reply.text).toBe(201)
    return reply.body
  }
  return {
    send,
    get: (path, extra) => send(path, { ...extra }),
    post: (path, body, extra) => send(path, { ...extra, method: 'POST', body }),
    put: (path, body, extra) => send(path, { ...extra, method: 'PUT', body }),
    del: (path, extra) => send(path, { ...extra, method: 'DELETE' }),
    patch: (path, operations, extra) =>
      send(path, { ...extra, method: 'PATCH', body: patchOf(...operations) }),
    async read(path) {
      const reply = await send(path, {})
      expect(reply.status, reply.text).toBe(200)
      return reply.body
    },
    user: (attributes = {}) => created('/Users', userOf(`user${++made}`, attributes)),
    group: (displayName, members = []) =>
      created('/Groups', { ...groupOf(displayName), members: members.map((value) => ({ value })) }),
    async find(endpoint, filter) {
      const reply = await send(`${endpoint}?filter=${encodeURIComponent(filter)}`, {})
      expect(reply.status, reply.text).toBe(200)
      return reply.body.Resources.map(({ userName, displayName }) =>
        String(userName ?? displayName),
      )
    },
  }
}

/** Checks a refusal: its status, and the `scimType` the RFC names or `undefined`. */
export function expectError(reply: Reply, status: number, scimType?: string): void {
  expect({ status: reply.status, scimType: reply.body.scimType }, reply.text).toEqual({
    status,
    scimType,
  })
}

export function userOf(userName: string, attributes: Attributes = {}): Attributes {
  const schemas = ENTERPRISE_USER in attributes ? [USER, ENTERPRISE_USER] : [USER]
  return { schemas, userName, ...attributes }
}

export function groupOf(displayName: string, attributes: Attributes = {}): Attributes {
  return { schemas: [GROUP], displayName, ...attributes }
}

export function patchOf(...operations: readonly unknown[]): Attributes {
  return { schemas: [PATCH_OP], Operations: operations }
}

export function searchOf(parameters: Attributes): Attributes {
  return { schemas: [SEARCH_REQUEST], ...parameters }
}

const ERROR = 'urn:ietf:params:scim:api:messages:2.0:Error'

function requireWellFormed({ status, headers, text, body }: Reply): void {
  expect(headers.get('X-Request-Id')).toMatch(/^[\w.:-]+$/)
  expect(headers.get('X-Content-Type-Options')).toBe('nosniff')
  if (text !== '') expect(headers.get('Content-Type')).toBe('application/scim+json')
  if (status >= 400) {
    expect(body).toMatchObject({ schemas: [ERROR], status: String(status) })
    expect(body.detail).toMatch(/./)
    expect(text).not.toMatch(/\.ts:\d|node_modules|\bat \S+ \(/)
  }
  // RFC 7643 §7: what is never returned never is, in no answer at all.
  if (status < 400 && !text.includes('urn:ietf:params:scim:schemas:core:2.0:Schema"')) {
    expect(text).not.toContain('"password"')
  }
}
