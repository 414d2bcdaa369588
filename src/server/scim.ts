/**
 * The SCIM handler with what this server gives it: keys, passwords, identifiers, the log.
 *
 * @module
 */

import { type RequestEntry, type ScimHandler, scimHandler } from '../http/handler.ts'
import type { Seal } from '../protocol/search/cursor.ts'
import type { Limits, ProviderOptions } from '../provider/options.ts'
import type { Registry } from '../store/registry.ts'
import type { Store } from '../store/store.ts'
import { authenticateKey } from './api-keys.ts'
import { type Log, requestLog } from './log.ts'
import type { OwnCalls } from './own-calls.ts'
import { type PasswordHasher, passwordHasher } from './passwords.ts'
import { ascendingIds } from './random.ts'

export const SCIM_PATH = '/scim/v2'

export interface ScimServiceOptions {
  readonly store: Store
  readonly registry: Registry
  readonly log: Log
  readonly now: () => number
  /** Without a slash at its end: `https://id.example.com`. */
  readonly publicUrl: string
  readonly limits: Partial<Limits>
  readonly seal: Seal
  readonly own: OwnCalls
  readonly passwords?: PasswordHasher
  /** Told of every request, beside the log. */
  readonly record?: (entry: RequestEntry) => void
}

/** What the operations are given, whether the wire or the console asks for them. */
export function providerOptions(options: ScimServiceOptions): ProviderOptions {
  const { store, publicUrl, now, seal, limits } = options
  const passwords = options.passwords ?? passwordHasher({ running: 2, waiting: 64 })
  return {
    store,
    baseUrl: publicUrl + SCIM_PATH,
    now,
    newId: ascendingIds(now),
    hashSecret: (plain) => passwords.hash(plain),
    seal,
    limits,
  }
}

export function scimService(
  options: ScimServiceOptions,
  given: ProviderOptions = providerOptions(options),
): ScimHandler {
  const { log, now, registry, own } = options
  return scimHandler({
    ...given,
    authenticate: authenticateKey(registry, {
      now,
      refused: (reason, key, address) => log.info({ reason, key, address }, 'key refused'),
      isOwn: own.isOwn,
      failed: (error) => log.warn({ err: error }, 'last use of a key was not noted'),
    }),
    // Ascending, so that the journal's index of them grows at its end.
    newRequestId: ascendingIds(now),
    onRequest: both(requestLog(log, own.isOwn), options.record),
    onFault: (error, requestId) => log.error({ err: error, request_id: requestId }, 'fault'),
  })
}

function both(
  first: (entry: RequestEntry) => void,
  second: ((entry: RequestEntry) => void) | undefined,
): (entry: RequestEntry) => void {
  if (second === undefined) return first
  return (entry) => {
    first(entry)
    second(entry)
  }
}
