/**
 * What a search asks (RFC 7644 §3.4.2, §3.4.3, RFC 9865 §2): from the query of a GET or the body of
 * `/.search`.
 *
 * Numbers out of range are brought into it, as §3.4.2.4 says; what is no number is refused. Unknown
 * parameters are ignored (§3.4.2).
 *
 * @module
 */

import { invalidSyntax, invalidValue, ScimError } from '../errors.ts'
import { isObject, type JsonValue } from '../json.ts'
import type { Tolerance } from '../quirks.ts'
import { SEARCH_REQUEST } from '../urn.ts'

/** A search, its parts still as text. */
export interface SearchRequest {
  readonly attributes: readonly string[]
  readonly excludedAttributes: readonly string[]
  readonly filter?: string
  readonly sortBy?: string
  readonly descending: boolean
  /** 1-based; 1 when absent or less. */
  readonly startIndex: number
  /** Resources wanted; 0 when negative, `undefined` when absent. */
  readonly count?: number
  /** There when the client pages by cursors; `''` for the first page. `startIndex` is not looked at. */
  readonly cursor?: string
}

/** Parameters by name in lower case; lists are separated by commas. */
export type Parameters = ReadonlyMap<string, string>

const NAMES = [
  'attributes',
  'excludedAttributes',
  'filter',
  'sortBy',
  'sortOrder',
  'startIndex',
  'count',
  'pageSize',
  'cursor',
]

/**
 * Reads the query of a URL. Names count without regard to letter case.
 *
 * @param query The raw query, without the question mark; blanks may be `+`.
 */
export function parseQuery(query: string, tolerate: Tolerance): Parameters {
  const parameters = new Map<string, string>()
  if (query === '') return parameters
  for (const [name, value] of new URLSearchParams(query)) {
    const known = NAMES.find((one) => one.toLowerCase() === name.toLowerCase())
    if (known === undefined || (value === '' && known !== 'cursor')) continue
    if (known !== name) {
      tolerate('parameter-case', () => invalidValue(`"${name}" is to be spelled "${known}"`))
    }
    parameters.set(known, value)
  }
  return parameters
}

/** The body of `/.search` (RFC 7644 §3.4.3) as the same parameters. */
export function parseSearchMessage(input: JsonValue, tolerate: Tolerance): Parameters {
  if (!isObject(input)) throw invalidSyntax('The body is to be a JSON object')
  const parameters = new Map<string, string>()
  for (const [key, value] of Object.entries(input)) {
    if (key.toLowerCase() === 'schemas') continue
    const known = NAMES.find((one) => one.toLowerCase() === key.toLowerCase())
    if (known === undefined || value === null || (value === '' && known !== 'cursor')) continue
    parameters.set(known, textOf(known, value))
  }
  const urns = input.schemas
  if (!Array.isArray(urns) || !urns.includes(SEARCH_REQUEST)) {
    tolerate('missing-schemas', () => invalidSyntax(`"schemas" does not name ${SEARCH_REQUEST}`))
  }
  return parameters
}

/** @throws {ScimError} 400 `invalidValue`, or `invalidCount` where there is a cursor */
export function searchRequest(parameters: Parameters): SearchRequest {
  const filter = parameters.get('filter')
  const sortBy = parameters.get('sortBy')
  const cursor = parameters.get('cursor')
  const refusal = cursor === undefined ? invalidValue : invalidCount
  const count = integer(parameters, 'count', refusal) ?? integer(parameters, 'pageSize', refusal)
  return {
    attributes: list('attributes', parameters),
    excludedAttributes: list('excludedAttributes', parameters),
    ...(filter === undefined ? {} : { filter }),
    ...(sortBy === undefined ? {} : { sortBy }),
    descending: isDescending(parameters.get('sortOrder')),
    startIndex: cursor === undefined ? Math.max(1, integer(parameters, 'startIndex') ?? 1) : 1,
    ...(count === undefined ? {} : { count: Math.max(0, count) }),
    ...(cursor === undefined ? {} : { cursor }),
  }
}

function textOf(name: string, value: JsonValue): string {
  const isText = typeof value === 'string'
  if (isText || (typeof value === 'number' && name !== 'cursor')) return String(value)
  const isList = name === 'attributes' || name === 'excludedAttributes'
  if (isList && Array.isArray(value) && value.every((one) => typeof one === 'string')) {
    return value.join(',')
  }
  throw invalidSyntax(`"${name}" is not of the type a search message gives it`)
}

function integer(
  parameters: Parameters,
  name: string,
  refusal: (detail: string) => ScimError = invalidValue,
): number | undefined {
  const text = parameters.get(name)
  if (text === undefined) return undefined
  if (!/^[+-]?\d{1,15}$/.test(text.trim())) throw refusal(`"${name}" is to be an integer`)
  return Number(text)
}

// RFC 9865 Table 3 has a word of its own for it.
const invalidCount = (detail: string) => new ScimError(400, 'invalidCount', detail)

function isDescending(order: string | undefined): boolean {
  const refusal = (): ScimError => invalidValue('"sortOrder" is to be "ascending" or "descending"')
  if (order === undefined) return false
  const lower = order.toLowerCase()
  if (lower !== 'ascending' && lower !== 'descending') throw refusal()
  return lower === 'descending'
}

/** Characters. Every attribute there is takes 3,000; against a hundred thousand names, each looked for. */
const MAX_NAMES = 16_384

// e.g. emails[type eq "a,b"],userName  the comma inside the brackets is part of the first
//                     ^
function list(name: 'attributes' | 'excludedAttributes', parameters: Parameters): string[] {
  const text = parameters.get(name)
  if (text === undefined) return []
  if (text.length > MAX_NAMES) throw invalidValue(`"${name}" has more than ${MAX_NAMES} characters`)
  const parts = text.match(/(?:[^,[\]]|\[[^\]]*\])+/g) ?? []
  return parts.map((part) => part.trim()).filter((part) => part !== '')
}
