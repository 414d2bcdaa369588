import fc from 'fast-check'
import { expect, test } from 'vitest'
import { quoted } from './json.ts'

test('a text in quotes is what JSON.stringify makes of it', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary-ascii' }), (text) => {
      expect(quoted(text)).toBe(JSON.stringify(text))
    }),
  )
  for (const text of ['', 'ada', 'a"b', 'a\\b', 'a\n', '\x7f', 'ä', '\ud800']) {
    expect(quoted(text)).toBe(JSON.stringify(text))
  }
})
