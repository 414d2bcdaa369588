/**
 * Requests as they come. What is newer than the newest that was looked at is asked for, again and again,
 * whether or not that was one to be shown; while the reader is away from the top it is held back, so that
 * nothing moves under their eyes.
 *
 * @module
 */

import { useEffect, useEffectEvent, useState } from 'react'
import type { ActivityPage, ActivityRow, Unkept } from '../../../../src/server/admin/types.ts'
import { call } from '../../api/api.ts'
import type { Filters } from '../../words/activity.ts'

const EVERY = 1500
/** How far down one still sees the first rows. */
const TOP = 260
/** More rows than this nobody reads, and the browser slows down. */
export const MOST_ROWS = 300

interface Live {
  /** Newest first; all newer than the list. */
  readonly fresh: readonly ActivityRow[]
  readonly held: readonly ActivityRow[]
  readonly show: () => void
  readonly isTroubled: boolean
  /** As of the last look. */
  readonly unkept: Unkept | null
}

/** @param newest All that is newer than this place is asked for. */
export function useLive(tenant: string, filters: Filters, newest: string, isOn: boolean): Live {
  const [fresh, setFresh] = useState<readonly ActivityRow[]>([])
  const [held, setHeld] = useState<readonly ActivityRow[]>([])
  const [isTroubled, setTroubled] = useState(false)
  const [unkept, setUnkept] = useState<Unkept | null>(null)
  const [seen, setSeen] = useState(newest)

  const ask = useEffectEvent(async (signal: AbortSignal) => {
    const after = isNewer(newest, seen) ? newest : seen
    const page = await call<ActivityPage>(`/tenants/${encodeURIComponent(tenant)}/activity`, {
      query: { ...filters, after, count: 100 },
      signal,
    })
    if (signal.aborted) return
    setSeen(page.newest)
    setUnkept(page.unkept)
    if (page.rows.length === 0) return
    if (window.scrollY <= TOP) {
      setFresh([...page.rows, ...held, ...fresh].slice(0, MOST_ROWS))
      setHeld([])
    } else {
      setHeld([...page.rows, ...held].slice(0, MOST_ROWS))
    }
  })

  useEffect(() => {
    if (!isOn) return
    const stop = new AbortController()
    let timer: ReturnType<typeof setTimeout>
    const again = async (): Promise<void> => {
      if (!document.hidden) {
        await ask(stop.signal).then(
          () => setTroubled(false),
          () => setTroubled(!stop.signal.aborted),
        )
      }
      if (!stop.signal.aborted) timer = setTimeout(again, EVERY)
    }
    void again()
    return () => {
      stop.abort()
      clearTimeout(timer)
    }
  }, [isOn])

  return {
    fresh: fresh.filter(({ seq }) => isNewer(seq, newest)),
    held: held.filter(({ seq }) => isNewer(seq, newest)),
    show: () => {
      setFresh([...held, ...fresh].slice(0, MOST_ROWS))
      setHeld([])
      window.scrollTo({ top: 0, behavior: 'smooth' })
    },
    isTroubled,
    unkept,
  }
}

function isNewer(place: string, than: string): boolean {
  return Number(place) > Number(than)
}
