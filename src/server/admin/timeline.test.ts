import { expect, test } from 'vitest'
import { newSecret } from '../api-keys.ts'
import { changesIn } from './timeline.ts'

test('a key that stands in an attribute is in no timeline', () => {
  const key = newSecret()
  const changed = [{ path: 'title', before: `the "${key}"`, after: 'Engineer' }]
  expect(changesIn({ changed })).toEqual([
    { path: 'title', before: 'the "rc_[redacted]"', after: 'Engineer' },
  ])
  expect(changesIn({})).toEqual([])
})
