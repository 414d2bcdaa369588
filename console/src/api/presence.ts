/**
 * Whether somebody is there. Pages ask again by themselves, which is no use that keeps a session alive:
 * without a hand on the mouse or the keys it ends, whatever is still open.
 *
 * @module
 */

const SIGNS = ['pointerdown', 'pointermove', 'keydown', 'wheel', 'focus'] as const
/** As often as the service notes use. */
const STAYS = 60_000

/** @returns Whether nobody has touched anything for a minute. */
export function absence(window: EventTarget, now: () => number = Date.now): () => boolean {
  let last = now()
  const touched = () => {
    last = now()
  }
  for (const sign of SIGNS) window.addEventListener(sign, touched, { capture: true, passive: true })
  return () => now() - last > STAYS
}
