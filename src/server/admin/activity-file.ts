/**
 * Requests as a file, CSV or JSON, written while they are searched for.
 *
 * What programs for tables would take for a formula gets an apostrophe before it, as OWASP says ("CSV
 * Injection"); nothing else of a text is changed.
 *
 * @module
 */

import { streamOf } from '../../http/fetch.ts'
import type { ActivityPage, ExportedRow, Unkept } from './types.ts'

export type FileFormat = 'csv' | 'json'

/** What is not in the file although it came. */
export type Missing = Pick<ActivityPage, 'unkept' | 'keptSince'>

/** Whose requests, and when they were asked for: what tells one file from another. */
export interface Origin {
  readonly tenant: string
  readonly at: number
}

/** @param pages What they throw ends the file in the middle, for its reader to see. */
export function activityFile(
  format: FileFormat,
  { tenant, at }: Origin,
  missing: Missing,
  pages: AsyncIterable<readonly ExportedRow[]>,
): Response {
  const when = timeOf(at).slice(0, 16).replace(':', '')
  const name = `requests-${tenant.replaceAll(/[^\w.-]+/g, '-')}-${when}Z.${format}`
  const texts = format === 'csv' ? csv(missing, pages) : json(missing, pages)
  return new Response(streamOf(texts), {
    headers: {
      'Content-Type': format === 'csv' ? 'text/csv; charset=utf-8' : 'application/json',
      'Content-Disposition': `attachment; filename="${name}"`,
    },
  })
}

const COLUMNS = [
  ...(['at', 'requestId', 'method', 'path', 'query', 'status', 'result'] as const),
  ...([
    'milliseconds',
    'key',
    'keyId',
    'client',
    'agent',
    'address',
    'scimType',
    'refused',
  ] as const),
  ...(['quirks', 'resource', 'seq', 'unkept', 'until', 'cause', 'detail', 'about'] as const),
]

async function* csv(
  { unkept, keptSince }: Missing,
  pages: AsyncIterable<readonly ExportedRow[]>,
): AsyncGenerator<string> {
  yield line((name) => name)
  if (unkept !== null) yield told(record(unkept))
  for await (const page of pages) yield page.map((row) => line((name) => cell(row, name))).join('')
  if (keptSince !== null) yield told(beginning(keptSince))
}

type Column = (typeof COLUMNS)[number]

/** e.g. `2026-11-27T10:05:00.123Z`, in either format. */
const timeOf = (at: number) => new Date(at).toISOString()

const line = (of: (name: Column) => string) => `${COLUMNS.map(of).join()}\r\n`

const told = (cells: Readonly<Partial<Record<Column, unknown>>>) =>
  line((name) => String(cells[name] ?? ''))

function cell(row: ExportedRow, name: Column): string {
  if (name === 'unkept' || name === 'until') return ''
  if (name === 'at') return timeOf(row.at)
  if (name === 'key') return safe(row.key?.name ?? '')
  // Two keys may have one name, as a rotated one and its successor do.
  if (name === 'keyId') return safe(row.key?.id ?? '')
  const value = row[name]
  return safe(Array.isArray(value) ? value.join(' ') : String(value ?? ''))
}

/** In place of the requests that are not in the file although they came. */
const record = ({ count, from, to }: Unkept) => ({
  at: timeOf(from),
  result: 'unkept',
  unkept: count,
  until: timeOf(to),
})

/** In place of all that was forgotten because there was too much. */
const beginning = (keptSince: number) => ({
  at: timeOf(keptSince),
  result: 'forgotten',
})

/**
 * Where a program begins to read a formula: at the beginning of a cell and, since a semicolon or a tab may
 * part cells where it is opened, behind these and at a new line; also after blanks and in full width.
 * Quotation marks are passed over: we double them, and where one is the first of a cell to such a program,
 * the second ends what is quoted.
 */
const FORMULA = /(?<=^|[;\t\r\n])(?=[\s"\p{Cc}\p{Cf}]*[=+\-@\uFF1D\uFF0B\uFF0D\uFF20])/gu
/** These at its beginning count as a formula by themselves. */
const BEGINNING = /^(?=[\t\r\n])/

/** A text as a cell that no program takes for a formula. */
export function safe(text: string): string {
  const begun = text.replace(FORMULA, "'")
  const bare = begun === text ? text.replace(BEGINNING, "'") : begun
  return /[",;\t\r\n]/.test(bare) ? `"${bare.replaceAll('"', '""')}"` : bare
}

async function* json(
  { unkept, keptSince }: Missing,
  pages: AsyncIterable<readonly ExportedRow[]>,
): AsyncGenerator<string> {
  let isFirst = unkept === null
  yield unkept === null ? '[' : `[${JSON.stringify(record(unkept))}`
  for await (const page of pages) {
    const rows = page.map(inJson).join(',\n')
    yield isFirst || rows === '' ? rows : `,${rows}`
    isFirst &&= rows === ''
  }
  if (keptSince !== null) yield `${isFirst ? '' : ','}${JSON.stringify(beginning(keptSince))}`
  yield ']\n'
}

const inJson = (row: ExportedRow) => JSON.stringify({ ...row, at: timeOf(row.at) })
