/**
 * Lost requests in the log: the first at once, and how many more each minute, since a full disk fails many
 * times a second. Every one is counted in a line, the last at the stop.
 *
 * @module
 */

import { instantText } from '../../protocol/instant.ts'
import { StoreUnavailable } from '../../store/store.ts'
import type { Log } from '../log.ts'

const QUIET = 60_000
const LOST = 'requests could not be kept'
const ENDED = 'the journal has ended and is opened again; requests wait'

export interface LossLog {
  lost(count: number, why: Error): void
  /** Tells what was not told yet. */
  close(): void
}

export function lossLog(log: Pick<Log, 'error'>, now: () => number): LossLog {
  // Apart: no trouble of the database is to hide a fault of ours.
  const down = series(now, ({ why, ...facts }) => {
    const said = facts.lost > 0 ? LOST : ENDED
    const { message, cause } = why
    const because = cause instanceof Error ? { cause: cause.message } : {}
    log.error({ ...facts, reason: message, ...because }, said)
  })
  const fault = series(now, ({ why, ...facts }) => {
    const said = facts.lost > 0 ? LOST : ENDED
    log.error({ ...facts, err: why }, `${said}: a fault of the service`)
  })
  return {
    lost: (count, why) => (why instanceof StoreUnavailable ? down : fault).add(count, why),
    close() {
      down.tell()
      fault.tell()
    },
  }
}

interface Facts {
  readonly lost: number
  /** When the first of them was. */
  readonly since: string
  /** Why the last of them was. */
  readonly why: Error
}

function series(now: () => number, say: (facts: Facts) => void) {
  let waiting: { lost: number; since: number; why: Error } | undefined
  let timer: NodeJS.Timeout | undefined
  let said = Number.NEGATIVE_INFINITY
  const tell = () => {
    clearTimeout(timer)
    timer = undefined
    if (waiting === undefined) return
    said = now()
    const { lost, since, why } = waiting
    waiting = undefined
    say({ lost, since: instantText(since), why })
  }
  return {
    tell,
    add(count: number, why: Error) {
      waiting ??= { lost: 0, since: now(), why }
      waiting.lost += count
      waiting.why = why
      if (now() - said >= QUIET) tell()
      else timer ??= setTimeout(tell, QUIET).unref()
    },
  }
}
