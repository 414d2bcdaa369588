import { expect, test } from 'vitest'
import { brief } from './values.ts'

test('a value is shown as it is, and of one that nobody reads the beginning', () => {
  expect(brief('bjensen')).toBe('bjensen')
  expect(brief('A'.repeat(60_000))).toBe(`${'A'.repeat(600)}… (60,000 characters in all)`)
  expect(brief(`${'A'.repeat(599)}😀😀`).isWellFormed()).toBe(true)
})
