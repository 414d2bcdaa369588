/** An API key as the console shows it. */

import type { ApiKey } from '../../store/registry.ts'
import { clientOf } from './clients.ts'
import type { KeyRow } from './types.ts'

/** A key that ends sooner than this is about to. */
const SOON = 7 * 86_400_000

export function keyRow(key: ApiKey, now: number): KeyRow {
  const { id, name, scope, hint, created, expires, revoked, replaces, lastUsed } = key
  return {
    id,
    name,
    scope,
    shown: `rc_…${hint}`,
    last4: hint,
    created,
    expires,
    revoked,
    replaces,
    state: stateOf(key, now),
    lastUsed: lastUsed && { ...lastUsed, client: clientOf(lastUsed.agent) },
  }
}

function stateOf({ revoked, expires }: ApiKey, now: number): KeyRow['state'] {
  if (revoked !== null) return 'revoked'
  if (expires === null || expires > now + SOON) return 'active'
  return expires > now ? 'expiring' : 'expired'
}
