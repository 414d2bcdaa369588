/** How fast a sync is said to be, by what was seen of it. */

import { expect, test } from 'vitest'
import { paceOf } from './pace.ts'

test('the pace is that of the samples, once they span some seconds', () => {
  const samples = [0, 2_000, 4_000, 8_000].map((at) => ({ at, made: 1_000 + at / 40 }))
  expect(paceOf(samples)).toBe(25)
  expect(paceOf(samples.slice(0, 3))).toBeUndefined()
  expect(paceOf([])).toBeUndefined()
})
