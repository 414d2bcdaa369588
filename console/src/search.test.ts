/** The state of a list in an address. */

import { expect, test } from 'vitest'
import { known, parseSearch, printSearch } from './search.ts'

test('what is printed is parsed again, whatever is in it', () => {
  const search = { filter: 'emails[type eq "work"] and a & b = c', q: '100 %', live: '1' }
  expect(parseSearch(printSearch(search))).toEqual(search)
})

test('text that looks like a number or JSON stays text', () => {
  expect(printSearch({ q: '0042' })).toBe('?q=0042')
  expect(parseSearch('?q=0042&after=true')).toEqual({ q: '0042', after: 'true' })
})

test('an empty value leaves the address', () => {
  expect(printSearch({ q: '', status: undefined })).toBe('')
})

test('a route keeps the names it knows', () => {
  expect(known('q', 'after')({ q: 'ann', after: '', other: 'x' })).toEqual({ q: 'ann' })
})
