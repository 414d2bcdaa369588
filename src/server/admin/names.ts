/**
 * What a resource is called, and what it is.
 *
 * @module
 */

import type { JsonObject } from '../../protocol/json.ts'
import type { LoggedChange, TenantStore } from '../../store/store.ts'
import { displayNameOf } from './rows.ts'
import type { AttributeChange } from './types.ts'

interface Name {
  readonly display: string | null
  readonly type: string | null
}

/** If it is still there, suspended or not. */
export async function nameOf(rows: TenantStore, id: string): Promise<Name | undefined> {
  for (const type of ['User', 'Group']) {
    const stored = await rows.read(type, id, { edges: [] })
    if (stored === undefined) continue
    return { display: calledIn(stored), type }
  }
  const suspended = await rows.suspendedOne(id)
  return suspended && { display: calledIn(suspended), type: suspended.type }
}

/** Rows of the log among which the name is looked for of what is gone. */
const LOOKED = 1_000

/** The same; of what is gone for good what the log says it was called, unless it was erased. */
export async function knownName(rows: TenantStore, id: string): Promise<Name | undefined> {
  const here = await nameOf(rows, id)
  if (here !== undefined) return here
  const newest = { about: id, before: Number.MAX_SAFE_INTEGER, limit: LOOKED }
  // The newest may all tell of its members; the very first is that it was made.
  const log = [
    ...(await rows.changes(newest)),
    ...(await rows.changes({ ...newest, after: 0, limit: 1 })),
  ]
  for (const one of log) {
    const display = one.id === id ? nameIn(one.what) : null
    if (display !== null) return { display, type: null }
  }
  return undefined
}

function nameIn(what: LoggedChange['what']): string | null {
  const changed = (Array.isArray(what?.changed) ? what.changed : []) as readonly AttributeChange[]
  const name = changed.find(({ path }) => path === 'displayName')
  const display = name?.after ?? name?.before
  return typeof display === 'string' ? display : null
}

function calledIn({ body }: { readonly body: string }): string | null {
  const resource = JSON.parse(body) as JsonObject
  return displayNameOf(resource) ?? (resource.userName as string | undefined) ?? null
}
