/**
 * Who may try a request just now.
 *
 * A write that is tried takes the place of one that is meant: on SQLite there is one writer. So each
 * operator tries one request at a time, and of all that are tried one at a time writes; the others wait
 * in line, and not for long. What clients write comes in between, whoever tries what.
 *
 * Of this node alone; on PostgreSQL each further one may have another in its transactions.
 *
 * @module
 */

import { Refusal } from './refusal.ts'

/** Writes that wait for their turn at most, and milliseconds they do. */
const WAITING = 16
const PATIENCE = 5_000

export interface Rehearsals {
  /** Tries something of an operator's. @throws {Refusal} 409 while something else of theirs is tried */
  of<T>(operator: string, attempt: () => Promise<T>): Promise<T>
  /** Writes, once nobody else does. @throws {Refusal} 503 with `Retry-After` when many wait */
  writing<T>(write: () => Promise<T>): Promise<T>
}

export function rehearsals(patience: number = PATIENCE): Rehearsals {
  const trying = new Set<string>()
  let waiting = 0
  let last: Promise<unknown> = Promise.resolve()
  return {
    async of(operator, attempt) {
      if (trying.has(operator)) {
        const detail = 'You are trying a request already. Wait for its answer, then try the next.'
        throw new Refusal(409, detail, { code: 'wait' })
      }
      trying.add(operator)
      try {
        return await attempt()
      } finally {
        trying.delete(operator)
      }
    },

    async writing(write) {
      if (waiting >= WAITING) throw busy()
      waiting += 1
      let hasLeft = false
      let timer: ReturnType<typeof setTimeout> | undefined
      const turn = last.then(async () => {
        if (hasLeft) return undefined
        clearTimeout(timer)
        waiting -= 1
        return { written: await write() }
      })
      const givenUp = new Promise<never>((_, reject) => {
        timer = setTimeout(() => {
          hasLeft = true
          waiting -= 1
          reject(busy())
        }, patience)
      })
      last = turn.catch(() => undefined)
      const outcome = await Promise.race([turn, givenUp])
      if (outcome === undefined) throw busy()
      return outcome.written
    },
  }
}

function busy(): Refusal {
  const detail = 'Others are trying requests, and one is tried at a time'
  return new Refusal(503, detail, { code: 'wait' }, { 'Retry-After': '5' })
}
