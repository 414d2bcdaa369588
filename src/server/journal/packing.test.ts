import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { RequestEntry } from '../../http/handler.ts'
import type { HttpResponse } from '../../http/message.ts'
import { TRAVELS, unpack } from './packed.ts'
import { Packing } from './packing.ts'
import { textsIn } from './parcel.ts'

const entry = (body: HttpResponse['body']): RequestEntry => ({
  ...{ requestId: 'r', at: 1, durationMs: 2, method: 'GET', path: '/Users', route: '/Users' },
  ...{ status: 200, query: '', quirks: [] },
  request: {
    ...{ method: 'GET', target: '/', header: () => null, body: async () => undefined },
    signal: new AbortController().signal,
  },
  response: { status: 200, headers: {}, ...(body === undefined ? {} : { body }) },
})

function packed(...all: RequestEntry[]): Packing {
  const packing = new Packing(all[0]?.at ?? 0)
  for (const one of all) packing.add(one, '', 'row')
  return packing
}

function allOf(packing: Packing) {
  const { room, size } = packing.closed()
  return unpack(textsIn(room, size), (error) => expect.fail(String(error)))
}

const unpacked = (packing: Packing) => allOf(packing)[0]

const answerOf = (body: HttpResponse['body']) => unpacked(packed(entry(body)))?.answer

const weigh = (body: HttpResponse['body']) =>
  packed(entry(body)).size - packed(entry(undefined)).size

test('what a client makes long is cut before it travels', () => {
  const long = 'x'.repeat(16_000)
  const one = entry('{}')
  const request = { ...one.request, header: () => long }
  const most = { ...one, request, path: long, query: long, agent: long, detail: long, text: long }
  const found = unpacked(packed({ ...most, resource: long }))
  for (const name of ['path', 'query', 'agent', 'detail'] as const) {
    expect(found?.[name]).toHaveLength(TRAVELS[name])
  }
  expect(found?.accept).toHaveLength(TRAVELS.header)
  expect(found?.text).toHaveLength(long.length)
})

describe('an answer on its way to the journal', () => {
  test('is the same whether it was one text or parts', () => {
    expect(answerOf('{"a":1}')).toBe('{"a":1}')
    expect(answerOf(['{"a":', '1', '}'])).toBe('{"a":1}')
    expect(answerOf(undefined)).toBeUndefined()
  })

  test('is cut where no more is kept, and weighs no more than that', () => {
    const long = 'x'.repeat(40_000)
    const most = 64 * 1024 + 1
    expect(answerOf([long, long, long])).toHaveLength(most)
    expect(weigh([long, long, long])).toBe(most)
    expect(weigh(long + long)).toBe(most)
  })

  test('is not waited for when it comes in pieces', () => {
    const pieces = (async function* () {
      yield 'a'
    })()
    expect(answerOf(pieces)).toBeNull()
    expect(weigh(pieces)).toBe(0)
  })
})

test('what a body was said to be is kept, also when nobody read it', () => {
  const unread = entry(undefined)
  const header = (name: string) => (name === 'content-type' ? 'text/plain' : null)
  const sent = { ...unread, request: { ...unread.request, header } }
  expect(unpacked(packed(sent))?.contentType).toBe('text/plain')
})

const NONE: Readonly<Record<string, string>> = {}

