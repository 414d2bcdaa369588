import { expect, test } from 'vitest'
import type { Text } from '../protocol/parts.ts'
import { joined, letGo } from './pieces.ts'

function stream(...pieces: Text[]) {
  const state = { isLetGo: false }
  const left = [...pieces]
  const iterator: AsyncIterableIterator<Text> = {
    [Symbol.asyncIterator]: () => iterator,
    async next() {
      const value = left.shift()
      if (value === 'broken') throw new Error('broken')
      return value === undefined ? { done: true, value: undefined } : { done: false, value }
    },
    async return() {
      state.isLetGo = true
      return { done: true, value: undefined }
    },
  }
  return { state, iterator }
}

test('texts and streams come in their order, short texts with what comes next', async () => {
  const parts = ['{', '"a":', stream('[1', ',2]').iterator, ',"b":', stream('[]').iterator, '}']
  expect(await Array.fromAsync(joined(parts))).toEqual(['{"a":[1', ',2]', ',"b":[]', '}'])
})

test('a piece in parts stays in parts', async () => {
  const parts = ['{"a":', stream(['[1', ',2'], [',3]']).iterator, '}']
  const pieces = await Array.fromAsync(joined(parts))
  expect(pieces).toEqual([['{"a":', '[1', ',2'], [',3]'], '}'])
})

test('what is left is let go, though nothing of it was asked for', async () => {
  const [one, two] = [stream('1'), stream('2')]
  await joined(['{', one.iterator, two.iterator]).return?.()
  expect([one.state.isLetGo, two.state.isLetGo]).toEqual([true, true])
  const three = stream('3')
  await letGo([three.iterator])
  expect(three.state.isLetGo).toBe(true)
})

test('when one breaks, the others are let go and nothing more comes', async () => {
  const [one, two] = [stream('1', 'broken'), stream('2')]
  const all = joined([one.iterator, two.iterator, '}'])
  expect((await all.next()).value).toBe('1')
  await expect(all.next()).rejects.toThrow('broken')
  expect(two.state.isLetGo).toBe(true)
  expect((await all.next()).done).toBe(true)
})
