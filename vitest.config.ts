import { statfsSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

// Most of the time of a test is a disk that flushes, and none of them cuts the power: where there
// is room in memory, what they write goes there.
process.env.ROLLCALL_TEST_DISK ??= tmpdir()
if (process.env.TMPDIR === undefined && roomIn('/dev/shm') > 4 * 1024 ** 3) {
  process.env.TMPDIR = '/dev/shm'
}

// What Node makes of the source of a thread it keeps, as src/bin.js has it for a process: each of the
// many threads that tests start would read it anew.
process.env.NODE_COMPILE_CACHE ??= fileURLToPath(
  new URL('node_modules/.cache/rollcall/', import.meta.url),
)

function roomIn(folder: string): number {
  try {
    const { bavail, bsize } = statfsSync(folder)
    return bavail * bsize
  } catch {
    return 0
  }
}

export default defineConfig({
  test: {
    // Left to itself it uses one processor less than there are, which of two is one.
    maxWorkers: '100%',
    globalSetup: 'test/support/postgres-setup.ts',
    projects: [
      {
        test: {
          name: 'unit',
          include: ['src/**/*.test.ts', 'console/src/**/*.test.ts'],
          // Nothing in them outlives its file, so none needs to load everything anew.
          isolate: false,
        },
      },
      {
        test: {
          name: 'whole',
          include: ['test/**/*.test.ts'],
          testTimeout: 120_000,
          hookTimeout: 60_000,
          // What is waited for comes late on a machine that does other things.
          expect: { poll: { timeout: 30_000 } },
        },
      },
    ],
  },
})
