import { describe, expect, test } from 'vitest'
import { parseJson } from './json-text.ts'

const refused = (text: string) => expect(() => parseJson(text))

describe('JSON from a client (RFC 7644 §3.1)', () => {
  test('is parsed as JSON.parse does', () => {
    const text = String.raw`{"a":[1,{"b":"x\"y\\"},[]],"c\u0064":null,"e":"\ud83d\ude00{[,:"}`
    expect(parseJson(text)).toEqual(JSON.parse(text))
  })

  test('with a key given twice is refused, letter case ignored', () => {
    refused('{"userName":"a","userName":"b"}').toThrow('"userName" is given twice')
    refused('{"userName":"a","USERNAME":"b"}').toThrow('"USERNAME" is given twice')
    refused(String.raw`{"userName":"a","user\u004eame":"b"}`).toThrow('given twice')
    expect(parseJson('[{"a":1},{"a":2},{"b":"a","a":3}]')).toHaveLength(3)
  })

  test('with a name that reaches into objects is refused', () => {
    for (const name of ['__proto__', 'constructor', 'prototype']) {
      refused(`{"x":{"${name}":1}}`).toThrow('cannot be the name of an attribute')
    }
    expect(parseJson('{"x":"__proto__"}')).toEqual({ x: '__proto__' })
  })

  test('with text that no two databases store alike is refused', () => {
    refused(String.raw`{"a":"\ud800"}`).toThrow('surrogate')
    refused(String.raw`{"a":"\u0000"}`).toThrow('NUL')
  })

  test('nested a hundred thousand deep is refused quickly', () => {
    refused('['.repeat(100_000)).toThrow('not valid JSON')
    refused('['.repeat(100_000) + ']'.repeat(100_000)).toThrow('deeper than 32')
  })

  test('with more keys than any schema has, in one object or in all, is refused', () => {
    const object = (keys: number) =>
      JSON.stringify(
        Object.fromEntries(Array.from({ length: keys }, (_, index) => [`k${index}`, 1])),
      )
    expect(parseJson(object(1_000))).toHaveProperty('k999')
    refused(object(1_001)).toThrow('More than 1000 keys in one object')
    refused(`[${Array.from({ length: 501 }, () => object(1_000))}]`).toThrow(
      'More than 500000 keys',
    )
  })

  test('truncated, trailed or marked by a BOM is refused', () => {
    for (const text of ['{"a":', '{} x', '\ufeff{}', '']) refused(text).toThrow('not valid JSON')
  })
})
