/**
 * One request as the operations see it: whose it is, what it may, and when it came.
 *
 * @module
 */

import type { Tolerance } from '../protocol/quirks.ts'
import type { Preconditions } from '../protocol/version.ts'
import type { TenantSettings } from '../store/registry.ts'
import type { TenantStore, WriteContext } from '../store/store.ts'
import type { Provider } from './options.ts'

export type { TenantSettings } from '../store/registry.ts'

/** Whom a credential belongs to. The tenant comes from here and nowhere else. */
export interface Principal {
  readonly tenant: string
  /** As the change log shall call it: `key:<id>`. */
  readonly actor: string
  /** `write` includes reading. */
  readonly scope: 'read' | 'write'
  readonly settings: TenantSettings
}

export interface Context {
  readonly provider: Provider
  readonly tenant: TenantStore
  readonly principal: Principal
  readonly requestId: string
  /** Notes the quirks of a client, or refuses them, as its tenant wishes. */
  readonly tolerate: Tolerance
  readonly preconditions: Preconditions
}

/** The head of the change log's rows for this request. */
export function writeContext({ provider, principal, requestId }: Context): WriteContext {
  return { at: provider.now(), actor: principal.actor, request: requestId }
}
