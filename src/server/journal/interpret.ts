/**
 * From a request as it came to what is kept and counted of it.
 *
 * What a request did is read from its method, status and texts, since little else is known in this
 * thread: of what became different only whether somebody was deactivated. The change log has the exact
 * account of it.
 *
 * @module
 */

import type {
  KeptMessage,
  Milestone,
  NewRequest,
  RequestCounts,
  RequestResult,
} from '../../store/journal.ts'
import { TESTING_NAME } from '../own-calls.ts'
import { redactBody, UNREADABLE } from '../redaction/body.ts'
import { canFind, cleaner, without } from '../redaction/cleaner.ts'
import { secretsIn } from '../redaction/credentials.ts'
import { redactPath, redactQuery } from '../redaction/url.ts'
import { ANSWER, MARGIN, type Packed, TRAVELS } from './packed.ts'

/** Characters of a body that are kept. */
const KEPT = 64 * 1024
/** A longer body is not read for what it did; its members are not counted. */
const READ = 4 * 1024 * 1024
/** Characters of the name of somebody who was not made. */
const WANTED = 200

export interface Interpreted {
  readonly tenant: string
  /** Empty for none. */
  readonly key: string
  readonly at: number
  readonly request: NewRequest | undefined
  /** What it adds to the counts of its minute, without what is 0. */
  readonly counts: Partial<RequestCounts>
  readonly milestones: readonly Milestone[]
}

/** Never throws: what cannot be read is kept without what was said. */
export function interpret(raw: Packed): Interpreted {
  if (raw.fate === 'own') {
    const read = interpret({ ...raw, agent: TESTING_NAME, fate: 'row' })
    return { ...read, counts: {}, milestones: [] }
  }
  try {
    return whole(raw)
  } catch {
    return whole({
      ...raw,
      text: undefined,
      answer: undefined,
      query: '',
      detail: '',
      omit: 'load',
    })
  }
}

function whole(raw: Packed): Interpreted {
  const parsed = raw.text === undefined ? undefined : parsedText(raw.text)
  const result = resultOf(raw)
  const counts = countsOf(raw, parsed, result)
  const key = raw.actor.startsWith('key:') ? raw.actor.slice(4) : null
  return {
    tenant: raw.tenant,
    key: key ?? '',
    at: raw.at,
    request: raw.fate === 'row' ? kept(raw, parsed, result, key) : undefined,
    counts: raw.fate === 'unkept' ? { ...counts, unkept: 1 } : counts,
    milestones: key === null ? [] : milestonesOf(raw, result),
  }
}

function kept(raw: Packed, parsed: unknown, result: RequestResult, key: string | null): NewRequest {
  const isNobodys = raw.tenant === ''
  const query = redactQuery(raw.query, isNobodys)
  const body = raw.text === undefined ? undefined : redactBody(raw.text, parsed)
  const sent = secretsIn(raw.credential)
  const inPath = redactPath(raw.path).secrets
  const found = [...new Set([...query.secrets, ...inPath, ...(body?.secrets ?? []), ...sent])]
  // Where too much would have to be looked for, nothing is kept that it could be in.
  const isTooMuch = !canFind(found)
  const secrets = isTooMuch ? [] : found
  const cleaned = cleaner(isNobodys, secrets)
  const own = (text: string) => columnText(cleaned.own(text))
  const clean = (text: string) => columnText(cleaned.client(text))
  const { tenant, at, method, status, route } = raw
  const requestId = clean(raw.requestId)
  // Cleaned before it is cut: half a key is no key to whoever looks for keys.
  const begun = (text: string, most: number, by = clean) =>
    text.length < most ? by(text) : cut(by(text), -MARGIN)
  const isKept = raw.omit === '' && !isTooMuch
  const wanted = isKept ? cut(clean(wantedIn(raw, parsed)), WANTED) : ''
  const agent = orNull(cut(begun(raw.agent, TRAVELS.agent), 200))
  return {
    ...{ tenant, requestId, at, method, status, route, result, key, agent },
    milliseconds: Math.max(0, Math.round(raw.milliseconds)),
    path: cut(
      begun(raw.path, TRAVELS.path, (text) => columnText(cleaned.path(text))),
      300,
    ),
    query: isTooMuch
      ? ''
      : columnText(
          without(query.text, secrets)
            .slice(0, raw.query.length < TRAVELS.query ? 4_000 : -MARGIN)
            .slice(0, 4_000),
        ),
    address: orNull(raw.address),
    scimType: orNull(raw.scimType),
    detail: isTooMuch ? null : orNull(begun(raw.detail, TRAVELS.detail, own)),
    quirks: raw.quirks === '' ? [] : raw.quirks.split(','),
    resource: orNull(columnText(begun(raw.resource, TRAVELS.header).slice(0, 200))),
    refused: orNull(raw.refused),
    ...(wanted !== '' && { wanted }),
    request: {
      headers: present((text) => begun(text, TRAVELS.header), {
        Accept: raw.accept,
        'Content-Type': raw.contentType,
        'If-Match': raw.ifMatch,
        'If-None-Match': raw.ifNoneMatch,
        'User-Agent': agent,
      }),
      ...bodyOf(isTooMuch && body !== undefined ? UNREADABLE : body?.text, raw.omit),
    },
    response: {
      headers: present((text) => begun(text, TRAVELS.header, own), {
        ...raw.headers,
        'X-Request-Id': requestId,
      }),
      ...(raw.answer === null || (isTooMuch && raw.answer !== undefined)
        ? ({ body: null, omitted: 'size' } as const)
        : bodyOf(
            raw.answer && begun(raw.answer, ANSWER, own),
            raw.omit,
            raw.answer?.length === ANSWER,
          )),
    },
  }
}

