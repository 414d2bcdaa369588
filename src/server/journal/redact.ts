/**
 * Takes secrets out of what is kept: attributes that are never returned, API keys, tokens in a URL.
 *
 * What is JSON is read and written anew. What is not, and yet names such an attribute or might in a
 * spelling that only JSON reads, is not kept at all. A secret that was found in a request is looked for
 * in what was said about it, too.
 *
 * @module
 */

import { groupType, userType } from '../../protocol/schema/core/types.ts'
import type { ResourceType } from '../../protocol/schema/resource-type.ts'

export const HIDDEN = '[redacted]'

/** In place of a body that may hold a secret and cannot be read. */
export const UNREADABLE = '[not kept: it is not JSON and may hold a password]'

const NAMES = [userType, groupType].flatMap(secretNames)
const MENTION = new RegExp(`(?<![a-z])(?:${NAMES.join('|')})(?![a-z])`, 'i')
/** Parameters of a URL that hold no attribute and yet a secret. */
const PARAMETERS = /^(?:authorization|api[-_]?key|(?:access[-_]?)?token|(?:client[-_]?)?secret)$/i
const KEY = /rc_[0-9A-Za-z]{38}/g

function secretNames({ schema, extensions }: ResourceType): string[] {
  return [schema, ...extensions.map((extension) => extension.schema)]
    .flatMap(({ attributes }) => attributes)
    .filter(({ returned }) => returned === 'never')
    .map(({ name }) => name.toLowerCase())
}

/** What is left of a text, and the secrets that were in it. */
export interface Redacted {
  readonly text: string
  readonly secrets: readonly string[]
}

const NOTHING: Redacted = { text: '', secrets: [] }

/** @param parsed What the text is as JSON; `undefined` when it is none. */
export function redactBody(text: string, parsed: unknown): Redacted {
  const bare = withoutKeys(text)
  // Only JSON can spell a name in escapes.
  if (!MENTION.test(bare) && !/\\u00[2-7]/i.test(bare)) return { text: bare, secrets: [] }
  if (parsed === undefined) return { text: UNREADABLE, secrets: [] }
  const secrets: string[] = []
  // Written anew also when nothing is hidden: of two members of one name only one has been read.
  return { text: withoutKeys(JSON.stringify(hidden(parsed, secrets))), secrets }
}

// e.g. filter=password%20eq%20%22x%22&count=1 -> filter=[redacted]&count=1
export function redactQuery(query: string): Redacted {
  if (query === '') return NOTHING
  const secrets: string[] = []
  const parts = query.split('&').map((part) => {
    const at = part.indexOf('=')
    const [name, value] = at < 0 ? [part, ''] : [part.slice(0, at), part.slice(at + 1)]
    const [plainName, plain] = [decoded(name), decoded(value)]
    const lists = /^(?:excluded)?attributes$|^sort/i.test(plainName)
    const isSecret =
      PARAMETERS.test(plainName) || MENTION.test(plainName) || (!lists && MENTION.test(plain))
    if (!isSecret) return part
    secrets.push(plain, ...quoted(plain))
    return `${name}=${HIDDEN}`
  })
  return { text: withoutKeys(parts.join('&')), secrets }
}

/** A text without these secrets, as they are and as JSON writes them. */
export function without(text: string, secrets: readonly string[]): string {
  let left = withoutKeys(text)
  for (const secret of secrets) {
    // Shorter ones are everywhere, and tell nothing where they are.
    if (secret.length < 3) continue
    left = left.replaceAll(secret, HIDDEN)
    left = left.replaceAll(JSON.stringify(secret).slice(1, -1), HIDDEN)
  }
  return left
}

function withoutKeys(text: string): string {
  return text.includes('rc_') ? text.replace(KEY, `rc_${HIDDEN}`) : text
}

function hidden(value: unknown, secrets: string[]): unknown {
  if (Array.isArray(value)) return value.map((one) => hidden(one, secrets))
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value)
  const isOfSecret = entries.some(
    ([key, at]) => /^path$/i.test(key) && typeof at === 'string' && MENTION.test(at),
  )
  return Object.fromEntries(
    entries.map(([key, one]) => {
      const isSecret = MENTION.test(key) || (isOfSecret && /^value$/i.test(key))
      const isQuery = /^(?:filter|path)$/i.test(key) && typeof one === 'string' && /"/.test(one)
      if (!isSecret && !(isQuery && MENTION.test(one))) return [key, hidden(one, secrets)]
      collect(one, secrets)
      return [key, one === null ? null : HIDDEN]
    }),
  )
}

function collect(value: unknown, secrets: string[]): void {
  if (typeof value === 'string') secrets.push(value, ...quoted(value))
  else if (typeof value === 'number') secrets.push(String(value))
  else if (typeof value === 'object' && value !== null) {
    for (const one of Object.values(value)) collect(one, secrets)
  }
}

// e.g. password eq "x" -> x
const quoted = (text: string) =>
  Array.from(text.matchAll(/"((?:[^"\\]|\\.)*)"/g), ([, one]) => one ?? '')

function decoded(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '))
  } catch {
    return text
  }
}
