/**
 * The RFCs' own examples (rfc/), each checked as `support/rfc-examples.ts` says.
 *
 * @module
 */

import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { bindFilter } from '../src/protocol/filter/bind.ts'
import { filterLimits } from '../src/protocol/filter/options.ts'
import { parseFilter } from '../src/protocol/filter/parser.ts'
import { parsePatchPath } from '../src/protocol/filter/path.ts'
import type { JsonObject, JsonValue } from '../src/protocol/json.ts'
import { type QuirkName, strict, tolerant } from '../src/protocol/quirks.ts'
import { acceptResource } from '../src/protocol/resource/accept.ts'
import { valueLimits } from '../src/protocol/resource/value.ts'
import type { Attribute } from '../src/protocol/schema/attribute.ts'
import { groupType, userType } from '../src/protocol/schema/core/types.ts'
import type { ResourceType } from '../src/protocol/schema/resource-type.ts'
import { type App, startApp } from './support/app.ts'
import { at, differences, type Json } from './support/conversation.ts'
import { type Check, checks, type Exchange, type Given } from './support/rfc-examples.ts'

interface Example {
  readonly section: string
  readonly kind: 'request' | 'response' | 'error' | 'resource' | 'schema' | 'filters' | 'paths'
  readonly method?: string
  readonly path?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly status?: number
  readonly body?: Json
}

const FOLDER = join(import.meta.dirname, '..', 'rfc')
const files = readdirSync(FOLDER).filter((file) => file.endsWith('.json'))
const example = (file: string) => JSON.parse(readFileSync(join(FOLDER, file), 'utf8')) as Example

/** The files that are checked in one way, with what the table says of each. */
function checkedBy<By extends Check['by']>(by: By) {
  return Object.entries(checks).filter(
    (entry): entry is [string, Extract<Check, { by: By }>] => entry[1].by === by,
  )
}

describe('the folder', () => {
  test('every file is in the table, and every line of the table is a file', () => {
    expect(Object.keys(checks).sort()).toEqual([...files].sort())
  })

  test('every file is named by its section', () => {
    const misnamed = files.filter((file) => !file.startsWith(`${example(file).section}-`))
    expect(misnamed).toEqual([])
  })

  test('those of Bulk wait, and the README lists exactly them', () => {
    const readme = readFileSync(join(FOLDER, 'README.md'), 'utf8')
    const listed = [...readme.matchAll(/^- `(\S+\.json)`$/gm)].map((match) => match[1])
    const waiting = checkedBy('reading')
      .filter(([, { why }]) => why.startsWith('Bulk'))
      .map(([file]) => file)
    expect(waiting.sort()).toEqual(files.filter((file) => file.startsWith('7644-3.7.')).sort())
    expect(listed.sort()).toEqual(waiting)
  })
})

describe('resources', () => {
  test.each(checkedBy('accepting'))('%s is accepted, strictly', (file, { type: name }) => {
    const type = name === 'User' ? userType : groupType
    const input = example(file).body as JsonObject
    const accepted = acceptResource(input, type, { tolerate: strict, limits: valueLimits })
    const kept = { ...accepted.body, ...accepted.edges, ...accepted.secrets }
    expect(differences(kept as Json, writable(input, type))).toEqual([])
  })
})

describe('filters and paths', () => {
  test.each(checkedBy('parsing'))('%s parses', (file, { quirk }) => {
    const { kind, body } = example(file)
    const used = new Set<QuirkName>()
    const options = { tolerate: tolerant(used), limits: filterLimits }
    for (const text of body as string[]) {
      if (kind === 'paths') parsePatchPath(text, options)
      else bindFilter(parseFilter(text, options), userType, options.tolerate)
    }
    expect([...used]).toEqual(quirk === undefined ? [] : [quirk])
  })
})

describe('requests', () => {
  const answers = new Map(
    checkedBy('being the answer to').map(([file, { request }]) => [request, file]),
  )

  test.each(checkedBy('sending'))('%s is answered as the RFC says', async (file, exchange) => {
    const app = await open()
    const ids = await plant(app, exchange.given ?? [])
    const response = await send(app, example(file), exchange, ids)
    const text = await response.text()
    const body = text === '' ? undefined : (JSON.parse(text) as Json)
    expect(response.status, text).toBe(exchange.status)
    if (exchange.body !== undefined) {
      expect(differences(body, translate(exchange.body, ids))).toEqual([])
    }
    for (const pointer of exchange.absent ?? []) {
      expect(body === undefined ? undefined : at(body, pointer), pointer).toBeUndefined()
    }
    if (exchange.after !== undefined) {
      const { path, status } = exchange.after
      expect((await app.fetch(translate(path, ids))).status).toBe(status)
    }
    const answer = answers.get(file)
    if (answer !== undefined) expectLike(example(answer), response, body, ids)
  })

  test('every response of the RFC belongs to a request that is sent', () => {
    const sent = checkedBy('sending').map(([file]) => file)
    expect(sent).toEqual(expect.arrayContaining([...answers.keys()]))
  })
})

describe('errors', () => {
  test.each(checkedBy('being refused'))('%s is how a refusal looks', async (file, refused) => {
    const app = await open()
    const ids = await plant(app, refused.given ?? [])
    const { method = 'GET', path, body } = refused
    const response = await app.fetch(translate(path, ids), {
      method,
      ...(body === undefined ? {} : { body }),
    })
    const expected = example(file)
    const { detail: theirs, ...rest } = expected.body as { detail: string }
    const { detail: ours, ...actual } = (await response.json()) as { detail: string }
    expect(response.status).toBe(expected.status)
    expect(actual).toEqual(rest)
    expect([typeof ours, typeof theirs]).toEqual(['string', 'string'])
  })
})

