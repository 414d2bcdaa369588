/**
 * Reads what URLs and strings write in escapes.
 * Escapes may be escaped again, by whoever means to hide something.
 *
 * @module
 */

import { isBareName, wordsIn } from './lists.ts'
import { HIDDEN, MENTION, MOST, NAMES } from './names.ts'

/** How often what is escaped may be escaped again. */
export const ROUNDS = 5
/** What stands between what ends a word in a URL, a filter or a sentence. */
const PART = /[^/?&=\s"'<>(),;]+/g

const OPERATOR = /^(?:eq|ne|co|sw|ew|gt|ge|lt|le|pr|and|or|not|\W*)$/i

/** As a query is read: one escape after the other, whatever stands between them. */
export function decoded(text: string): string {
  return new URLSearchParams(`x=${text.replaceAll('&', '%26')}`).get('x') ?? text
}

/** The same, and what stands in the strings of JSON and of a filter: `%64` and `\\u0064` are both `d`. */
export function unescaped(text: string): string {
  return decoded(text).replace(/\\u([0-9a-f]{4})/gi, (_, digits) =>
    String.fromCharCode(Number.parseInt(digits, 16)),
  )
}

/** Whether it is so of a text, or of what it says in escapes. Escaped once more than often: it may be. */
export function says(text: string, is: (text: string) => boolean): boolean {
  let left = text
  for (let round = 0; round < ROUNDS; round++) {
    if (is(left)) return true
    if (!/%|\\u/i.test(left)) return false
    const next = unescaped(left)
    if (next === left) return false
    left = next
  }
  // Nobody escapes that often who does not mean to hide something.
  return true
}

/** Whether a text mentions an attribute that is secret. */
export const mentions = (text: string): boolean => says(text, (left) => MENTION.test(left))

/**
 * The strings in a text, such as a filter.
 *
 * e.g. password eq "x" -> x
 */
export function quoted(text: string): string[] {
  const found: string[] = []
  let from = text.indexOf('"')
  // More are not looked for anyway.
  while (from >= 0 && found.length <= MOST.secrets) {
    const end = endOfString(text, from)
    found.push(text.slice(from + 1, end))
    from = text.indexOf('"', end + 1)
  }
  return found
}

/** The words of a filter that cannot be read, any of which may be what was kept secret: we quote some of them. */
export function words(filter: string): string[] {
  const all = filter.split(/[\s()[\]]+/, MOST.secrets + 1)
  const told = all.filter((word) => MENTION.test(word) && !isBareName(word))
  return [...all, ...told.flatMap((word) => wordsIn(word.slice(word.search(MENTION))))].filter(
    (word) => !OPERATOR.test(word) && !NAMES.includes(word.toLowerCase()),
  )
}

/** Where the string that begins at a quotation mark ends, or the text. */
export function endOfString(text: string, from: number): number {
  let at = from + 1
  while (at < text.length && text[at] !== '"') at += text[at] === '\\' ? 2 : 1
  return Math.min(at, text.length)
}

/** A text without those of its parts that are secret, a part being what a key may be all of. */
export function withoutParts(text: string, isSecret: (part: string) => boolean): string {
  // A part may end before a quotation mark that JSON escapes, whose backslash is none of its own.
  return text.replace(PART, (part) =>
    isSecret(part) ? `${HIDDEN}${part.match(/(?<!\\)\\+$/)?.[0] ?? ''}` : part,
  )
}
