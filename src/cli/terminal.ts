/** The terminal of a real process. */

import { writeSync } from 'node:fs'
import { createInterface } from 'node:readline/promises'
import type { Terminal } from './command.ts'

export function nodeTerminal(): Terminal {
  return {
    out: (text) => write(1, text),
    err: (text) => write(2, text),
    interactive: process.stdin.isTTY === true && process.stderr.isTTY === true,
    async ask(question) {
      const lines = createInterface({ input: process.stdin, output: process.stderr })
      try {
        return await lines.question(question)
      } finally {
        lines.close()
      }
    },
    // From its source, the program is called through npm.
    program: import.meta.filename.endsWith('.ts') ? 'npm run -s rollcall --' : 'rollcall',
    now: Date.now,
  }
}

// Written at once: what was said is said, whatever ends the process next.
function write(descriptor: number, text: string): void {
  let rest = Buffer.from(text)
  while (rest.length > 0) {
    try {
      rest = rest.subarray(writeSync(descriptor, rest))
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException
      // The reader has gone, as `| head` does; there is nobody left to tell.
      if (code === 'EPIPE') return
      if (code !== 'EAGAIN') throw error
    }
  }
}
