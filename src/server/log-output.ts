/**
 * Standard output for the log: the lines of a moment are written in one go, beside the requests.
 *
 * One line at a time costs a request more than everything that is SCIM about it. And the log is never a
 * reason to stand still: what a full disk refuses, or a reader that does not read leaves no room for, is
 * lost, counted, and said on standard error. What waits is written when the process ends, however it ends;
 * only a SIGKILL loses it.
 *
 * Not SonicBoom, which pino brings: its `flushSync` tries for ever where a disk is full, and what it keeps
 * for a reader that stands still grows without an end.
 *
 * @module
 */

import { write as writeLater, writeSync } from 'node:fs'
import type { DestinationStream } from 'pino'

/** Milliseconds a line may wait for others, and bytes there is room for. */
const MOMENT = 20
const ROOM = 64 * 1024
/** Bytes that wait for a reader at most. */
const MOST = 16 * 1024 * 1024
/** Milliseconds after which a write is taken for one that does not end, and between two complaints. */
const STALLED = 1_000
const QUIET = 60_000
/** Milliseconds until a reader that had no room is tried again. */
const AGAIN = 10

export interface LogOutput extends DestinationStream {
  /** Writes what waits, for a second at most; pino calls it after a fatal line. */
  flushSync(): void
  /** Resolves to whether all was written, after so many milliseconds at the latest. */
  settled(patience: number): Promise<boolean>
  /**
   * Whether a write does not come to its end. Such a one holds up `process.exit` for ever; only SIGKILL
   * ends the process then.
   */
  isStalled(): boolean
}

export interface LogOutputOptions {
  /** Where the lines go; standard output unless told. */
  readonly descriptor?: number
  /** Told what was lost; standard error unless told. */
  readonly complain?: (sentence: string) => void
  readonly now?: () => number
}

export function logOutput(options: LogOutputOptions = {}): LogOutput {
  const { descriptor = 1, complain = toStandardError, now = () => performance.now() } = options
  // In bytes: texts that wait are copied each time young objects are collected.
  const gathered = Buffer.allocUnsafeSlow(ROOM)
  let end = 0
  let timer: NodeJS.Timeout | undefined
  let queue: Buffer[] = []
  let queued = 0
  let writingSince: number | undefined
  let lost = 0
  let complained = Number.NEGATIVE_INFINITY

  const isStalled = () => writingSince !== undefined && now() - writingSince > STALLED

  function lose(lines: number, reason: string): void {
    lost += lines
    if (now() - complained < QUIET) return
    complained = now()
    complain(`rollcall: ${lost} lines of the log were lost: ${reason}\n`)
    lost = 0
  }

  function taken(): Buffer {
    clearTimeout(timer)
    timer = undefined
    const chunk = Buffer.from(gathered.subarray(0, end))
    end = 0
    return chunk
  }

  function pass(): void {
    const chunk = taken()
    if (chunk.length > 0) enqueue(chunk)
  }

  function enqueue(chunk: Buffer): void {
    if (queued + chunk.length > MOST) {
      lose(linesIn(chunk), 'its reader does not read')
      return
    }
    queue.push(chunk)
    queued += chunk.length
    if (writingSince === undefined) next()
  }

  function next(): void {
    const chunk = queue.shift()
    writingSince = chunk && now()
    if (chunk !== undefined) writeOne(chunk)
  }

  function writeOne(chunk: Buffer): void {
    writeLater(descriptor, chunk, 0, chunk.length, null, (error, written) => {
      if (error === null && written === chunk.length) {
        queued -= written
        next()
      } else if (error === null) {
        queued -= written
        writeOne(chunk.subarray(written))
      } else if (error.code === 'EAGAIN') setTimeout(writeOne, AGAIN, chunk)
      else {
        queued -= chunk.length
        lose(linesIn(chunk), error.message)
        next()
      }
    })
  }

  // Beside a write that goes on it may come before that one's end; beside one that does not, never.
  function flushSync(): void {
    const since = now()
    const rest = [...queue, taken()]
    for (const { length } of queue) queued -= length
    queue = []
    for (let chunk of rest) {
      while (chunk.length > 0 && !isStalled() && now() - since < STALLED) {
        try {
          chunk = chunk.subarray(writeSync(descriptor, chunk))
        } catch (error) {
          const { code, message } = error as NodeJS.ErrnoException
          if (code === 'EAGAIN') continue
          lose(linesIn(chunk), message)
          break
        }
      }
    }
  }

  process.once('exit', flushSync)
  return {
    write(line) {
      const most = line.length * 3
      if (end + most > ROOM) pass()
      if (most > ROOM) enqueue(Buffer.from(line))
      else end += gathered.write(line, end)
      timer ??= setTimeout(pass, MOMENT)
    },
    flushSync,
    isStalled,
    async settled(patience) {
      pass()
      const since = now()
      while (writingSince !== undefined && now() - since < patience) {
        await new Promise((resolve) => setTimeout(resolve, AGAIN))
      }
      return writingSince === undefined
    },
  }
}

function linesIn(chunk: Buffer): number {
  let lines = 0
  for (const byte of chunk) if (byte === 10) lines++
  return lines
}

// That may be the same full disk.
function toStandardError(sentence: string): void {
  try {
    writeSync(2, sentence)
  } catch {
    // There is nobody left to tell.
  }
}
