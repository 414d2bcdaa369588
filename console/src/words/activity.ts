/**
 * The words of the journal: what became of a request, and what it can be looked for by. The names are
 * those of the address and of the service, so that a link, a list and an export mean the same.
 *
 * @module
 */

import type { ActivityQuery, ActivityResult } from '../../../src/server/admin/types.ts'
import type { Tone } from '../parts/status.tsx'
import { withPath } from './typed.ts'

export const RESULTS: Readonly<Record<ActivityResult, readonly [Tone, string]>> = {
  success: ['good', 'Success'],
  noChange: ['none', 'No change'],
  rejected: ['warn', 'Refused'],
  failed: ['bad', 'Failed'],
}

export const STATUSES = {
  '2xx': '2xx, it went well',
  bad: '4xx and 5xx',
  '4xx': '4xx, refused',
  '5xx': '5xx, failed',
  '200': '200, done',
  '201': '201, created',
  '204': '204, done, with nothing to tell',
  '400': '400, could not be understood',
  '401': '401, key not accepted',
  '403': '403, not allowed with this key',
  '404': '404, not there',
  '405': '405, method not for this path',
  '408': '408, body did not arrive',
  '409': '409, taken already',
  '412': '412, changed in between',
  '413': '413, too large',
  '415': '415, not sent as JSON',
  '429': '429, too many at once',
  '431': '431, address or headers too large',
  '500': '500, a fault of the service',
  '501': '501, not supported',
  '503': '503, could not be done just then',
} as const

export const FILTERS = [
  'q',
  'path',
  'result',
  'method',
  'key',
  'status',
  'agent',
  'quirk',
  'slower',
  'resource',
  'request',
  'from',
  'to',
] as const satisfies readonly (keyof ActivityQuery)[]

export type Filter = (typeof FILTERS)[number]
export type Filters = Readonly<Partial<Record<Filter, string>>>

/** Without what is only about the place in the list. */
export function filtersOf(search: Filters): Filters {
  const meant = withPath(search)
  return Object.fromEntries(
    FILTERS.filter((name) => meant[name]).map((name) => [name, meant[name]]),
  )
}

/** What no request could ever have, as a sentence; an address may ask for anything. */
export function unknownFilter(filters: Filters): string | undefined {
  const { result, status, method, slower, from, to } = filters
  if (result && !(result in RESULTS)) return `There is no result “${result}”.`
  if (status && !/^(?:[2-5]xx|bad|[1-5]\d\d)$/.test(status))
    return `There is no status “${status}”.`
  if (method && method.length > 10) return `There is no method “${method}”.`
  if (slower && !isNumber(slower)) return `“${slower}” is no number of milliseconds.`
  const time = [from, to].find((at) => at && !isNumber(at))
  if (time) return `“${time}” is no time.`
  return from && to && Number(from) >= Number(to)
    ? '“Since” is not earlier than “Before”, so nothing can fit.'
    : undefined
}

const isNumber = (text: string) => /^\d{1,15}$/.test(text)

const NAMES: Readonly<Record<Filter, string>> = {
  q: 'id is',
  path: 'path begins with',
  result: 'result is',
  method: 'method is',
  key: 'key is',
  status: 'status is',
  agent: 'client or agent contains',
  quirk: 'let in by quirk',
  slower: 'took at least',
  resource: 'about',
  request: 'request id is',
  from: 'since',
  to: 'before',
}

/** Two keys may have one name: a key and the one that took its place. */
export function keyInWords(
  key: { readonly name: string | null; readonly last4: string | null } | undefined,
): string | undefined {
  if (!key?.name) return undefined
  return key.last4 === null ? key.name : `${key.name} …${key.last4}`
}

/** "result is Refused", for a chip and for the words of an empty list. */
export function filterInWords(
  name: Filter,
  value: string,
  keyName: (id: string) => string | undefined,
): string {
  const relation = name === 'path' && !value.startsWith('/') ? 'path contains' : NAMES[name]
  return `${relation} ${valueInWords(name, value, keyName)}`
}

function valueInWords(
  name: Filter,
  value: string,
  keyName: (id: string) => string | undefined,
): string {
  if (name === 'result') return RESULTS[value as ActivityResult]?.[1] ?? value
  if (name === 'key') return keyName(value) ?? value
  if (name === 'quirk' && value === 'any') return 'any'
  if (name === 'slower') return `${value} ms`
  if (name === 'status' && value === 'bad') return '4xx or 5xx'
  if ((name === 'from' || name === 'to') && isNumber(value))
    return new Date(Number(value)).toLocaleString()
  return value
}

/** "< 1 ms", "34 ms", "1.2 s" */
export function duration(milliseconds: number): string {
  if (milliseconds < 1) return '< 1 ms'
  if (milliseconds >= 1000) return `${(milliseconds / 1000).toFixed(1)} s`
  return `${Math.round(milliseconds)} ms`
}

const REFUSALS: Readonly<Record<string, string>> = {
  malformed: 'malformed key',
  unknown: 'unknown key',
  revoked: 'revoked key',
  expired: 'expired key',
}

/** Why a key was not accepted, behind its 401. */
export function refusalInWords(refused: string | null): string {
  return refused === null ? 'no key' : (REFUSALS[refused] ?? refused)
}

/** A query as a person would write it. One that cannot be decoded stays as it came. */
export function readableQuery(query: string): string {
  try {
    return decodeURIComponent(query.replaceAll('+', ' '))
  } catch {
    return query
  }
}
