/**
 * Requests as they come. What is newer than the newest one is asked for, again and again; while the
 * reader is away from the top it is held back, so that nothing moves under their eyes.
 *
 * @module
 */

import { useEffect, useEffectEvent, useState } from 'react'
import type { ActivityPage, ActivityRow } from '../../../../src/server/admin/types.ts'
import { call } from '../../api/api.ts'
import type { Filters } from '../../words/activity.ts'

const EVERY = 1500
/** How far down one still sees the first rows. */
const TOP = 260
/** More rows than this nobody reads, and the browser slows down. */
export const MOST_ROWS = 300

interface Live {
  /** Newest first; all newer than `first`. */
  readonly fresh: readonly ActivityRow[]
  readonly held: readonly ActivityRow[]
  readonly show: () => void
  readonly isTroubled: boolean
}

export function useLive(
  tenant: string,
  filters: Filters,
  first: ActivityRow | undefined,
  isOn: boolean,
): Live {
  const [fresh, setFresh] = useState<readonly ActivityRow[]>([])
  const [held, setHeld] = useState<readonly ActivityRow[]>([])
  const [isTroubled, setTroubled] = useState(false)

  const ask = useEffectEvent(async (signal: AbortSignal) => {
    const newest = [held[0], fresh[0], first].reduce(newer, undefined)
    const page = await call<ActivityPage>(`/tenants/${encodeURIComponent(tenant)}/activity`, {
      query: { ...filters, after: newest?.seq ?? '0', count: 100 },
      signal,
    })
    if (signal.aborted || page.rows.length === 0) return
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
    fresh: first ? fresh.filter((row) => isNewer(row, first)) : fresh,
    held,
    show: () => {
      setFresh([...held, ...fresh].slice(0, MOST_ROWS))
      setHeld([])
      window.scrollTo({ top: 0, behavior: 'smooth' })
    },
    isTroubled,
  }
}

function newer(a: ActivityRow | undefined, b: ActivityRow | undefined): ActivityRow | undefined {
  if (!a || !b) return a ?? b
  return isNewer(b, a) ? b : a
}

function isNewer(a: ActivityRow, b: ActivityRow): boolean {
  return Number(a.seq) > Number(b.seq)
}
