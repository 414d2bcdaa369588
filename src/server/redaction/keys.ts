/**
 * Takes API keys of ours out of a text, however they are spelled: wherever one is, it opens a directory.
 *
 * @module
 */

import { KEY_FORM } from '../../http/authenticate.ts'
import { says, withoutParts } from './escapes.ts'
import { HIDDEN } from './names.ts'

const KEY = new RegExp(KEY_FORM, 'g')
/** The same as a URL may spell it. */
const KEY_IN_URL = /(?:r|%72)(?:c|%63)(?:_|%5f)(?:[0-9a-z]|%[3-7][0-9a-f]){38}/gi

/** A text without keys of ours. Most have none, and pay for one look. */
export function withoutKeys(text: string): string {
  return text.includes('rc_') ? text.replace(KEY, `rc_${HIDDEN}`) : text
}

/** A part of a URL without keys, however they are spelled. */
export function withoutKeysInUrl(text: string): string {
  const whole = withoutKeys(text)
  const bare = whole.includes('…') ? withoutParts(whole, spellsHalfKey) : whole
  // A body of ours has backslashes, before the quotation marks of its version; those spell nothing.
  if (!bare.includes('%') && !bare.includes('\\u') && !bare.includes('\\U')) return bare
  const left = bare.replace(KEY_IN_URL, `rc_${HIDDEN}`)
  return spellsKey(left) ? withoutParts(left, spellsKey) : left
}

/**
 * What is JSON without keys, also as a URL in it spells them; it stays JSON. Most texts have no escape of
 * a URL, and pay for one look more.
 */
export function withoutKeysInJson(text: string): string {
  const bare = withoutKeys(text)
  if (!bare.includes('%')) return bare
  const left = bare.replace(KEY_IN_URL, `rc_${HIDDEN}`)
  if (!left.includes('%25')) return left
  return withoutParts(left, (part) => part.includes('%25') && spellsKey(part))
}

/** A value of a resource without keys, also as a URL or JSON in one of its strings spells them. */
export function withoutKeysIn<T>(value: T): T
export function withoutKeysIn(value: unknown): unknown {
  if (typeof value === 'string') return withoutKeysInUrl(value)
  if (Array.isArray(value)) return value.map((one: unknown) => withoutKeysIn(one))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([name, one]) => [withoutKeysInUrl(name), withoutKeysIn(one)]),
  )
}

// Escapes of escapes, and those of the strings in a filter: read until nothing is left to be read.
// e.g. '%2572c_4f…' -> '%72c_4f…' -> 'rc_4f…'
const spellsKey = (text: string) => says(text, (left) => KEY_FORM.test(left))

// What we quote of a long word ends in an ellipsis: of a key its beginning is left, which opens nothing and
// is yet nobody's to read.
function spellsHalfKey(text: string): boolean {
  const [begun] = text.split('…', 1)
  return begun !== undefined && begun !== text && says(begun, (left) => /rc_[0-9a-z]*$/i.test(left))
}
