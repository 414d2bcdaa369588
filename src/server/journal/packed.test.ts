import { describe, expect, test } from 'vitest'
import type { RequestEntry } from '../../http/handler.ts'
import type { HttpResponse } from '../../http/message.ts'
import { pack, TRAVELS, unpack } from './packed.ts'
import { Parcel, textsIn } from './parcel.ts'

const entry = (body: HttpResponse['body']): RequestEntry => ({
  ...{ requestId: 'r', at: 1, durationMs: 2, method: 'GET', path: '/Users', route: '/Users' },
  ...{ status: 200, query: '', quirks: [] },
  request: {
    ...{ method: 'GET', target: '/', header: () => null, body: async () => undefined },
    signal: new AbortController().signal,
  },
  response: { status: 200, headers: {}, ...(body === undefined ? {} : { body }) },
})

function packed(one: RequestEntry): Parcel {
  const parcel = new Parcel()
  pack(parcel, one, '', 'row')
  return parcel
}

function unpacked(parcel: Parcel) {
  const { room, size } = parcel.closed()
  return unpack(textsIn(room, size), (error) => expect.fail(String(error)))[0]
}

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
