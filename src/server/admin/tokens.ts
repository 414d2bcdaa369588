/**
 * Tokens of sessions and links: 32 random bytes, of which only the hash is kept. As of API keys
 * (api-keys.ts), a plain SHA-256 is enough for what nobody can guess.
 *
 * @module
 */

import { hash as digest, randomBytes } from 'node:crypto'
import type { RandomBytes } from '../random.ts'

export function newToken(random: RandomBytes = randomBytes): string {
  return Buffer.from(random(32)).toString('base64url')
}

export function hashToken(token: string): string {
  return digest('sha256', token, 'hex')
}
