/**
 * Takes secrets out of a body.
 *
 * What is JSON is read and written anew. What is not, and yet names such an attribute or might in a
 * spelling that only JSON reads, is not kept at all.
 *
 * @module
 */

import { endOfString, mentions, quoted, words } from './escapes.ts'
import { withoutKeysInJson } from './keys.ts'
import { isBareList, isBareName, secretsInList, wordsIn } from './lists.ts'
import { HIDDEN, MENTION, type Redacted, TOLD } from './names.ts'

/** In place of a body that may hold a secret and cannot be read. */
export const UNREADABLE = '[not kept: it cannot be read and may hold a password]'
/** What is no JSON may spell a name in escapes of some other kind. */
const ESCAPE = /\\|%[2-7][0-9a-f]|&#/i
/** A JSON text in a string, a filter, or a pair of a form; or one of them in escapes. */
const STRUCTURE = /["{=%]/
/** An escape of a character that names are made of. */
const UNICODE = /\\u00[2-7]/i
/** Deeper than any message of ours; what reads one level in another has an end there. */
const DEEPEST = 64

/** @param parsed What the text is as JSON; `undefined` when it is none. */
export function redactBody(text: string, parsed: unknown): Redacted {
  const bare = withoutKeysInJson(text)
  const isSuspect = MENTION.test(bare)
  if (parsed === undefined) {
    return { text: isSuspect || ESCAPE.test(bare) ? UNREADABLE : bare, secrets: [] }
  }
  // Only JSON can spell a name in escapes; and a URL, what a search or an operation is about.
  if (!isSuspect && !UNICODE.test(bare) && !(bare.includes('%') && asksForSecret(parsed)))
    return { text: bare, secrets: [] }
  if (isDeep(bare)) return { text: UNREADABLE, secrets: [] }
  const secrets: string[] = []
  // Written anew also when nothing is hidden: of two members of one name only one has been read.
  return { text: withoutKeysInJson(JSON.stringify(hidden(parsed, secrets))), secrets }
}

/** Whether a search or an operation in it is about what is secret, in whatever spelling. */
function asksForSecret(value: unknown, depth = 0): boolean {
  if (typeof value !== 'object' || value === null) return false
  if (depth > DEEPEST) return true
  return Object.entries(value).some(
    ([key, one]) => (ASKING.test(key) && isAbout(one)) || asksForSecret(one, depth + 1),
  )
}

/** Where a message names attributes: in a filter, a path, or a list. */
const ASKING = /^(?:filter|path|sortby|(?:excluded)?attributes)$/i
const LISTING = /^(?:sortby|(?:excluded)?attributes)$/i

const isAbout = (value: unknown): boolean =>
  typeof value === 'string'
    ? mentions(value)
    : Object.entries(value ?? {})
        .flat()
        .some(isAbout)

/** Whether it says more of what is secret than its name. */
function tells(key: string, value: unknown): value is string | readonly string[] {
  if (!ASKING.test(key) || !isText(value) || !isAbout(value)) return false
  return LISTING.test(key) ? !isBareList(String(value)) : !isBareName(String(value))
}

const isText = (value: unknown): value is string | readonly string[] =>
  typeof value === 'string' ||
  (Array.isArray(value) && value.every((one) => typeof one === 'string'))

function hidden(value: unknown, secrets: string[]): unknown {
  if (typeof value === 'string') return hiddenText(value, secrets)
  if (Array.isArray(value)) return value.map((one) => hidden(one, secrets))
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value)
  const isOfSecret = entries.some(([key, at]) => /^path$/i.test(key) && isAbout(at))
  return Object.fromEntries(
    entries.map(([key, one]) => {
      const isSecret = MENTION.test(key) || (isOfSecret && /^value$/i.test(key))
      if (tells(key, one)) {
        if (LISTING.test(key)) secrets.push(...secretsInList(String(one)))
        return [key, hiddenWords(String(one), secrets)]
      }
      if (!isSecret) return [key, hidden(one, secrets)]
      collect(one, secrets)
      return [key, one === null ? null : HIDDEN]
    }),
  )
}

// A filter, or a message in a string of another.
function hiddenText(text: string, secrets: string[]): string {
  const isTold = TOLD.test(text) || (MENTION.test(text) && STRUCTURE.test(text))
  if (!isTold && !UNICODE.test(text)) return text
  const inner = isDeep(text) ? undefined : objectIn(text)
  if (inner !== undefined) return JSON.stringify(hidden(inner, secrets))
  if (TOLD.test(text)) secrets.push(...wordsIn(text))
  return hiddenWords(text, secrets)
}

// What is said of it may quote any of them.
function hiddenWords(text: string, secrets: string[]): string {
  collect(text, secrets)
  secrets.push(...words(text))
  return HIDDEN
}

function objectIn(text: string): object | undefined {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null ? value : undefined
  } catch {
    return undefined
  }
}

function collect(value: unknown, secrets: string[]): void {
  if (typeof value === 'string') secrets.push(value, ...quoted(value))
  else if (typeof value === 'number') secrets.push(String(value))
  else if (typeof value === 'object' && value !== null) {
    for (const one of Object.values(value)) collect(one, secrets)
  }
}

function isDeep(text: string): boolean {
  let depth = 0
  for (let at = 0; at < text.length; at++) {
    const character = text[at]
    if (character === '"') at = endOfString(text, at)
    else if (character === '[' || character === '{') depth += 1
    else if (character === ']' || character === '}') depth -= 1
    if (depth > DEEPEST) return true
  }
  return false
}
