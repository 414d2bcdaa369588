/**
 * Instants: the `dateTime` of RFC 7643 §2.3.5, which is xsd:dateTime, as epoch milliseconds.
 *
 * Clients send what their language prints: seven fractional digits (.NET), an offset, none at all.
 * A date without an offset is taken as UTC, so that it is one instant on every machine. Digits past
 * the millisecond stay, as a fraction. Refused, though one of the two standards has them: leap
 * seconds, which epoch time cannot name, and years outside 0001–9999, which databases cannot hold.
 *
 * @module
 */

/**
 * The instant a text names, in epoch milliseconds, or `undefined` when it names none.
 *
 * ```ts
 * parseInstant('1970-01-01T00:00:01Z')             // 1000
 * parseInstant('1970-01-01T01:00:00.0005+01:00')   // 0.5
 * parseInstant('2024-02-30T00:00:00Z')             // undefined
 * ```
 */
export function parseInstant(text: string): number | undefined {
  const parts = DATE_TIME.exec(text)
  if (parts === null) return undefined
  const [year, month, day, hour, minute, second] = parts.slice(1, 7).map(Number) as Six
  const [fraction = '', sign, offsetHour = '0', offsetMinute = '0'] = parts.slice(7)

  if (year === 0 || month < 1 || month > 12 || day < 1 || day > daysIn(year, month))
    return undefined
  if (minute > 59 || second > 59) return undefined
  // xsd:dateTime has 24:00:00 for the end of a day, and nothing after it.
  if (hour > 24 || (hour === 24 && (minute > 0 || second > 0 || /[1-9]/.test(fraction)))) {
    return undefined
  }
  const offset = Number(offsetHour) * 60 + Number(offsetMinute)
  if (offset > MAX_OFFSET || Number(offsetMinute) > 59) return undefined

  // Not Date.UTC: it takes the years 1 to 99 for 1901 to 1999.
  const date = new Date(0)
  date.setUTCFullYear(year, month - 1, day)
  date.setUTCHours(hour, minute - (sign === '-' ? -offset : offset), second)
  return date.getTime() + milliseconds(fraction)
}

/**
 * An instant as text, as `Date.toISOString()` has it: `2026-11-25T09:30:00.000Z`.
 *
 * Every answer has two for each of its resources, and most are of a day that was met before.
 *
 * @param at Epoch milliseconds, whole.
 */
export function instantText(at: number): string {
  const day = Math.floor(at / DAY)
  let date = dates.get(day)
  if (date === undefined) {
    date = new Date(day * DAY).toISOString().slice(0, -DIGITS)
    if (dates.size >= DATES) dates.clear()
    dates.set(day, date)
  }
  const rest = at - day * DAY
  const second = Math.floor(rest / 1000)
  const time = `${two(Math.floor(second / 3600))}:${two(Math.floor(second / 60) % 60)}:${two(second % 60)}`
  return `${date}${time}.${String(1000 + (rest % 1000)).slice(1)}Z`
}

const DAY = 86_400_000
/** Of `00:00:00.000Z`. */
const DIGITS = 13
/** Days that are remembered: ten years of them. */
const DATES = 3_660
const dates = new Map<number, string>()

const TWO = Array.from({ length: 60 }, (_, number) => String(number).padStart(2, '0'))
const two = (number: number) => TWO[number] as string

type Six = [number, number, number, number, number, number]

const DATE_TIME =
  /^(\d{4})-(\d\d)-(\d\d)[Tt](\d\d):(\d\d):(\d\d)(?:\.(\d+))?(?:[Zz]|([+-])(\d\d):(\d\d))?$/

// xsd:dateTime stops at 14:00, which is Kiribati.
const MAX_OFFSET = 14 * 60

// Split at the millisecond, so that three digits stay exact: '1234567' -> 123.4567
function milliseconds(fraction: string): number {
  return Number(`${fraction.slice(0, 3).padEnd(3, '0')}.${fraction.slice(3)}`)
}

function daysIn(year: number, month: number): number {
  if (month === 2) return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31
}
