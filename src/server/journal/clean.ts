/**
 * Whether requests may be written down as they came, because nothing would be taken out of them.
 *
 * What is not sure is answered with no: then they are redacted (interpret.ts) before they are kept.
 *
 * @module
 */

import { MENTION } from '../redaction/names.ts'
import { redactPath, redactQuery } from '../redaction/url.ts'
import { BREAK } from './packed.ts'
import type { Looks } from './packing.ts'
import { spanAt } from './parcel.ts'

/**
 * Whether nothing would be taken out of a parcel of reads that went well: no key is in it, and no escape
 * that could spell one. Looks at bytes where it can, since this is done for every one of many.
 */
export function isClean(room: ArrayBuffer, size: number, looks: Looks): boolean {
  const bytes = Buffer.from(room, 0, size)
  if (mayHoldKey(bytes) || ESCAPES.some((one) => bytes.includes(one))) return false
  // The length of a text may look like one, too.
  let percent = nextPercent(bytes, 0)
  const hasPercent = ({ start, end }: Span) => {
    if (percent < start) percent = nextPercent(bytes, start)
    return percent < end
  }
  for (let at = 0; at < size; ) {
    const head = spanAt(bytes, at)
    const line = spanAt(bytes, head.end)
    const answer = spanAt(bytes, spanAt(bytes, line.end).end)
    at = answer.end
    if (head.end > head.start && !isCleanText(textAt(bytes, head))) return false
    if (looks === 'heads' ? hasPercent(line) : !isCleanLine(textAt(bytes, line))) return false
    if (hasPercent(answer) && SPELLS.test(textAt(bytes, answer))) return false
  }
  return true
}

type Span = ReturnType<typeof spanAt>

/** The escapes of JSON, in which anything may be spelled. */
const ESCAPES = ['\\u', '\\U'].map((text) => Buffer.from(text))
const PERCENT = 0x25
/** An escape of a character that a key may have, or of the percent sign of another escape. */
const SPELLS = /%(?:25|3\d|[46][1-9a-f]|[57][\da]|5f)/i
const [R, C, UNDERSCORE] = [0x72, 0x63, 0x5f]

function nextPercent(bytes: Buffer, from: number): number {
  const at = bytes.indexOf(PERCENT, from)
  return at < 0 ? bytes.length : at
}

// Few texts have a character that every key has, and to look for it alone is a tenth of the work.
function mayHoldKey(bytes: Buffer): boolean {
  for (let at = bytes.indexOf(UNDERSCORE); at >= 0; at = bytes.indexOf(UNDERSCORE, at + 1)) {
    if (bytes[at - 1] === C && bytes[at - 2] === R) return true
  }
  return false
}

const textAt = (bytes: Buffer, { start, end }: Span) => bytes.toString('utf8', start, end)

const isCleanText = (text: string) => !text.includes('%') && !MENTION.test(text)

function isCleanLine(line: string): boolean {
  const [path = '', query = ''] = line.split(BREAK, 5).slice(3)
  if (!isCleanText(line.replace(query, '')) || redactPath(path).text !== path) return false
  if (query === '') return true
  const { text, secrets } = redactQuery(query)
  return secrets.length === 0 && text === query
}
