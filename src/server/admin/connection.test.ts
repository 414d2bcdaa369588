/** How a key fares, by the last that came with it. */

import { expect, test } from 'vitest'
import { type MinuteCounts, noCounts } from '../../store/journal.ts'
import { healthOf, latelyOf, sinceEnd, withKept } from './connection.ts'

const MINUTE = 60_000
const DAY = 24 * 60 * MINUTE
const START = 100 * DAY

test('a key of which a few requests went wrong works, unless all of them did', () => {
  const lastUsed = { at: START, from: null, agent: null, client: null }
  const of = (requests: number, bad: number) =>
    healthOf({ state: 'active', lastUsed, expires: null }, { requests, bad }, START)
  expect(of(3, 0)).toEqual({ health: 'healthy', because: 'It works.' })
  expect(of(3, 1)).toEqual({
    health: 'healthy',
    because: 'It works, though 1 of the last 3 requests went wrong.',
  })
  expect(of(1, 1)).toEqual({
    health: 'troubled',
    because: 'Its last request went wrong.',
  })
  expect(of(2, 2)).toEqual({
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
  expect(healthOf(key, { requests: 1, bad: 0 }, START).because).toBe(
    `It works, and expires ${words}.`,
  )
})

const counted = (minute: number, requests: number, refused: number): MinuteCounts => ({
  ...{ ...noCounts, tenant: 't', key: 'k', minute, requests, refused },
})

test('what went wrong last counts however long it is quiet since then', () => {
  expect(latelyOf([counted(START - 40 * MINUTE, 5, 5)])).toEqual({ requests: 5, bad: 5 })
  const refused = Array.from({ length: 50 }, () => ({ status: 403 }))
  expect(withKept(latelyOf([]), refused)).toEqual({ requests: 5, bad: 5 })
  const lastUsed = { at: START - 9 * DAY, from: null, agent: null, client: null }
  const key = { state: 'active', lastUsed, expires: null } as const
  expect(healthOf(key, { requests: 5, bad: 5 }, START).health).toBe('failing')
  expect(healthOf(key, { requests: 5, bad: 0 }, START).health).toBe('stale')
  const ending = { ...key, state: 'expiring', expires: START + 3 * DAY } as const
  expect(healthOf(ending, { requests: 5, bad: 0 }, START).because).toBe(
    'It was last used 9 days ago, and expires in 3 days.',
  )
})

test('of a key whose last requests were answered nothing is told that was before', () => {
  const minutes = [counted(START - 60 * MINUTE, 9, 9), counted(START - 40 * MINUTE, 3, 0)]
  expect(withKept(latelyOf(minutes), [])).toEqual({ requests: 3, bad: 0 })
})

test('one refusal after a while of quiet is told with those before it', () => {
  const kept = [404, 200, 200, 200, 200, 500].map((status) => ({ status }))
  expect(withKept(latelyOf([counted(START, 1, 1)]), kept)).toEqual({ requests: 5, bad: 1 })
})

test('whoever tries every 40 minutes still uses a key that has ended, and nobody who did before', () => {
  const tried = [counted(START - 40 * MINUTE, 3, 3)]
  const ended = (at: number) => ({ revoked: START - at * MINUTE, expires: null })
  expect(sinceEnd(ended(90), tried, START).bad).toBe(3)
  expect(sinceEnd(ended(10), tried, START).bad).toBe(0)
})

test('nobody says that a key works of which no answer is known', () => {
  const lastUsed = { at: START, from: null, agent: null, client: null }
  const key = { state: 'active', lastUsed, expires: null } as const
  expect(healthOf(key, { requests: 0, bad: 0 }, START).because).toBe('It was used lately.')
})
