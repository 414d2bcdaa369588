/**
 * `npm run bench`: measures, row by row, and writes down what it found.
 *
 * @module
 */

import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { type DatabaseKind, sqliteFile, workingFile } from './databases.ts'
import { peerVersions } from './peers.ts'
import { postgresDatabase, postgresVersion, stopPostgres } from './postgres.ts'
import { machine } from './report/machine.ts'
import { writeReadme } from './report/readme.ts'
import { lastRun, record } from './report/record.ts'
import type { Result, Row } from './result.ts'
import { rows } from './rows/all.ts'
import { openStage, type Pace } from './stage.ts'

const HELP = `Usage: npm run bench -- [options]

  --rows a,b             only these rows: ${rows.map(({ name }) => name).join(', ')}
  --sizes 10000,100000   directories of so many people (10000,100000,1000000)
  --databases a,b        sqlite, postgres (both)
  --quick                200 people, short rounds: to see that it works, not how fast
  --report               measure nothing; write README.md and the picture from the last figures
  --out FILE             where the figures go (bench/results/last.json)

A row that was not measured this time keeps its figures. PostgreSQL is the server named in
ROLLCALL_BENCH_POSTGRES, or one that is started for the run.
`

const QUICK: Pace = { seconds: 0.2, rounds: 1, patience: 5 }
const USUAL: Pace = { seconds: 1, rounds: 5, patience: 60 }

const { values } = parseArgs({
  options: {
    rows: { type: 'string' },
    sizes: { type: 'string' },
    databases: { type: 'string', default: 'sqlite,postgres' },
    quick: { type: 'boolean', default: false },
    report: { type: 'boolean', default: false },
    out: { type: 'string' },
    help: { type: 'boolean', default: false },
  },
})

if (values.help) process.stdout.write(HELP)
else if (values.report) report()
else process.exitCode = await main()

async function main(): Promise<number> {
  const wanted = values.rows?.split(',') ?? rows.map(({ name }) => name)
  const unknown = wanted.filter((name) => !rows.some((row) => row.name === name))
  if (unknown.length > 0) {
    process.stderr.write(`there is no row ${unknown.join(', ')}\n\n${HELP}`)
    return 2
  }
  const sizes = (values.sizes ?? (values.quick ? '200' : '10000,100000,1000000'))
    .split(',')
    .map(Number)
  const pace = values.quick ? QUICK : USUAL
  const own = machine(peerVersions())
  const results: Result[] = []
  // A quick run says nothing of speed, and is not to be taken for one that does.
  const out = values.out ?? (values.quick ? join(tmpdir(), 'rollcall-bench.json') : undefined)
  let failed = 0
  try {
    for (const kind of values.databases.split(',') as DatabaseKind[]) {
      for (const size of sizes) {
        const chosen = rows.filter(
          ({ name, sizes: at, databases = [kind] }) =>
            wanted.includes(name) && databases.includes(kind) && isAt(at, size, sizes),
        )
        if (chosen.length === 0) continue
        const postgres = kind === 'postgres' ? { postgres: await postgresVersion() } : {}
        failed += await measure(kind, size, chosen, pace, (found) => {
          results.push(...found)
          // Written as it comes: what was measured stays, whatever happens next.
          record({ ...own, ...postgres, peers: peerVersions() }, results, rows, out)
        })
      }
    }
  } finally {
    await stopPostgres()
  }
  if (out === undefined) report()
  return failed > 0 ? 1 : 0
}

function report(): void {
  const run = lastRun()
  if (run !== undefined) writeReadme(run, rows)
}

function isAt(wanted: Row['sizes'], size: number, sizes: readonly number[]): boolean {
  if (wanted === 'every') return true
  return size === (wanted === 'largest' ? Math.max(...sizes) : Math.min(...sizes))
}

async function measure(
  kind: DatabaseKind,
  size: number,
  chosen: readonly Row[],
  pace: Pace,
  found: (results: readonly Result[]) => void,
): Promise<number> {
  const { file, drop } = workingFile(await sqliteFile(size, say), size)
  const url = kind === 'sqlite' ? `sqlite:${file}` : await postgresDatabase(size, file, say)
  const stage = await openStage({ kind, size, url, file, pace, say })
  let failed = 0
  for (const row of chosen) {
    say(`${kind}, ${size.toLocaleString('en-US')} people: ${row.name}`)
    try {
      const results = await row.run(stage)
      for (const result of results) say(`  ${line(result)}`)
      found(results)
    } catch (error) {
      failed++
      say(`  failed: ${error instanceof Error ? error.stack : error}`)
    }
  }
  await stage.rest()
  drop()
  return failed
}

function line({ what, size, subject, value, unit, p99, cpu, ratio, note }: Result): string {
  const parts = [
    `${what} of ${size.toLocaleString('en-US')}, ${subject}: ${value.toLocaleString('en-US')} ${unit}`,
    p99 === undefined ? '' : `p99 ${p99} ms`,
    cpu === undefined ? '' : `${cpu} µs of a processor`,
    ratio === undefined ? '' : `Rollcall is ${ratio} ×`,
    note ?? '',
  ]
  return parts.filter((part) => part !== '').join(', ')
}

function say(text: string): void {
  process.stderr.write(`${text}\n`)
}
