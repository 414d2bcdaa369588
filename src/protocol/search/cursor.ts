/**
 * Cursors (RFC 9865): places in the order of a query, sealed so that a client can neither read nor
 * make them.
 *
 * A cursor is sealed to everything that its query is: tenant, endpoint, filter, order and projection.
 * In any other it does not open, and so is as invalid as a forged one. The count stands inside,
 * because a different one has an error of its own (Table 3). Nothing is kept for a cursor; it is good
 * on every node, and the hour it lives counts from the page that gave it.
 *
 * @module
 */

import { ScimError } from '../errors.ts'
import type { SearchRequest } from './request.ts'

/** Makes text unreadable, and readable again in the same context alone. Both are pure in effect. */
export interface Seal {
  /** Only unreserved characters of RFC 3986 §2.3 come out. */
  seal(plain: string, context: string): string
  /** `undefined` for what this seal did not make, or made in another context. */
  open(sealed: string, context: string): string | undefined
}

/** Where the page begins behind, or ends before. The same as a store takes, without naming it. */
export interface CursorPlace {
  readonly side: 'after' | 'before'
  readonly place: {
    readonly type: string
    readonly id: string
    readonly key?: string | number | null
  }
}

/** The query that cursors are sealed to. */
export interface CursorContext {
  readonly tenant: string
  /** The resource types searched. */
  readonly types: readonly string[]
  readonly request: SearchRequest
}

type Plain = readonly [
  at: number,
  count: number | null,
  side: 'after' | 'before',
  type: string,
  id: string,
  key?: string | number | null,
]

/** @param now Epoch milliseconds. */
export function sealCursor(
  { side, place }: CursorPlace,
  context: CursorContext,
  now: number,
  { seal }: Seal,
): string {
  const { type, id, key } = place
  const count = context.request.count ?? null
  const head = [now, count, side, type, id] as const
  const plain: Plain = key === undefined ? head : [...head, key]
  return seal(JSON.stringify(plain), contextText(context))
}

/**
 * @param timeout Milliseconds a cursor lives.
 * @throws {ScimError} 400 `invalidCursor`, `expiredCursor` or `invalidCount`
 */
export function openCursor(
  sealed: string,
  context: CursorContext,
  now: number,
  timeout: number,
  { open }: Seal,
): CursorPlace {
  const plain = open(sealed, contextText(context))
  if (plain === undefined) {
    throw new ScimError(400, 'invalidCursor', 'The cursor is not one that this query was given')
  }
  const [at, count, side, type, id, key] = JSON.parse(plain) as Plain
  if (now - at > timeout) {
    throw new ScimError(400, 'expiredCursor', 'The cursor has expired; begin with an empty one')
  }
  if (count !== (context.request.count ?? null)) {
    throw new ScimError(400, 'invalidCount', '"count" differs from that of the first page')
  }
  return { side, place: { type, id, ...(key === undefined ? {} : { key }) } }
}

function contextText({ tenant, types, request }: CursorContext): string {
  const { filter, sortBy, descending, attributes, excludedAttributes } = request
  return JSON.stringify([
    tenant,
    types,
    filter ?? null,
    sortBy ?? null,
    descending,
    attributes,
    excludedAttributes,
  ])
}
