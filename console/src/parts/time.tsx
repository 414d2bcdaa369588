/**
 * Times and numbers as the reader's own locale has them. A time says UTC on hover, and "3 min ago"
 * keeps counting while it is looked at.
 *
 * @module
 */

import { useSyncExternalStore } from 'react'

const DAY = 86_400_000
const whole = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'medium' })
const dayOnly = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium' })
const clock = new Intl.DateTimeFormat(undefined, { timeStyle: 'medium' })
const relative = new Intl.RelativeTimeFormat(undefined, { numeric: 'auto', style: 'long' })
const numbers = new Intl.NumberFormat()

interface Props {
  readonly at: number
  /** `ago`: how long; `clock`: today's time or the date with it; `day`: the date alone. */
  readonly as?: 'ago' | 'clock' | 'day' | 'whole'
}

export function Time({ at, as = 'ago' }: Props) {
  const now = useNow()
  const time = new Date(at)
  const utc = time.toISOString()
  const words = {
    ago: () => ago(at, now),
    clock: () => (isSameDay(at, now) ? clock.format(time) : whole.format(time)),
    day: () => dayOnly.format(time),
    whole: () => whole.format(time),
  }[as]()
  return (
    <time
      dateTime={utc}
      title={`${whole.format(time)} · ${utc.replace('T', ' ').replace('Z', ' UTC')}`}
    >
      {words}
    </time>
  )
}

export function Count({ of }: { readonly of: number }) {
  return <>{numbers.format(of)}</>
}

export function count(of: number, one: string, many = `${one}s`): string {
  return `${numbers.format(of)} ${of === 1 ? one : many}`
}

export function ago(at: number, now: number): string {
  const away = at - now
  const size = Math.abs(away)
  if (size < 5000) return 'just now'
  if (size < 60_000) return relative.format(Math.round(away / 1000), 'second')
  if (size < 3_600_000) return relative.format(Math.round(away / 60_000), 'minute')
  if (size < DAY) return relative.format(Math.round(away / 3_600_000), 'hour')
  if (size < 45 * DAY) return relative.format(Math.round(away / DAY), 'day')
  return dayOnly.format(at)
}

function isSameDay(a: number, b: number): boolean {
  return new Date(a).toDateString() === new Date(b).toDateString()
}

// One clock for all of them.

let now = Date.now()
const listeners = new Set<() => void>()
let ticking: ReturnType<typeof setInterval> | undefined

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  now = Date.now()
  ticking ??= setInterval(() => {
    now = Date.now()
    for (const each of listeners) each()
  }, 5000)
  return () => {
    listeners.delete(listener)
    if (listeners.size === 0) {
      clearInterval(ticking)
      ticking = undefined
    }
  }
}

export function useNow(): number {
  return useSyncExternalStore(subscribe, () => now)
}
