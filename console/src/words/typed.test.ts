/** What is typed, or stands in an address, is a path or an id. */

import { expect, test } from 'vitest'
import { leftOut, withPath } from './typed.ts'

test('a path that stands where an id belongs is looked for as a path', () => {
  expect(withPath({ q: '/Users/01a21bf6-d2cd' })).toEqual({ q: '', path: '/Users/01a21bf6-d2cd' })
  expect(withPath({ path: 'Users' })).toEqual({ path: 'Users' })
  expect(withPath({ q: '01a21bf6-d2cd-7000' })).toEqual({ q: '01a21bf6-d2cd-7000' })
})

test.each([
  ['http://127.0.0.1:8771/scim/v2/Groups', '/Groups'],
  ['https://id.example.com/dir/scim/v2/Users/1?attributes=id', '/Users/1'],
  ['/scim/v2/Users', '/Users'],
  ['/Users?filter=title%20pr', '/Users'],
  ['Users?filter=profileUrl%20ew%20%22/scim/v2/x%22', 'Users'],
  ['/scim/v2', '/scim/v2'],
  ['/Users', '/Users'],
])('%s is looked for as what stands below the base URL', (path, below) => {
  expect(withPath({ path })).toEqual({ path: below })
})

test('what nothing is found by is known to be left out', () => {
  expect(leftOut({ path: 'https://id.example.com/scim/v2/Users?count=1#x' })).toBe('?count=1#x')
  expect(leftOut({ q: '/Users?count=1' })).toBe('?count=1')
  expect(leftOut({ path: '/Users' })).toBeUndefined()
  expect(leftOut({ q: '01a21bf6-d2cd-7000' })).toBeUndefined()
})
