/**
 * Replays a conversation of `idp/`: sends its requests in order and compares the answers.
 *
 * An expected body is a partial picture: an object is contained in the answer's object, at any
 * depth. An array is compared in full, element by element, because a value too many is as wrong as
 * one too few; where order or company does not matter, `{ "$contains": […] }` stands for it.
 *
 * `{name}` in paths, headers and bodies stands for a value an earlier step saved.
 *
 * @module
 */

import { isDeepStrictEqual } from 'node:util'

export type Json =
  | null
  | boolean
  | number
  | string
  | readonly Json[]
  | { readonly [key: string]: Json }

/** A file under `idp/`. */
export interface Recording {
  /** Who speaks. */
  readonly client: string
  /** Where it was seen: documentation, or owner/name with a path or issue number. */
  readonly source: readonly string[]
  /** The profile it is for; `tolerant` unless said otherwise. */
  readonly profile?: 'tolerant' | 'strict'
  /** The entries of `protocol/quirks.ts` it needs: exactly those. */
  readonly quirks: readonly string[]
  /** What was there before the client came. */
  readonly given?: readonly GivenStep[]
  readonly steps: readonly Step[]
}

export interface GivenStep {
  readonly request: RecordedRequest
  readonly save?: Saves
}

export interface Step extends GivenStep {
  /** What the client wants with it. */
  readonly note: string
  readonly expect: Expectation
}

/** Names for values of the answer, by JSON pointer: `{ "user1": "/id" }`. */
export type Saves = Readonly<Record<string, string>>

export interface RecordedRequest {
  readonly method: string
  /** Below the base URL, with the query as it was sent. */
  readonly path: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: Json
  /** A body that is not JSON, or not ours to spell. */
  readonly text?: string
}

export interface Expectation {
  readonly status: number | readonly number[]
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: Json
  /** JSON pointers at which there must be nothing. */
  readonly absent?: readonly string[]
}

/** Sends one request; what `startApp().fetch` does. */
export type Send = (
  path: string,
  init: { method: string; headers?: Readonly<Record<string, string>>; body?: unknown },
) => Promise<Response>

/**
 * @param variables Names that are known from the start, such as `baseUrl`.
 * @throws {Error} at the first answer that is not as expected, saying which and how
 */
export async function runConversation(
  recording: Recording,
  send: Send,
  variables: Readonly<Record<string, string>> = {},
): Promise<void> {
  const names = new Map(Object.entries(variables))
  for (const step of recording.given ?? []) {
    const answer = await exchange(step.request, send, names)
    if (answer.status >= 300) throw new Error(`given: ${tell(step.request, answer)}`)
    save(step, answer, names)
  }
  for (const step of recording.steps) {
    const answer = await exchange(step.request, send, names)
    const wrong = compareAnswer(substitute(step.expect as unknown as Json, names), answer)
    if (wrong.length > 0) {
      throw new Error(`${step.note}: ${tell(step.request, answer)}\n${wrong.join('\n')}`)
    }
    save(step, answer, names)
  }
}

interface Answer {
  readonly status: number
  readonly headers: Headers
  readonly body: Json | undefined
}

async function exchange(
  request: RecordedRequest,
  send: Send,
  names: ReadonlyMap<string, string>,
): Promise<Answer> {
  const { method, path, headers, body, text } = substitute(
    request as unknown as Json,
    names,
  ) as unknown as RecordedRequest
  const sent = text ?? body
  const response = await send(path, {
    method,
    ...(headers === undefined ? {} : { headers }),
    ...(sent === undefined ? {} : { body: sent }),
  })
  const received = await response.text()
  return {
    status: response.status,
    headers: response.headers,
    body: received === '' ? undefined : (JSON.parse(received) as Json),
  }
}

function compareAnswer(expected: Json, answer: Answer): string[] {
  const { status, headers = {}, body, absent = [] } = expected as unknown as Expectation
  const wrong: string[] = []
  if (![status].flat().includes(answer.status)) {
    wrong.push(`status: ${answer.status} instead of ${[status].flat().join(' or ')}`)
  }
  for (const [name, value] of Object.entries(headers)) {
    const actual = answer.headers.get(name)
    if (actual !== value) wrong.push(`${name}: ${actual} instead of ${value}`)
  }
  if (body !== undefined) wrong.push(...differences(answer.body, body))
  for (const pointer of absent) {
    const found = answer.body === undefined ? undefined : at(answer.body, pointer)
    if (found !== undefined) wrong.push(`${pointer}: ${JSON.stringify(found)} instead of nothing`)
  }
  return wrong
}

