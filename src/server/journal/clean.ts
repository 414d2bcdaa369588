/**
 * Whether requests may be written down as they came, because nothing would be taken out of them.
 *
 * What is not sure is answered with no: then they are redacted (redact.ts) before they are kept.
 *
 * @module
 */

import { MENTION } from '../redaction/names.ts'
import { redactPath, redactQuery } from '../redaction/url.ts'
import { BREAK } from './packed.ts'
import { spanAt } from './parcel.ts'

/**
 * Whether nothing would be taken out of a parcel of reads that went well: no key is in it, and no escape
 * that could spell one. Looks at bytes where it can, since this is done for every one of many.
 *
 * @param hasQueries Whether any of them has a query.
 */
export function isClean(room: ArrayBuffer, size: number, hasQueries: boolean): boolean {
  const bytes = Buffer.from(room, 0, size)
  if (SPELLINGS.some((one) => bytes.includes(one))) return false
  if (!hasQueries && bytes.includes(PERCENT)) return false
  for (let at = 0; at < size; ) {
    const line = spanAt(bytes, at)
    const answer = spanAt(bytes, spanAt(bytes, line.end).end)
    at = answer.end
    if (bytes.subarray(answer.start, answer.end).includes(PERCENT)) return false
    if (!isCleanLine(bytes.toString('utf8', line.start, line.end))) return false
  }
  return true
}

/** A key; and the escapes of JSON, in which anything may be spelled. */
const SPELLINGS = ['rc_', '\\u', '\\U'].map((text) => Buffer.from(text))
const PERCENT = 0x25

function isCleanLine(line: string): boolean {
  const [path = '', query = ''] = line.split(BREAK, 6).slice(4)
  const rest = line.replace(query, '')
  if (rest.includes('%') || MENTION.test(rest) || redactPath(path).text !== path) return false
  if (query === '') return true
  const { text, secrets } = redactQuery(query)
  return secrets.length === 0 && text === query
}
