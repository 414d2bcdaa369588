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

/** Milliseconds a line may wait for others, and bytes there is room for. */
const MOMENT = 20
const ROOM = 64 * 1024

export function logOutput(): DestinationStream & { flushSync(): void } {
  const output = pino.destination({ dest: 1, sync: false })
  // In bytes: texts that wait are copied each time young objects are collected.
  const waiting = Buffer.allocUnsafeSlow(ROOM)
  let end = 0
  let timer: NodeJS.Timeout | undefined
  const pass = () => {
    clearTimeout(timer)
    timer = undefined
    if (end > 0) output.write(waiting.toString('utf8', 0, end))
    end = 0
  }
  const flushSync = () => {
    pass()
    output.flushSync()
  }
  process.once('exit', flushSync)
  return {
    write(line) {
      const most = line.length * 3
      if (end + most > ROOM) pass()
      if (most > ROOM) output.write(line)
      else end += waiting.write(line, end)
      timer ??= setTimeout(pass, MOMENT)
    },
    // pino calls it after a fatal line.
    flushSync,
  }
}
