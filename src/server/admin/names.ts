/**
 * What a resource is called, and what it is.
 *
 * @module
 */

import type { JsonObject } from '../../protocol/json.ts'
import type { TenantStore } from '../../store/store.ts'
import { displayNameOf } from './rows.ts'

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

function calledIn({ body }: { readonly body: string }): string | null {
  const resource = JSON.parse(body) as JsonObject
  return displayNameOf(resource) ?? (resource.userName as string | undefined) ?? null
}
