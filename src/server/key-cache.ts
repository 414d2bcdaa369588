/**
 * Keys remembered from one request to the next, without a revoked one living on.
 *
 * Where the store can tell that nothing of its registry has changed ({@link Registry.epoch}), a key is
 * as good as when it was read, and a revoked one fails at the very next request. Where it cannot, a
 * key is good for half a second from when it was asked for, and asked for again behind the back of a
 * request when half of that is over; so it fails on every node within a second.
 *
 * Only keys that are there are kept: asking for made-up ones fills nothing.
 *
 * @module
 */

import type { KeyAndTenant, Registry } from '../store/registry.ts'

/** Milliseconds a key is good for, where the store cannot tell. */
const GOOD_FOR = 500
/** Milliseconds after which it is asked for again. */
const RENEWED_AFTER = 250
/** More keys than this do not call at once; each costs some hundred bytes. */
const KEPT = 10_000

interface Kept {
  readonly found: KeyAndTenant
  readonly epoch: number | undefined
  /** When it was asked for. */
  readonly since: number
  isRenewing: boolean
}

/** `registry.keyByHash`, remembering. It answers at once where it need not ask. */
export function keyCache(
  registry: Registry,
  now: () => number,
): (hash: string) => KeyAndTenant | undefined | Promise<KeyAndTenant | undefined> {
  const kept = new Map<string, Kept>()

  async function ask(hash: string, epoch: number | undefined): Promise<KeyAndTenant | undefined> {
    const since = now()
    const found = await registry.keyByHash(hash)
    kept.delete(hash)
    if (found !== undefined) {
      if (kept.size >= KEPT) kept.clear()
      kept.set(hash, { found, epoch, since, isRenewing: false })
    }
    return found
  }

  return (hash) => {
    const epoch = registry.epoch?.()
    const one = kept.get(hash)
    if (one === undefined) return ask(hash, epoch)
    if (epoch !== undefined) return one.epoch === epoch ? one.found : ask(hash, epoch)
    const age = now() - one.since
    // A clock that was set back says nothing of age.
    if (age < 0 || age >= GOOD_FOR) return ask(hash, epoch)
    if (age >= RENEWED_AFTER && !one.isRenewing) {
      one.isRenewing = true
      ask(hash, epoch).catch(() => {
        one.isRenewing = false
      })
    }
    return one.found
  }
}
