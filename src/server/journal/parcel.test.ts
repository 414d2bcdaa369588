import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Parcel, textsIn } from './parcel.ts'

const carried = (texts: readonly (string | null | undefined)[], room?: ArrayBuffer) => {
  const parcel = new Parcel(room)
  for (const text of texts) parcel.add(text)
  const { room: sent, size } = parcel.closed()
  return textsIn(structuredClone(sent, { transfer: [sent] }), size)
}

test('texts arrive as they were put in, whatever room there was', () => {
  const text = fc.option(fc.option(fc.string({ unit: 'grapheme' }), { nil: undefined }))
  fc.assert(
    fc.property(fc.array(text), fc.nat(64), (texts, room) => {
      expect(carried(texts, new ArrayBuffer(room))).toEqual(texts)
    }),
  )
})

test('room is written over, and what was there before is not read', () => {
  const parcel = new Parcel(new ArrayBuffer(256))
  parcel.add('a longer text that was here before')
  expect(carried(['short'], parcel.closed().room)).toEqual(['short'])
})

test('half a character becomes what it is everywhere else', () => {
  expect(carried(['a\ud800b'])).toEqual(['a\ufffdb'])
})

test('its size is that of its bytes', () => {
  const parcel = new Parcel()
  parcel.add('ä')
  parcel.add(undefined)
  expect(parcel.size).toBe(4 + 2 + 4)
})

test('a text in parts arrives as one, as far as it was wanted', () => {
  fc.assert(
    fc.property(fc.array(fc.string()), fc.nat(64), (parts, most) => {
      const parcel = new Parcel(new ArrayBuffer(0))
      parcel.addParts(parts, most)
      parcel.add('next')
      const { room, size } = parcel.closed()
      expect(textsIn(room, size)).toEqual([parts.join('').slice(0, most), 'next'])
    }),
  )
})