// What no database takes as text: one such request would be refused with all its neighbours.
const columnText = (text: string) =>
  text.isWellFormed() && !text.includes('\0')
    ? text
    : text.toWellFormed().replaceAll('\0', '\uFFFD')

// Of a character that is cut in two, no half is left.
const cut = (text: string, end: number) => text.slice(0, end).toWellFormed()

function bodyOf(
  text: string | undefined,
  omit: Packed['omit'],
  isCut = (text?.length ?? 0) > KEPT,
): Pick<KeptMessage, 'body' | 'omitted'> {
  // Of an answer that was left out nothing has come here, not even whether there was one.
  if (omit !== '') return { body: null, omitted: omit }
  if (text === undefined) return { body: null, omitted: null }
  return isCut ? { body: cut(text, KEPT), omitted: 'size' } : { body: text, omitted: null }
}

function resultOf({ status, method, answer, at }: Packed): RequestResult {
  if (status >= 500) return 'failed'
  if (status >= 400) return 'rejected'
  if (status !== 200 || (method !== 'PUT' && method !== 'PATCH')) return 'success'
  // A change is later than its request; what was changed before it was left as it was.
  const texts = Array.from((answer ?? '').matchAll(/"lastModified":"([^"]+)"/g))
  const modified = Date.parse(texts.at(-1)?.[1] ?? '')
  return modified < at ? 'noChange' : 'success'
}

function countsOf(
  { method, status, route }: Packed,
  parsed: unknown,
  result: RequestResult,
): Partial<RequestCounts> {
  if (result === 'rejected') return REFUSED
  if (result === 'failed') return FAILED
  if (method === 'GET' || result === 'noChange' || status >= 300) return ONE
  const isGroup = route.startsWith('/Groups')
  const members = isGroup ? membersIn(parsed) : 0
  if (status === 201)
    return isGroup ? { requests: 1, groups: 1, members } : { requests: 1, users: 1 }
  if (method === 'DELETE' && !isGroup) return { requests: 1, suspended: 1 }
  return method === 'POST' ? ONE : { requests: 1, changed: 1, members }
}

const ONE = { requests: 1 }
const REFUSED = { requests: 1, refused: 1 }
const FAILED = { requests: 1, failed: 1 }

function milestonesOf(
  { status, method, route, deactivates }: Packed,
  result: RequestResult,
): readonly Milestone[] {
  if (status === 401) return ['reached']
  if (status >= 400) return ['reached', 'accepted']
  if (method === 'GET' || route.endsWith('/.search')) return ['reached', 'accepted', 'read']
  // A group is nobody, and who was away already does not leave.
  const isOfUser = route.startsWith('/Users') && result !== 'noChange'
  if (isOfUser && status === 201) return ['reached', 'accepted', 'created']
  const leaves = isOfUser && (method === 'DELETE' || deactivates)
  return leaves ? ['reached', 'accepted', 'deactivated'] : ['reached', 'accepted']
}

// Whoever reads of a create that was refused wants to know of whom it was.
function wantedIn({ method, status, route }: Packed, parsed: unknown): string {
  if (method !== 'POST' || status < 400 || route.endsWith('/.search') || !isObject(parsed))
    return ''
  const { userName, displayName, externalId } = parsed
  return textOf(userName) || textOf(displayName) || textOf(externalId)
}

// A message that adds members: a whole group, or operations with `members` as path or as key.
function membersIn(message: unknown): number {
  if (!isObject(message)) return 0
  const operations = message.Operations ?? message.operations
  if (!Array.isArray(operations)) return lengthOf(message.members)
  return operations.filter(isObject).reduce((sum, { op, path, value }) => {
    if (!/^(?:add|replace)$/i.test(textOf(op))) return sum
    if (/^(?:urn:.*:)?members$/i.test(textOf(path))) return sum + lengthOf(value)
    return sum + (isObject(value) ? lengthOf(value.members) : 0)
  }, 0)
}

const lengthOf = (value: unknown) =>
  Array.isArray(value) ? value.length : value === undefined || value === null ? 0 : 1

const textOf = (value: unknown) => (typeof value === 'string' ? value : '')

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

function parsedText(text: string): unknown {
  if (text.length > READ) return undefined
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function present(
  clean: (text: string) => string,
  headers: Readonly<Record<string, string | null>>,
): Record<string, string> {
  const found: Record<string, string> = {}
  for (const name in headers) {
    const value = headers[name]
    if (value) found[name] = clean(value)
  }
  return found
}

const orNull = (text: string) => (text === '' ? null : text)
