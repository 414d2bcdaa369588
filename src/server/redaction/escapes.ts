/**
 * Reads what URLs and strings write in escapes.
 * Escapes may be escaped again, by whoever means to hide something.
 *
 * @module
 */

import { HIDDEN, MOST } from './names.ts'

/** How often what is escaped may be escaped again. */
export const ROUNDS = 5
/** What stands between what ends a word in a URL, a filter or a sentence. */
const PART = /[^/?&=\s"'<>(),;]+/g

/** As a query is read: one escape after the other, whatever stands between them. */
export function decoded(text: string): string {
  return new URLSearchParams(`x=${text.replaceAll('&', '%26')}`).get('x') ?? text
}

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
