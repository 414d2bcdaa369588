/**
 * Takes the secrets that were found in a request out of what was said about it: in the log as in the journal.
 *
 * @module
 */

import { withoutCredentials } from './credentials.ts'
import { decoded, ROUNDS, says, withoutParts } from './escapes.ts'
import { withoutKeys, withoutKeysInUrl } from './keys.ts'
import { HIDDEN, MOST, TOLD } from './names.ts'
import { redactPath, withoutTokens } from './url.ts'

/** Stands for a secret until all are found, so that none is found in what another became. */
const MARK = '\uE000'
const URL_LENGTH = 16_384
/** As many texts as are cut in what we say, and more than we quote of one. */
const CUTS = 20
const QUOTED = 100

/** Takes secrets out of texts of one request. */
export interface Cleaner {
  /** What we said. */
  readonly own: (text: string) => string
  /** What the client said; and the path that it asked for. */
  readonly client: (text: string) => string
  readonly path: (text: string) => string
}

/**
 * What takes out of a text all that is known or may be feared to be secret in it: the one way for
 * whatever a client said, in the log as in the journal.
 *
 * @param isNobodys Whether the request came without a key of ours, perhaps with one of another service.
 */
export function cleaner(isNobodys: boolean, secrets: readonly string[]): Cleaner {
  const own = (text: string) => without(withoutKeysInUrl(text), secrets)
  return {
    own,
    client: (text: string) => own(withoutTold(isNobodys ? withoutCredentials(text) : text)),
    path: (text: string) => {
      const bare = redactPath(text).text
      return own(isNobodys ? withoutTokens(withoutCredentials(bare)) : bare)
    },
  }
}

// e.g. App/1.0 password=x -> App/1.0 password=[redacted]
function withoutTold(text: string): string {
  const bare = text.replace(TOLD, `$1=${HIDDEN}`)
  return bare === text && says(text, (left) => TOLD.test(left)) ? HIDDEN : bare
}

/** Whether these are few and short enough for {@link without}. */
export function canFind(secrets: readonly string[]): boolean {
  return secrets.length <= MOST.secrets && secrets.every(({ length }) => length <= MOST.characters)
}

/** A text without these secrets, as they are and as JSON and URLs write them. */
export function without(text: string, secrets: readonly string[]): string {
  let left = withoutKeys(text)
  // The longer first: of one that begins with another no end is left.
  for (const secret of secrets.toSorted((a, b) => b.length - a.length)) {
    // Shorter ones are everywhere, and tell nothing where they are.
    if (secret.length < 3) continue
    left = left.replaceAll(secret, MARK)
    left = left.replaceAll(JSON.stringify(secret).slice(1, -1), MARK)
    left = left.replaceAll(encodeURIComponent(secret.toWellFormed()), MARK)
  }
  if (secrets.length === 0) return left
  const bare = withoutBeginnings(left, secrets).replaceAll(MARK, HIDDEN)
  // Escapes of escapes, in what is as short as a URL.
  if (bare.length > URL_LENGTH || !bare.includes('%25')) return bare
  return withoutParts(bare, (part) => spells(part, secrets))
}

// What we quote of a long text ends in an ellipsis: there a secret is cut, and not found as a whole.
function withoutBeginnings(text: string, secrets: readonly string[]): string {
  const parts = text.split('…', CUTS + 1)
  if (parts.length === 1 || parts.length > CUTS) return text
  const last = parts.pop()
  const left = parts.map((part) => {
    const known = Math.max(...secrets.map((secret) => overlap(part.slice(-QUOTED), secret)))
    return known < 3 ? part : part.slice(0, -known) + MARK
  })
  return [...left, last].join('…')
}

/** How many of the last characters of a text stand together in another. */
function overlap(text: string, other: string): number {
  let [least, most] = [0, text.length]
  while (least < most) {
    const middle = Math.ceil((least + most) / 2)
    if (other.includes(text.slice(-middle))) least = middle
    else most = middle - 1
  }
  return least
}

function spells(text: string, secrets: readonly string[]): boolean {
  let left = text
  for (let round = 0; round < ROUNDS && left.includes('%'); round++) {
    left = decoded(left)
    if (secrets.some((secret) => secret.length >= 3 && left.includes(secret))) return true
  }
  return false
}