/**
 * Where `actual` lacks something of `expected`, one line each: `/name/givenName: "A" instead of "B"`.
 * Empty when it has everything.
 */
export function differences(actual: Json | undefined, expected: Json, pointer = ''): string[] {
  if (isObject(expected) && Array.isArray(expected.$contains)) {
    if (!Array.isArray(actual)) return [unlike(actual, expected, pointer)]
    return missing(actual, expected.$contains, pointer)
  }
  if (Array.isArray(expected)) {
    if (!Array.isArray(actual) || actual.length !== expected.length) {
      return [unlike(actual, expected, pointer)]
    }
    return expected.flatMap((element, index) =>
      differences(actual[index], element, `${pointer}/${index}`),
    )
  }
  if (isObject(expected)) {
    if (!isObject(actual)) return [unlike(actual, expected, pointer)]
    return Object.entries(expected).flatMap(([key, value]) =>
      differences(own(actual, key), value, `${pointer}/${pointerSegment(key)}`),
    )
  }
  return isDeepStrictEqual(actual, expected) ? [] : [unlike(actual, expected, pointer)]
}

// Every wanted element has an element of its own.
function missing(actual: readonly Json[], wanted: readonly Json[], pointer: string): string[] {
  const left = [...actual]
  const lines: string[] = []
  for (const element of wanted) {
    const index = left.findIndex((candidate) => differences(candidate, element).length === 0)
    if (index === -1) lines.push(`${pointer}: nothing like ${JSON.stringify(element)}`)
    else left.splice(index, 1)
  }
  return lines
}

function unlike(actual: Json | undefined, expected: Json, pointer: string): string {
  return `${pointer || '/'}: ${JSON.stringify(actual)} instead of ${JSON.stringify(expected)}`
}

/** The value at a JSON pointer (RFC 6901), or `undefined`. */
export function at(value: Json, pointer: string): Json | undefined {
  let found: Json | undefined = value
  for (const segment of pointer.split('/').slice(1)) {
    const key = segment.replaceAll('~1', '/').replaceAll('~0', '~')
    if (Array.isArray(found)) found = found[Number(key)]
    else if (isObject(found)) found = own(found, key)
    else return undefined
  }
  return found
}

/** `{name}` in every string replaced by what the name stands for. */
export function substitute(value: Json, names: ReadonlyMap<string, string>): Json {
  if (typeof value === 'string') {
    return value.replaceAll(/\{([a-z]\w*)\}/gi, (_, name: string) => {
      const known = names.get(name)
      if (known === undefined) throw new Error(`{${name}} was saved by no earlier step`)
      return known
    })
  }
  if (Array.isArray(value)) return value.map((element) => substitute(element, names))
  if (isObject(value)) {
    return Object.fromEntries(
      Object.entries(value).map(([key, nested]) => [key, substitute(nested, names)]),
    )
  }
  return value
}

function save({ save: saves = {} }: GivenStep, answer: Answer, names: Map<string, string>): void {
  for (const [name, pointer] of Object.entries(saves)) {
    const value = answer.body === undefined ? undefined : at(answer.body, pointer)
    if (typeof value !== 'string') throw new Error(`${name}: the answer has no text at ${pointer}`)
    names.set(name, value)
  }
}

function tell({ method, path }: RecordedRequest, { status, body }: Answer): string {
  return `${method} ${path} answered ${status} ${JSON.stringify(body)}`
}

function own(object: { readonly [key: string]: Json }, key: string): Json | undefined {
  return Object.hasOwn(object, key) ? object[key] : undefined
}

function pointerSegment(key: string): string {
  return key.replaceAll('~', '~0').replaceAll('/', '~1')
}

function isObject(value: Json | undefined): value is { readonly [key: string]: Json } {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
