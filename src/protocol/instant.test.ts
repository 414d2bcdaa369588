import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { instantText, parseInstant } from './instant.ts'

describe('dateTime as an instant (RFC 7643 §2.3.5)', () => {
  test.each([
    ['1970-01-01T00:00:00Z', 0],
    ['1970-01-01T00:00:00', 0],
    ['1970-01-01t00:00:01z', 1000],
    ['1970-01-01T01:00:00+01:00', 0],
    ['1969-12-31T19:00:00-05:00', 0],
    ['1970-01-01T00:00:00.5Z', 500],
    ['1970-01-01T00:00:00.123Z', 123],
    ['1970-01-01T00:00:00.1234567Z', 123.4567],
    ['1969-12-31T23:59:59.25Z', -750],
    ['1970-01-01T24:00:00Z', 86_400_000],
    ['2000-02-29T00:00:00Z', Date.UTC(2000, 1, 29)],
    ['0099-01-01T00:00:00Z', Date.parse('0099-01-01T00:00:00Z')],
    ['2010-01-23T04:56:22Z', Date.UTC(2010, 0, 23, 4, 56, 22)],
  ])('%s is %d', (text, instant) => {
    expect(parseInstant(text)).toBe(instant)
  })

  test.each([
    '',
    'maybe',
    '2024',
    '2024-01-01',
    '2024-13-01T00:00:00Z',
    '2024-00-01T00:00:00Z',
    '2024-02-30T00:00:00Z',
    '2023-02-29T00:00:00Z',
    '1900-02-29T00:00:00Z',
    '2024-04-31T00:00:00Z',
    '2024-01-00T00:00:00Z',
    '2024-01-01T25:00:00Z',
    '2024-01-01T24:00:00.001Z',
    '2024-01-01T23:60:00Z',
    '2024-12-31T23:59:60Z',
    '2024-01-01T00:00:00.Z',
    '2024-01-01T00:00:00+14:01',
    '2024-01-01T00:00:00+01:60',
    '2024-01-01T00:00:00+0100',
    '2024-01-01 00:00:00Z',
    ' 2024-01-01T00:00:00Z',
    '2024-01-01T00:00:00Z\n',
    '0000-01-01T00:00:00Z',
    '-2024-01-01T00:00:00Z',
    '12024-01-01T00:00:00Z',
  ])('%j is no instant', (text) => {
    expect(parseInstant(text)).toBeUndefined()
  })

  test('what a Date prints is read back', () => {
    fc.assert(
      fc.property(
        fc.date({
          min: new Date('0001-01-01T00:00:00Z'),
          max: new Date('9999-12-31T23:59:59.999Z'),
          noInvalidDate: true,
        }),
        (date) => parseInstant(date.toISOString()) === date.getTime(),
      ),
    )
  })

  test('one instant written with two offsets is one number, to the last digit', () => {
    expect(parseInstant('2011-05-13T06:42:34.1234567+02:00')).toBe(
      parseInstant('2011-05-13T04:42:34.1234567Z'),
    )
  })
})

test('an instant as text is what Date makes of it, and comes back', () => {
  const whole = fc.integer({ min: Date.UTC(-1, 0), max: Date.UTC(9999, 11, 31, 23, 59, 59, 999) })
  fc.assert(
    fc.property(whole, (at) => {
      expect(instantText(at)).toBe(new Date(at).toISOString())
    }),
  )
  expect(instantText(-1)).toBe('1969-12-31T23:59:59.999Z')
})
