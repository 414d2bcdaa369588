/**
 * What a text has that nobody sees: marks that turn the direction of what follows, letters without a width,
 * control characters. With them one name looks like another. They are shown by their numbers, wherever a
 * text comes from outside.
 *
 * An emoji of several parts is held together by some of them, and is what it looks like; and so are letters
 * of Persian or Hindi, which are joined or kept apart by them.
 *
 * @module
 */

export interface Piece {
  /** As it came. */
  readonly text: string
  /** `U+202E`, or `U+202E ×3`, of what cannot be seen. */
  readonly code?: string
}

/** Scripts in which two letters are joined, or kept apart, by a character of its own. */
const JOINED = 'Arab Syrc Nkoo Deva Beng Guru Gujr Orya Taml Telu Knda Mlym Sinh Khmr Mymr'.split(
  ' ',
)
const joiners = JOINED.map((script) => {
  const letter = `(?=\\p{scx=${script}})[\\p{L}\\p{M}]`
  return `(?<=${letter})\\p{Join_Control}(?=${letter})`
})
const emoji =
  /\p{Extended_Pictographic}(?:\uFE0F|\p{Emoji_Modifier})?(?:\u200D\p{Extended_Pictographic}(?:\uFE0F|\p{Emoji_Modifier})?)*|[0-9#*]\uFE0F\u20E3/u
const hidden =
  /(?<hidden>(?<one>[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\u2800\uFFF9-\uFFFB])\k<one>*)/u
/** What is how it is written; or what is hidden, in a row of the same. */
const FOUND = new RegExp(
  `${emoji.source}|(?=\\p{Join_Control})(?:${joiners.join('|')})|${hidden.source}`,
  'gu',
)
/** Letters that are written from right to left: beside them, digits and signs change their places. */
const TURNS = /[\u0590-\u08FF\uFB1D-\uFDFF\uFE70-\uFEFC\u{10800}-\u{10FFF}\u{1E800}-\u{1EFFF}]/u

/** Beyond so many, they are part of the text around them: elements without an end stop a browser. */
const MOST = 500

/** @param isOfLines Whether ends of lines and tabs are seen where it stands. */
export function piecesOf(text: string, isOfLines = false): readonly Piece[] {
  const pieces: Piece[] = []
  let end = 0
  for (const { index, groups } of text.matchAll(FOUND)) {
    const hidden = groups?.hidden
    if (hidden === undefined || (isOfLines && /[\t\n\r]/.test(hidden))) continue
    if (pieces.length >= 2 * MOST) {
      return [...pieces, { text: inCodes(text.slice(end)) }]
    }
    if (index > end) pieces.push({ text: text.slice(end, index) })
    pieces.push({ text: hidden, code: codeOf(hidden) })
    end = index + hidden.length
  }
  if (end < text.length || end === 0) pieces.push({ text: text.slice(end) })
  return pieces
}

/** A text for where there is nothing but text, such as the title of a window: it does not turn its neighbours. */
export function visible(text: string): string {
  const shown = inCodes(text)
  return TURNS.test(shown) ? `\u2068${shown}\u2069` : shown
}

/** What of a text can be typed. */
export function typeable(text: string): string {
  return piecesOf(text)
    .filter(({ code }) => code === undefined)
    .map((piece) => piece.text)
    .join('')
}

function inCodes(text: string): string {
  return text.replaceAll(FOUND, (whole, ...found) => {
    const { hidden } = found.at(-1) as { readonly hidden?: string }
    return hidden === undefined ? whole : `[${codeOf(hidden)}]`
  })
}

function codeOf(hidden: string): string {
  const all = [...hidden]
  const number = (all[0]?.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')
  return `U+${number}${all.length > 1 ? ` ×${all.length}` : ''}`
}
