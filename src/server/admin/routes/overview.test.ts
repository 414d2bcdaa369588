/** How fast an initial sync is said to be. */

import { expect, test } from 'vitest'
import { noCounts } from '../../../store/journal.ts'
import { perSecond } from './overview.ts'

const MINUTE = 60_000
const START = 100 * MINUTE

const minute = (index: number, users: number) => ({
  ...{ ...noCounts, tenant: 't', key: 'k' },
  ...{ minute: START + index * MINUTE, users },
})
const made = ({ users }: { readonly users: number }) => users

test('ten seconds into a minute nothing of the one before is told of the speed', () => {
  const during = [minute(0, 6_000), minute(1, 20)]
  expect(perSecond(during, made, START, START + MINUTE + 20_000)).toBe(1)
})

test('of a minute that has hardly begun the one before is told as well', () => {
  const during = [minute(0, 6_000), minute(1, 500)]
  expect(perSecond(during, made, START, START + MINUTE + 5_000)).toBe(100)
})

test('what was before the first one was made counts for nothing', () => {
  const began = START + 50_000
  expect(perSecond([minute(0, 100)], made, began, START + MINUTE)).toBe(10)
  expect(perSecond([minute(0, 100), minute(1, 20)], made, began, START + MINUTE + 2_000)).toBe(10)
})
