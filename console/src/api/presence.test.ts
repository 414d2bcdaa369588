import { expect, test } from 'vitest'
import { absence } from './presence.ts'

test('nobody is there a minute after the last touch of anything', () => {
  let now = 1_000
  const window = new EventTarget()
  const isAbsent = absence(window, () => now)
  const states = []
  for (const sign of ['', 'keydown', 'pointermove', 'message']) {
    if (sign !== '') window.dispatchEvent(new Event(sign))
    now += 60_000
    states.push(isAbsent())
    now += 1
    states.push(isAbsent())
  }
  expect(states).toEqual([false, true, false, true, false, true, true, true])
})
