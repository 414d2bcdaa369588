/** How fast an initial sync is said to be, and how a key fares. */

import { expect, test } from 'vitest'
import { noCounts } from '../../../store/journal.ts'
import { healthOf, perSecond } from './overview.ts'

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

test('a key of which a few requests went wrong works, unless all of them did', () => {
  const lastUsed = { at: START, from: null, agent: null, client: null }
  const of = (requests: number, refused: number, failed = 0) =>
    healthOf({ state: 'active', lastUsed, expires: null }, { requests, refused, failed }, START)
  expect(of(3, 0)).toEqual({ health: 'healthy', because: 'It works.' })
  expect(of(3, 1)).toEqual({
    health: 'healthy',
    because: 'It works, though 1 of the last 3 requests went wrong.',
  })
  expect(of(1, 1).health).toBe('healthy')
  expect(of(2, 1, 1)).toEqual({
    health: 'failing',
    because: '2 of the last 2 requests went wrong.',
  })
  expect(of(5, 1).health).toBe('healthy')
  const because = '5 of the last 15 requests went wrong.'
  expect(of(15, 5)).toEqual({ health: 'troubled', because })
  expect(of(5, 3).health).toBe('failing')
  expect(of(112_884, 1_029).because).toContain('1,029 of the last 112,884 requests')
})

test.each([
  [59 * MINUTE, 'within an hour'],
  [60 * MINUTE, 'in 1 hour'],
  [47 * 60 * MINUTE, 'in 47 hours'],
  [50 * 60 * MINUTE, 'in 2 days'],
])('a key that has %i milliseconds left is said to expire %s', (left, words) => {
  const lastUsed = { at: START, from: null, agent: null, client: null }
  const key = { state: 'expiring', lastUsed, expires: START + left } as const
  const none = { requests: 0, refused: 0, failed: 0 }
  expect(healthOf(key, none, START).because).toBe(`It works, and expires ${words}.`)
})
