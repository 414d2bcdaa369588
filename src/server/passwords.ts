/**
 * Passwords at rest: argon2id in the PHC string format, prepared as RFC 7644 §7.8 says.
 *
 * 19 MiB, two passes, one lane: OWASP's first choice for argon2id. A hash holds a thread for some
 * 30 ms, and the threads are shared with everything else that Node does off the loop, so only a few
 * run at once and only so many wait; beyond that a client is told to come back (503). Otherwise a
 * stream of creates with passwords would be a stream of work that nobody can refuse.
 *
 * @module
 */

import { type Argon2Parameters, argon2, randomBytes, timingSafeEqual } from 'node:crypto'
import { promisify } from 'node:util'
import { ScimError } from '../protocol/errors.ts'

const MEMORY = 19 * 1024
const PASSES = 2
const LANES = 1

const derive = promisify(
  (parameters: Argon2Parameters, done: (error: Error | null, tag: Buffer) => void) =>
    argon2('argon2id', parameters, done),
)

export interface PasswordHasher {
  /** @throws {ScimError} 503 with `Retry-After`, when too many are waiting. */
  hash(plain: string): Promise<string>
  /** Whether a password is the one behind a PHC string; a string not from here never is. */
  verify(plain: string, phc: string): Promise<boolean>
}

/** @param limits How many hashes run at once, and how many more may wait. */
export function passwordHasher(limits: { running: number; waiting: number }): PasswordHasher {
  const turn = turns(limits)
  return {
    async hash(plain) {
      const nonce = randomBytes(16)
      const tag = await turn(() =>
        derive({
          message: prepare(plain),
          nonce,
          parallelism: LANES,
          tagLength: 32,
          memory: MEMORY,
          passes: PASSES,
        }),
      )
      const costs = `m=${MEMORY},t=${PASSES},p=${LANES}`
      return `$argon2id$v=19$${costs}$${unpadded(nonce)}$${unpadded(tag)}`
    },
    async verify(plain, phc) {
      const parts = PHC.exec(phc)?.groups
      if (parts === undefined) return false
      const expected = Buffer.from(parts.tag ?? '', 'base64')
      const tag = await turn(() =>
        derive({
          message: prepare(plain),
          nonce: Buffer.from(parts.salt ?? '', 'base64'),
          parallelism: Number(parts.p),
          tagLength: expected.length,
          memory: Number(parts.m),
          passes: Number(parts.t),
        }),
      )
      return timingSafeEqual(tag, expected)
    },
  }
}

const PHC =
  /^\$argon2id\$v=19\$m=(?<m>\d{1,7}),t=(?<t>\d{1,2}),p=(?<p>\d)\$(?<salt>[A-Za-z0-9+/]{11,64})\$(?<tag>[A-Za-z0-9+/]{16,128})$/

// OpaqueString of RFC 8265 §4.2: every space is a plain one, then composed; case is left alone.
function prepare(plain: string): string {
  return plain.replace(/\p{Zs}/gu, ' ').normalize('NFC')
}

function unpadded(bytes: Buffer): string {
  return bytes.toString('base64').replace(/=+$/, '')
}

function turns({ running, waiting }: { running: number; waiting: number }) {
  const queue: (() => void)[] = []
  let busy = 0
  return async <T>(work: () => Promise<T>): Promise<T> => {
    if (busy >= running) {
      if (queue.length >= waiting) {
        throw new ScimError(503, undefined, 'too many passwords are being hashed; try again', {
          'Retry-After': '1',
        })
      }
      // Whoever leaves hands its place on, so nobody who comes meanwhile can take it.
      await new Promise<void>((resolve) => queue.push(resolve))
    } else {
      busy++
    }
    try {
      return await work()
    } finally {
      const next = queue.shift()
      if (next === undefined) busy--
      else next()
    }
  }
}
