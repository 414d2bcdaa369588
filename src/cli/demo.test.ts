import { expect, test } from 'vitest'
import { QueryTimeout, StoreUnavailable } from '../store/store.ts'
import { Failure } from './command.ts'
import { explained } from './demo.ts'

// As the client of PostgreSQL says it.
const late = Object.assign(new Error('canceling statement due to statement timeout'), {
  code: '57014',
})

test.each([late, new StoreUnavailable('the disk is full'), new QueryTimeout()])(
  'a demo that gave up says at which step, and that it can go on: %s',
  (error) => {
    const told = explained(error, 'making people', 'default')
    expect(told).toBeInstanceOf(Failure)
    expect((told as Failure).message).toMatch(/gave up while making people: .*run the same command/)
    expect((told as Failure).message).toContain(error.message)
  },
)

test('a fault is told as it is', () => {
  const fault = new TypeError('x is not a function')
  expect(explained(fault, 'making people', 'default')).toBe(fault)
})
