import { statfsSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'
import { BaseSequencer, type TestSpecification } from 'vitest/node'

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

/** Short to read and long to run, the longest first. */
const LONG = [
  'console/every-page',
  'http/parallel',
  'walk',
  'crash/kill',
  'console/connect-pages',
  'postgres/faults',
  'log-trouble',
  'bench',
]

/**
 * Where nothing has run yet, the larger a file is the earlier it runs; one that takes a minute and is
 * small would be left alone at the end, beside a processor that has nothing to do.
 */
class LongFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const order = (file: TestSpecification) => {
      const place = LONG.findIndex((name) => file.moduleId.endsWith(`/test/${name}.test.ts`))
      return place < 0 ? LONG.length : place
    }
    return (await super.sort(files)).toSorted((one, other) => order(one) - order(other))
  }
}

export default defineConfig({
  test: {
    // Left to itself it uses one processor less than there are, which of two is one.
    maxWorkers: '100%',
    sequence: { sequencer: LongFirst },
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