describe('discovery', () => {
  test.each(checkedBy('discovering'))('%s is all there', async (file, { path, without }) => {
    const app = await open()
    const ours = (await (await app.fetch(path)).json()) as { Resources: Json }
    const theirs = example(file).body as Json
    const known = keysOf(Array.isArray(theirs) ? ours.Resources : (ours as Json))
    const lacking = [...keysOf(theirs)].filter((key) => !known.has(key))
    expect(lacking.sort()).toEqual([...without].sort())
  })
})

async function open(): Promise<App> {
  const app = await startApp()
  onTestFinished(() => app.close())
  return app
}

/** Creates what an example starts from. What is returned maps the RFC's ids to this service's. */
async function plant(app: App, given: readonly Given[]): Promise<Map<string, string>> {
  const ids = new Map<string, string>()
  for (const { id, path, body } of given) {
    const response = await app.fetch(path, { method: 'POST', body: translate(body, ids) })
    const created = (await response.json()) as { id: string }
    expect(response.status, JSON.stringify(created)).toBe(201)
    ids.set(id, created.id)
  }
  return ids
}

// Host and credential are the suite's own; entity-tags are those of the resource as it is here.
async function send(app: App, sent: Example, exchange: Exchange, ids: Map<string, string>) {
  const path = translate(sent.path ?? exchange.path ?? '', ids)
  const headers: Record<string, string> = {}
  for (const [name, value] of Object.entries(sent.headers ?? {})) {
    if (name === 'Accept' || name === 'Content-Type') headers[name] = value
    if (name === 'If-Match' || name === 'If-None-Match') {
      headers[name] = (await app.fetch(path)).headers.get('ETag') ?? value
    }
  }
  return app.fetch(path, {
    method: sent.method ?? 'GET',
    headers,
    ...(sent.body === undefined ? {} : { body: translate(sent.body, ids) }),
  })
}

function translate<Value>(value: Value, ids: ReadonlyMap<string, string>): Value {
  let text = JSON.stringify(value)
  for (const [theirs, ours] of ids) text = text.replaceAll(theirs, ours)
  return JSON.parse(text) as Value
}

/**
 * That an answer has all the RFC's answer has: headers, keys and values. Times, versions and URIs
 * are this service's own, and a list may count otherwise.
 */
function expectLike(
  expected: Example,
  response: Response,
  body: Json | undefined,
  ids: ReadonlyMap<string, string>,
): void {
  expect(response.status).toBe(expected.status)
  for (const [name, value] of Object.entries(expected.headers ?? {})) {
    if (name === 'Content-Type') expect(response.headers.get(name)).toBe(value)
    if (name === 'ETag') expect(response.headers.get(name)).toMatch(/^W\/".+"$/)
    if (name === 'Location' && expected.section !== '7644-3.4.3') {
      const { headers } = response
      const location = headers.get('Location') ?? headers.get('Content-Location')
      expect(location?.startsWith('https://id.example.com/scim/v2/Users/')).toBe(true)
    }
  }
  if (expected.body === undefined) return
  expect([...keysOf(expected.body)].filter((key) => !keysOf(body ?? null).has(key))).toEqual([])
  const stated = ownWords(expected.body, ids.size === 0)
  expect(differences(body, translate(stated, ids))).toEqual([])
}

// An example's body without what differs from service to service.
function ownWords(body: Json, isNew: boolean): Json {
  const {
    meta,
    id,
    totalResults: _total,
    itemsPerPage: _page,
    Resources,
    ...rest
  } = body as {
    [key: string]: Json
  }
  return {
    ...rest,
    ...(isNew || id === undefined ? {} : { id }),
    ...(meta === undefined ? {} : { meta: { resourceType: at(meta, '/resourceType') as Json } }),
    ...(Resources === undefined ? {} : { Resources: { $contains: Resources } }),
  }
}

/** Names of members at any depth, with those above them: `meta.location`. */
function keysOf(value: Json, prefix = ''): Set<string> {
  if (Array.isArray(value)) return new Set(value.flatMap((element) => [...keysOf(element, prefix)]))
  if (typeof value !== 'object' || value === null) return new Set()
  return new Set(
    Object.entries(value).flatMap(([key, nested]) => [
      `${prefix}${key}`,
      ...keysOf(nested, `${prefix}${key}.`),
    ]),
  )
}

/** What of a resource a client may write. */
function writable(input: JsonObject, type: ResourceType): Json {
  const kept: [string, Json][] = []
  for (const [name, value] of Object.entries(input)) {
    const extension = type.extension(name)
    if (extension !== undefined) {
      kept.push([name, strip(value, extension.attributes)])
    } else if (name !== 'schemas') {
      const attribute = type.attribute(name) as Attribute
      if (attribute.mutability !== 'readOnly') {
        kept.push([name, strip(value, attribute.subAttributes)])
      }
    }
  }
  return Object.fromEntries(kept)
}

function strip(value: JsonValue, attributes: readonly Attribute[] | undefined): Json {
  if (Array.isArray(value)) return value.map((element: JsonValue) => strip(element, attributes))
  if (typeof value !== 'object' || value === null || attributes === undefined) return value as Json
  return Object.fromEntries(
    Object.entries(value)
      .map(([name, nested]) => ({
        name,
        nested,
        attribute: attributes.find((candidate) => candidate.name === name),
      }))
      .filter(({ attribute }) => attribute?.mutability !== 'readOnly')
      .map(({ name, nested, attribute }) => [name, strip(nested, attribute?.subAttributes)]),
  )
}
