/**
 * Standard output for the log: the lines of a moment are written in one go, beside the requests.
 *
 * One line at a time costs a request more than everything that is SCIM about it, and a reader that is
 * slow would hold up everybody. What waits is written when the process ends, however it ends; only a
 * SIGKILL loses it.
 *
 * @module
 */

import { type DestinationStream, pino } from 'pino'

/** Milliseconds a line may wait for others. */
const MOMENT = 20

export function logOutput(): DestinationStream & { flushSync(): void } {
  const output = pino.destination({ dest: 1, sync: false })
  let waiting = ''
  let timer: NodeJS.Timeout | undefined
  const pass = () => {
    clearTimeout(timer)
    timer = undefined
    if (waiting !== '') output.write(waiting)
    waiting = ''
  }
  const flushSync = () => {
    pass()
    output.flushSync()
  }
  process.once('exit', flushSync)
  return {
    write(line) {
      waiting += line
      timer ??= setTimeout(pass, MOMENT)
    },
    // pino calls it after a fatal line.
    flushSync,
  }
}
