import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { StoreUnavailable } from '../../store/store.ts'
import { createLog } from '../log.ts'
import { lossLog } from './loss-log.ts'

let lines: Record<string, unknown>[]
let losses: ReturnType<typeof lossLog>
const down = new StoreUnavailable('the disk is full', { cause: new Error('ENOSPC') })

beforeEach(() => {
  vi.useFakeTimers({ now: 1_800_000_000_000 })
  lines = []
  const log = createLog('info', { write: (line) => lines.push(JSON.parse(line)) })
  losses = lossLog(log, Date.now)
})
afterEach(() => {
  vi.useRealTimers()
})

const told = () => lines.map(({ lost }) => lost)

test('the first loss is told at once, and every other with the next line', () => {
  losses.lost(3, down)
  expect(lines).toMatchObject([{ lost: 3, reason: 'the disk is full', cause: 'ENOSPC' }])
  for (const count of [1, 2, 4]) losses.lost(count, down)
  expect(told()).toEqual([3])
  vi.advanceTimersByTime(60_000)
  expect(told()).toEqual([3, 7])
  expect(lines[1]).toMatchObject({ since: '2027-01-15T08:00:00.000Z' })
})

test('a journal that ended with nothing in it has lost nothing', () => {
  losses.lost(0, down)
  expect(lines).toMatchObject([{ lost: 0, msg: expect.stringContaining('requests wait') }])
})

test('what was not told yet is told at the stop', () => {
  for (const count of [3, 1, 2]) losses.lost(count, down)
  losses.close()
  losses.close()
  expect(told()).toEqual([3, 3])
})

test('a fault is told beside a database that is not available, with where it is', () => {
  losses.lost(3, down)
  losses.lost(1, new TypeError('x is not a function'))
  expect(lines).toMatchObject([
    { msg: 'requests could not be kept' },
    {
      lost: 1,
      msg: 'requests could not be kept: a fault of the service',
      err: { message: 'x is not a function', stack: expect.stringContaining('loss-log.test') },
    },
  ])
})
