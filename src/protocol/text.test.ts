import { describe, expect, test } from 'vitest'
import { fold } from './text.ts'

describe('fold', () => {
  test('makes one of a letter, its capital and what folding made of either', {
    timeout: 30_000,
  }, () => {
    const apart: string[] = []
    for (let point = 0; point <= 0x10ffff; point++) {
      if (point >= 0xd800 && point <= 0xdfff) continue
      const letter = String.fromCodePoint(point)
      const [upper, lower] = [letter.toUpperCase(), letter.toLowerCase()]
      if (upper === letter && lower === letter) continue
      const folded = fold(letter)
      const others = [folded, upper, lower]
      if (others.some((other) => fold(other) !== folded)) apart.push(letter)
    }
    expect(apart).toEqual([])
  })

  test.each([
    ['STRASSE', 'STRAẞE', 'straße'],
    ['ΟΔΟΣ', 'οδος', 'οδοσ'],
    ['É', 'é', 'e\u0301'],
    ['K', 'k', 'K'],
  ])('makes one of %s, %s and %s', (first, ...others) => {
    for (const other of others) expect(fold(other)).toBe(fold(first))
  })
})
