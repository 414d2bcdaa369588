import { expect, test } from 'vitest'
import { newSecret } from '../api-keys.ts'
import { changesIn } from './timeline.ts'

test('a key that stands in an attribute is in no timeline', () => {
  const key = newSecret()
  const changed = [{ path: 'title', before: `the "${key}"`, after: 'Engineer' }]
  expect(changesIn({ changed })).toEqual([
    { path: 'title', before: 'the "rc_[redacted]"', after: 'Engineer' },
  ])
  const inUrl = [{ path: 'profileUrl', after: `http://h/?k=${key.replace('_', '%5F')}` }]
  expect(changesIn({ changed: inUrl })).toEqual([
    { path: 'profileUrl', after: 'http://h/?k=rc_[redacted]' },
  ])
  expect(changesIn({})).toEqual([])
})
