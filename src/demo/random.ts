/**
 * A seeded generator. What it makes for a seed and a place is the same on every machine and in every
 * order, so a person can be made again without making those before.
 *
 * @module
 */

export interface Dice {
  /** A whole number from 0 to below `limit`. */
  below(limit: number): number
  pick<T>(list: readonly [T, ...T[]]): T
  /** Whether something comes true that does so in so many of a hundred. */
  percent(share: number): boolean
  /** Lower-case hexadecimal digits. */
  hex(digits: number): string
}

/** The dice of one place: `dice(7, 'person', 12)`. */
export function dice(seed: number, kind: string, index: number): Dice {
  let state = mix(seed ^ mix(index + 0x9e3779b9))
  for (let at = 0; at < kind.length; at++) state = mix(state ^ kind.charCodeAt(at))
  const next = () => {
    state = (state + 0x9e3779b9) | 0
    return mix(state)
  }
  const below = (limit: number) => Math.floor((next() / 2 ** 32) * limit)
  return {
    below,
    pick: (list) => list[below(list.length)] as (typeof list)[0],
    percent: (share) => below(100) < share,
    hex(digits) {
      let text = ''
      while (text.length < digits) text += next().toString(16).padStart(8, '0')
      return text.slice(0, digits)
    },
  }
}

// The finaliser of MurmurHash3: every bit of the number depends on every other.
function mix(value: number): number {
  let mixed = value
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85ebca6b)
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35)
  return (mixed ^ (mixed >>> 16)) >>> 0
}
