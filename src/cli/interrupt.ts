/**
 * Ctrl-C for a command that can be ended early: the first asks it to end, the next ends it at once.
 *
 * @module
 */

import { interrupted } from './exit-codes.ts'

/**
 * Ctrl-C reaches the whole group of processes, and npm passes on what it got: one keystroke may come
 * as two signals. What follows within so many milliseconds is therefore the same one again.
 */
export const SAME_SIGNAL = 500

/** Runs `work` with a signal that fires at Ctrl-C. */
export async function interruptible<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const stop = new AbortController()
  let first: number | undefined
  const onSignal = () => {
    const now = performance.now()
    if (first !== undefined && now - first > SAME_SIGNAL) process.exit(interrupted('SIGINT'))
    first ??= now
    stop.abort()
  }
  process.on('SIGINT', onSignal)
  try {
    return await work(stop.signal)
  } finally {
    process.off('SIGINT', onSignal)
  }
}
