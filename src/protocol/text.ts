/**
 * The one way two strings are the same here (RFC 7643 §2.2 `caseExact`, RFC 7644 §7.8).
 *
 * Filters, uniqueness, lookups and PATCH all compare through {@link fold}; a database compares what
 * `fold` made, or calls it. Going by way of upper case makes `ß` and `SS` one, coming from lower case
 * takes `ẞ` along, and the sigma at the end of a word is made an ordinary one, so that folding never
 * depends on what stands next to a letter.
 *
 * @module
 */

/** Case and composition removed: what a `caseExact: false` value is compared by. */
export function fold(text: string): string {
  if (ASCII.test(text)) return text.toLowerCase()
  const lower = text.normalize('NFC').toLowerCase().toUpperCase().toLowerCase()
  return lower.replaceAll('ς', 'σ').normalize('NFC')
}

/** Orders strings by code point, as databases order UTF-8 bytes; JavaScript's `<` does not. */
export function compareText(left: string, right: string): number {
  if (left === right) return 0
  const length = Math.min(left.length, right.length)
  for (let index = 0; index < length; index++) {
    const a = left.charCodeAt(index)
    const b = right.charCodeAt(index)
    if (a !== b) return rank(a) - rank(b)
  }
  return left.length - right.length
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: the whole of ASCII is meant
const ASCII = /^[\u0000-\u007f]*$/

// Surrogates stand for code points above U+FFFF, so they rank after the rest of the plane.
function rank(unit: number): number {
  return unit >= 0xd800 && unit <= 0xdfff ? unit + 0x10000 : unit
}