describe('many requests', () => {
  const text = fc.option(fc.string({ unit: 'grapheme' }), { nil: undefined })
  const plain = fc.string({ unit: fc.constantFrom('a', 'b', '/', '1') })
  const others = fc.record({
    ...{ requestId: plain, at: fc.nat(), durationMs: fc.nat(), path: plain, query: plain },
    ...{ method: fc.constantFrom('GET', 'PATCH'), status: fc.constantFrom(200, 201, 404) },
    ...{ tenant: fc.constantFrom(undefined, 't'), actor: fc.constantFrom(undefined, 'key:k') },
    ...{ agent: fc.constantFrom(undefined, 'a', 'b'), address: fc.constantFrom(undefined, '::1') },
    ...{ scimType: fc.constantFrom(undefined, 'mutability'), detail: fc.constantFrom('x', 'y\nz') },
    ...{ resource: fc.constantFrom(undefined, 'r'), text },
    quirks: fc.constantFrom([], ['bareExtension' as never]),
    etag: fc.constantFrom(undefined, 'W/"1"'),
    accept: fc.constantFrom(null, '*/*'),
  })

  test('arrive each with what is its own, though what they have in common is written once', () => {
    fc.assert(
      fc.property(fc.array(others, { maxLength: 8 }), (all) => {
        const found = allOf(
          packed(
            ...all.map(({ etag, accept, ...one }) => {
              const made = entry(one.text)
              const header = (name: string) => (name === 'accept' ? accept : null)
              const response = {
                ...made.response,
                status: one.status,
                headers: etag === undefined ? NONE : { ETag: etag },
              }
              return { ...made, ...one, request: { ...made.request, header }, response }
            }),
          ),
        )
        expect(found).toMatchObject(
          all.map(({ durationMs, etag, quirks, accept, ...one }) => ({
            ...one,
            ...{ tenant: one.tenant ?? '', actor: one.actor ?? '', agent: one.agent ?? '' },
            ...{ address: one.address ?? '', resource: one.resource ?? '', accept: accept ?? '' },
            ...(one.status < 400 && quirks.length === 0 && one.tenant !== undefined
              ? { scimType: '', detail: '' }
              : { scimType: one.scimType ?? '', detail: one.detail.replace('\n', ' ') }),
            ...{ milliseconds: durationMs, quirks: quirks.join(), answer: one.text },
            headers: etag === undefined ? {} : { ETag: etag },
          })),
        )
      }),
    )
  })

  test('of one client weigh little more than what they are about', () => {
    const one = { ...entry(undefined), agent: 'x'.repeat(500), resource: 'r', tenant: 't' }
    expect(packed(one, one).size - packed(one).size).toBeLessThan(60)
  })
})

describe('what is looked at before a read is written down as it came', () => {
  const read = {
    ...entry('{}'),
    path: '/Users/1',
    route: '/Users/{id}',
    resource: '1',
    tenant: 't',
  }
  const given = {
    ...read.request,
    header: (name: string) => (name === 'x-request-id' ? 'a' : null),
  }
  const looks = (...all: RequestEntry[]) => packed(...all).closed().looks

  test('is what many have in common, where no client has a say in the rest', () => {
    expect(looks(read, read)).toBe('heads')
    expect(looks({ ...read, path: '/Schemas', route: '/Schemas', resource: undefined })).toBe(
      'heads',
    )
  })

  test('is no more where some are only counted, because too many wait', () => {
    const packing = packed(read)
    packing.add(read, 'load', 'unkept')
    packing.add(read, 'setting', 'count')
    expect(packing.closed().looks).toBe('heads')
    packing.add(read, '', 'own')
    expect(packing.closed().looks).toBeUndefined()
  })

  test.each([
    ['a query', { query: 'count=1' }],
    ['an id as somebody spelled it', { path: '/Users/%31' }],
    ['a path that is more than its id', { path: '/Users;a=b/1' }],
    ['a quirk', { quirks: ['bareExtension' as never] }],
    ['the id of a request that the client gave', { request: given }],
  ])('is each line as soon as one has %s', (_, one) => {
    expect(looks(read, { ...read, ...one }, read)).toBe('lines')
  })

  test.each([
    ['a change', { method: 'PUT' }],
    ['a refusal', { status: 404 }],
    ['a stranger', { tenant: undefined }],
    ['a read with a body', { text: '{}' }],
  ])('is not asked where there is %s: it is kept at once', (_, one) => {
    expect(looks(read, { ...read, ...one }, read)).toBeUndefined()
  })
})
