import { expect, test } from 'vitest'
import { newSealSecret, sealWith } from './seal.ts'

const secret = newSealSecret()
const { seal, open } = sealWith(secret)

test('opens in its context, on every node that has the secret', () => {
  const sealed = seal('{"id":"é"}', 'tenant a')
  expect(open(sealed, 'tenant a')).toBe('{"id":"é"}')
  expect(sealWith(secret).open(sealed, 'tenant a')).toBe('{"id":"é"}')
})

test('consists of unreserved characters, and never looks the same twice (RFC 9865 §2)', () => {
  const texts = Array.from({ length: 50 }, () => seal('x', ''))
  for (const text of texts) expect(text).toMatch(/^[\w-]+$/)
  expect(new Set(texts).size).toBe(texts.length)
})

test('opens in no other context and with no other secret', () => {
  const sealed = seal('x', 'tenant a')
  expect(open(sealed, 'tenant b')).toBeUndefined()
  expect(sealWith(newSealSecret()).open(sealed, 'tenant a')).toBeUndefined()
})

test('does not open when any character of it is another, missing or added', () => {
  const sealed = seal('some text', '')
  for (let at = 0; at < sealed.length; at++) {
    const other = sealed[at] === 'A' ? 'B' : 'A'
    expect(open(sealed.slice(0, at) + other + sealed.slice(at + 1), '')).toBeUndefined()
    expect(open(sealed.slice(0, at), '')).toBeUndefined()
  }
  for (const text of ['', '=', `${sealed}=`, `${sealed}A`, ` ${sealed}`]) {
    expect(open(text, '')).toBeUndefined()
  }
})
