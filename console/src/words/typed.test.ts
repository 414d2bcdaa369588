/** What is typed, or stands in an address, is a path or an id. */

import { expect, test } from 'vitest'
import { withPath } from './typed.ts'

test('a path that stands where an id belongs is looked for as a path', () => {
  expect(withPath({ q: '/Users/01a21bf6-d2cd' })).toEqual({ q: '', path: '/Users/01a21bf6-d2cd' })
  expect(withPath({ q: '01a21bf6-d2cd-7000' })).toEqual({ q: '01a21bf6-d2cd-7000' })
})
