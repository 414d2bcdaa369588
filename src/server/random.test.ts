import { expect, test } from 'vitest'
import { ascendingIds, randomText } from './random.ts'

test('ids are UUIDs of version 7 whose first 48 bits are the time', () => {
  const id = ascendingIds(() => 0x0199_8877_6655)()
  expect(id).toMatch(/^01998877-6655-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
})

test('ids ascend within a millisecond, and when the clock steps back', () => {
  const times = [5, 5, 5, 9, 3, 3, 10]
  const newId = ascendingIds(() => times.shift() ?? 10)
  const ids = Array.from({ length: 20_000 }, newId)
  expect(ids.toSorted()).toEqual(ids)
  expect(new Set(ids).size).toBe(ids.length)
})

test('no two ids share their random part', () => {
  const ids = Array.from({ length: 20_000 }, ascendingIds(Date.now))
  expect(new Set(ids.map((id) => id.slice(-12))).size).toBe(ids.length)
})

test('random text favours no digit: bytes beyond four times 62 are thrown away', () => {
  const bytes = [255, 248, 247, 0, 61, 62]
  let at = 0
  const random = (size: number) =>
    Uint8Array.from({ length: size }, () => bytes[at++ % bytes.length] ?? 0)
  expect(randomText(4, random)).toBe('z0z0')
})
