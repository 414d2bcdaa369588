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
  // As JSON spells it, in a string that holds JSON or only its escapes.
  const spelled = key.replace('_', '\\u005f')
  for (const after of [spelled, `{"key":"${spelled}"}`, [{ value: spelled }]]) {
    const told = JSON.stringify(changesIn({ changed: [{ path: 'displayName', after }] }))
    expect(told).toContain('[redacted]')
    expect(told).not.toContain(key.slice(3))
  }
  const path = [{ path: 'title', after: 'C:\\users\\50%' }]
  expect(changesIn({ changed: path })).toEqual(path)
  expect(changesIn({})).toEqual([])
})
