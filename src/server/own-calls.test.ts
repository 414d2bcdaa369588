import { expect, test } from 'vitest'
import { ownCalls } from './own-calls.ts'

let now = 1_800_000_000_000
const here = ownCalls('secret', () => now)
const otherNode = ownCalls('secret', () => now + 5_000)
const stranger = ownCalls('another', () => now)

test('a call of ours is known to every node, for a minute, and nobody else can make one', () => {
  const agent = here.agent()
  expect(agent).not.toContain('secret')
  expect([here.isOwn(agent), otherNode.isOwn(agent), stranger.isOwn(agent)]).toEqual([
    ...[true, true, false],
  ])
  const later = agent.replace(
    / (\w+)\./,
    (_, at) => ` ${(Number.parseInt(at, 36) + 1).toString(36)}.`,
  )
  const proof = `Rollcall-Console (key test ${now.toString(36)}.${here.answer(now.toString(36))})`
  for (const forged of [
    later,
    proof,
    `${agent} `,
    agent.slice(0, -1),
    agent.slice(0, 26),
    '',
    null,
  ]) {
    expect([forged, here.isOwn(forged)]).toEqual([forged, false])
  }
  now += 60_000
  expect(here.isOwn(agent)).toBe(true)
  now += 1
  expect(here.isOwn(agent)).toBe(false)
})

test('an answer is that of every node, to this challenge alone', () => {
  expect(here.answer('x')).toBe(otherNode.answer('x'))
  expect(here.answer('x')).not.toBe(here.answer('y'))
  expect(here.answer('x')).not.toBe(stranger.answer('x'))
})
