/**
 * Seals cursors (protocol/search/cursor.ts): AES-256-GCM, with the context as what is authenticated
 * beside the text. The key is a secret of the service that every node reads from the database.
 *
 * Nonces are 96 random bits. After 2³² seals under one key two may meet with a chance of one in 2³³;
 * what that could tell somebody is how two of their own cursors differ.
 *
 * @module
 */

import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import type { Seal } from '../protocol/search/cursor.ts'
import type { RandomBytes } from './random.ts'

const NONCE = 12
const TAG = 16

/** A new secret, as text. */
export function newSealSecret(random: RandomBytes = randomBytes): string {
  return Buffer.from(random(32)).toString('base64url')
}

/** @param secret From {@link newSealSecret}. */
export function sealWith(secret: string, random: RandomBytes = randomBytes): Seal {
  const key = Buffer.from(secret, 'base64url')
  return {
    seal(plain, context) {
      const nonce = random(NONCE)
      const cipher = createCipheriv('aes-256-gcm', key, nonce)
      cipher.setAAD(Buffer.from(context))
      const parts = [nonce, cipher.update(plain, 'utf8'), cipher.final(), cipher.getAuthTag()]
      return Buffer.concat(parts).toString('base64url')
    },
    open(sealed, context) {
      const bytes = Buffer.from(sealed, 'base64url')
      // Decoding passes over what is no base64url; a text has one spelling.
      if (bytes.length <= NONCE + TAG || bytes.toString('base64url') !== sealed) return undefined
      const end = bytes.length - TAG
      const opener = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, NONCE))
      opener.setAAD(Buffer.from(context))
      opener.setAuthTag(bytes.subarray(end))
      try {
        return opener.update(bytes.subarray(NONCE, end), undefined, 'utf8') + opener.final('utf8')
      } catch {
        return undefined
      }
    },
  }
}
