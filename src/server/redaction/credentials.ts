/**
 * Finds credentials of whatever scheme and service: who has no key of ours may have sent somebody else's.
 *
 * @module
 */

import { decoded, ROUNDS } from './escapes.ts'
import { HIDDEN } from './names.ts'

/**
 * A credential of some scheme, up to where its text or its parameter ends: `Bearer foo`,
 * `Basic dXNlcjpwYXNz`. And a token that tells of itself that it is one (RFC 7519).
 */
const CREDENTIAL =
  /(bearer|basic|digest|negotiate|ntlm|token|oauth|api-?key|ssws|hawk|aws4-hmac-sha256)(?:[\s:=+]|%20)+(?!\[redacted)[^&]+/gi
const TOKEN = /eyJ[\w-]{8,}\.[\w-]+\.[\w-]*/g
const SCHEME = /^(?:bearer|basic|digest|negotiate|ntlm|token|oauth|ssws|hawk)$/i

/** What to look for in what else came with a credential, which is nobody's here. */
export function secretsIn(credential: string): string[] {
  const words = credential.split(' ').filter((word) => word !== '' && !SCHEME.test(word))
  const plain = words.flatMap((word) => {
    const [name, password] = Buffer.from(word, 'base64').toString().split(/:(.*)/s)
    return password === undefined || !/^[\x20-\x7e]+$/.test(`${name}${password}`) ? [] : [password]
  })
  // A long one in parts, each of which can be looked for.
  return [...words, ...plain].flatMap((word) => word.match(/.{1,500}/gs) ?? [])
}

/** A text without what looks like a credential, whosever it may be. */
export function withoutCredentials(text: string): string {
  let left = text
  for (let round = 0; round < ROUNDS; round++) {
    const bare = left.replace(CREDENTIAL, `$1 ${HIDDEN}`).replace(TOKEN, HIDDEN)
    // Where it is only found once escapes are read, there is no telling where it ends.
    if (bare !== left) return round === 0 ? withoutCredentials(bare) : HIDDEN
    const next = decoded(left)
    if (next === left) break
    left = next
  }
  return text
}
