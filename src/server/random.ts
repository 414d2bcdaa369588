/**
 * Identifiers and secrets: the one place that asks for randomness.
 *
 * Resources get UUIDs of version 7 (RFC 9562 §5.7), because a store lists in the order of ids and
 * that order shall be the order of creation. Within one millisecond a counter keeps the order, and
 * when the clock steps back the last millisecond is kept on, so ids never descend.
 *
 * @module
 */

import { randomBytes } from 'node:crypto'

/** Makes bytes from a CSPRNG; an argument wherever it matters, so that tests can choose. */
export type RandomBytes = (size: number) => Uint8Array

export const BASE62 = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'

// Asking for ten bytes costs as much as asking for thousands. No byte is given out twice.
function inStore(): RandomBytes {
  let store = randomBytes(4_096)
  let at = 0
  return (size) => {
    if (at + size > store.length) {
      store = randomBytes(4_096)
      at = 0
    }
    at += size
    return store.subarray(at - size, at)
  }
}

/** Random base62 text. Bytes above 247 are thrown away: a bare modulo would favour some digits. */
export function randomText(length: number, random: RandomBytes = randomBytes): string {
  let out = ''
  while (out.length < length) {
    for (const byte of random(length)) {
      if (byte < 248 && out.length < length) out += BASE62[byte % 62]
    }
  }
  return out
}

/** Makes ids that ascend in the order they were made. */
export function ascendingIds(now: () => number, random: RandomBytes = inStore()): () => string {
  let last = 0
  let counter = 0
  // Many fall into one millisecond.
  let spelled = -1
  let time = ''
  return () => {
    const tail = random(10)
    const at = now()
    if (at > last) {
      last = at
      // Half of the counter's room is left, so that it does not run over within the millisecond.
      counter = (((tail[8] ?? 0) << 8) | (tail[9] ?? 0)) & 0x7ff
    } else if (++counter > 0xfff) {
      last++
      counter = 0
    }
    if (spelled !== last) {
      spelled = last
      const digits = last.toString(16).padStart(12, '0')
      time = `${digits.slice(0, 8)}-${digits.slice(8)}`
    }
    const hex = (index: number) => HEX[tail[index] ?? 0] as string
    const variant = HEX[0x80 | ((tail[0] ?? 0) & 0x3f)]
    const version = `7${HEX[counter >> 8]?.slice(1)}${HEX[counter & 0xff]}`
    const node = hex(2) + hex(3) + hex(4) + hex(5) + hex(6) + hex(7)
    return `${time}-${version}-${variant}${hex(1)}-${node}`
  }
}

const HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'))
