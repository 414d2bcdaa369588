/**
 * The ids and moments of what the demo makes.
 *
 * They follow from the seed and the number, so that a manager's id is known before the manager is
 * there, and a run that was ended can tell what it has made. As everywhere, they are UUIDs of
 * version 7, in the order of creation (RFC 9562 §5.7).
 *
 * @module
 */

import { dice } from './random.ts'

/** Monday, 2 January 2023, eight o'clock: the company is founded. */
const FOUNDED = Date.UTC(2023, 0, 2, 8)
/** Milliseconds until the next one comes. */
const EVERY = 30_000

export type Kind = 'person' | 'group'

/** When it was made, in epoch milliseconds; groups lie between people, so no two share one. */
export function madeAt(kind: Kind, index: number): number {
  return FOUNDED + index * EVERY + (kind === 'group' ? EVERY / 2 : 0)
}

export function demoId(seed: number, kind: Kind, index: number): string {
  const time = madeAt(kind, index).toString(16).padStart(12, '0')
  const rest = dice(seed, `${kind} id`, index).hex(18)
  return `${time.slice(0, 8)}-${time.slice(8)}-7${rest.slice(0, 3)}-b${rest.slice(3, 6)}-${rest.slice(6)}`
}
