/**
 * Notes of when keys were used: the first at once, those that follow it within seconds gathered, of
 * which the last one counts.
 *
 * Every request uses a key, and a write for each would cost more than the request. Whoever revokes a
 * key goes by its last use, so the last of a burst must not be left out.
 *
 * @module
 */

import type { KeyUse } from '../store/registry.ts'

/** Milliseconds between two notes of one key. */
export const GATHERED = 5_000

/** @param write Notes a use; what it rejects with is `write`'s own to tell. */
export function keyUses(
  write: (id: string, use: KeyUse) => void,
): (id: string, use: KeyUse) => void {
  const written = new Map<string, number>()
  const waiting = new Map<string, KeyUse>()

  function settle(): void {
    for (const [id, use] of waiting) {
      written.set(id, use.at)
      write(id, use)
    }
    waiting.clear()
  }

  return (id, use) => {
    const last = written.get(id)
    if (last === undefined || use.at - last >= GATHERED) {
      waiting.delete(id)
      written.set(id, use.at)
      write(id, use)
      return
    }
    if (waiting.size === 0) setTimeout(settle, GATHERED).unref()
    waiting.set(id, use)
  }
}
