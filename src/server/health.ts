/**
 * `/livez` and `/readyz`, for whoever decides to restart a process or to send it requests.
 *
 * Alive asks nothing but whether the process answers: a database that is away is no reason to
 * restart us. Ready asks the database, with a deadline of its own, and says no from the moment a
 * stop begins, and while the database takes no changes: an identity provider would only be told to
 * try again.
 *
 * @module
 */

import { Unwritable } from '../store/store.ts'

const DEADLINE = 2_000

export interface Health {
  /** From now on `/readyz` says no. */
  drain(): void
  check(): Promise<Readiness>
}

export interface Readiness {
  readonly ready: boolean
  readonly checks: Readonly<Record<string, string>>
}

/** @param database Rejects when the database does not answer. */
export function health(database: () => Promise<void>): Health {
  let draining = false
  return {
    drain() {
      draining = true
    },
    async check() {
      const state = await withDeadline(database).then(() => 'ok', said)
      return {
        ready: state === 'ok' && !draining,
        checks: {
          database: state,
          accepting: draining ? 'stopping' : 'ok',
        },
      }
    },
  }
}

const said = (error: unknown) =>
  error instanceof Unwritable ? `cannot be written: ${error.reason}` : 'does not answer'

async function withDeadline(work: () => Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('deadline')), DEADLINE)
  })
  try {
    await Promise.race([work(), late])
  } finally {
    clearTimeout(timer)
  }
}
