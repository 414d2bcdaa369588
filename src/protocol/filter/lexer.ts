/**
 * The words of a filter or a PATCH path (RFC 7644 §3.4.2.2).
 *
 * A word is whatever stands between blanks, brackets and quotes: path, operator, number or keyword.
 * What it means depends on where it stands, so the parser decides. Blanks separate words and mean
 * nothing else: more than the ABNF's one SP is taken, and beside a bracket or a quote none is needed.
 *
 * A string that JSON would refuse becomes a `fault`, for the parser to report when it gets there.
 *
 * @module
 */

export interface Token {
  readonly kind: 'word' | 'string' | 'fault' | '(' | ')' | '[' | ']' | 'end'
  /** As it was written; of a `fault`, what is wrong. */
  readonly text: string
  /** 0-based, in UTF-16 units. */
  readonly start: number
  /** Of a `string`, what it says. */
  readonly value?: string
}

/** The tokens of a text; the last one is always `end`. */
export function tokenize(text: string): readonly Token[] {
  const tokens: Token[] = []
  let at = 0
  while (at < text.length) {
    const start = at
    const char = text[at]
    switch (char) {
      case ' ':
        at++
        break
      case '(':
      case ')':
      case '[':
      case ']':
        tokens.push({ kind: char, text: char, start })
        at++
        break
      case '"':
        at = endOfString(text, start)
        tokens.push(stringToken(text.slice(start, at), start))
        break
      default:
        WORD.lastIndex = at
        WORD.test(text)
        at = WORD.lastIndex
        tokens.push({ kind: 'word', text: text.slice(start, at), start })
    }
  }
  tokens.push({ kind: 'end', text: '', start: text.length })
  return tokens
}

/** Whether a database can hold the text: no U+0000, no half of a surrogate pair. */
export function isStorable(text: string): boolean {
  return text.isWellFormed() && !text.includes('\u0000')
}

const WORD = /[^ ()[\]"]+/y

// e.g. "a \" b" eq
//      ^      ^ one past the closing quote, or the end of the text where none closes
function endOfString(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at++) {
    if (text[at] === '\\') at++
    else if (text[at] === '"') return at + 1
  }
  return text.length
}

function stringToken(text: string, start: number): Token {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return { kind: 'fault', text: 'the string is not a complete JSON string', start }
  }
  // JSON.parse of a text that begins with a quote gives a string or throws.
  const said = value as string
  if (isStorable(said)) return { kind: 'string', text, start, value: said }
  return { kind: 'fault', text: 'the string has U+0000 or half a surrogate pair', start }
}
