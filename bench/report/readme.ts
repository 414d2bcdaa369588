/**
 * `bench/README.md` from the figures: what stands between its two marks is written anew.
 *
 * @module
 */

import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Result, Row } from '../result.ts'
import { chart } from './chart.ts'
import type { Run } from './record.ts'
import { verdicts } from './verdicts.ts'

const README = fileURLToPath(new URL('../README.md', import.meta.url))
const PICTURE = fileURLToPath(new URL('../results/growth.svg', import.meta.url))
const BEGIN = '<!-- written by npm run bench: begin -->'
const END = '<!-- written by npm run bench: end -->'

/** Writes the table and the picture. */
export function writeReadme(run: Run, rows: readonly Row[]): void {
  const text = readFileSync(README, 'utf8')
  const [before = ''] = text.split(BEGIN)
  const after = text.split(END)[1] ?? ''
  const inner = [
    machineText(run),
    summary(run.results, rows),
    ...rows.map((row) => details(row, run.results)),
  ]
  writeFileSync(README, `${before}${BEGIN}\n\n${inner.join('\n')}\n${END}${after}`)
  writeFileSync(PICTURE, chart(run.results))
}

function machineText({ at, commit, machine, results }: Run): string {
  const { processor, cores, memory, system, node, sqlite, postgres, load, peers } = machine
  const days = results.map((one) => one.at.slice(0, 10)).sort()
  const versions = Object.entries(peers).map(([name, version]) => `${name} ${version}`)
  return [
    `Written ${at.slice(0, 10)} at commit ${commit}; measured from ${days[0]} to ${days.at(-1)}.`,
    `${cores} cores of ${processor}, ${memory} of memory, ${system}; Node ${node}, SQLite ${sqlite}` +
      `${postgres === undefined ? '' : `, PostgreSQL ${postgres}`}.`,
    `Peers: ${versions.join(', ') || 'not installed'}.`,
    `Others used the machine at the same time: a load of ${load.toFixed(1)} when it began.`,
    '',
  ].join('\n')
}

function summary(results: readonly Result[], rows: readonly Row[]): string {
  const titles = new Map(rows.map(({ name, title }) => [name, title]))
  const lines = verdicts(results)
    .filter(({ figure }) => figure !== undefined)
    .map(({ row, asked, figure, met }) => {
      const verdict = met === undefined ? '' : met ? 'met' : '**not met**'
      return `| ${titles.get(row) ?? row} | ${asked} | ${figure} | ${verdict} |`
    })
  return [
    '## What was asked, and what it is',
    '',
    '| what | at least | figure | |',
    '|---|---|---|---|',
    ...lines,
    '',
  ].join('\n')
}

function details({ name, title }: Row, results: readonly Result[]): string {
  const own = results.filter(({ row }) => row === name)
  if (own.length === 0) return ''
  const sorted = own.toSorted(
    (a, b) =>
      a.database.localeCompare(b.database) * -1 || a.what.localeCompare(b.what) || a.size - b.size,
  )
  const lines = sorted.map((one) => {
    const beside = one.ratio === undefined ? '' : `${one.ratio} ×`
    const cells = [
      one.what,
      one.database,
      one.size.toLocaleString('en-US'),
      one.subject,
      `${one.value.toLocaleString('en-US')} ${one.unit}`,
      one.p99 === undefined || one.unit === 'ms' || one.p99 === 0 ? '' : `${one.p99} ms`,
      one.cpu === undefined ? '' : `${one.cpu} µs`,
      beside,
      one.note ?? '',
    ]
    return `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`
  })
  return [
    `## ${title}`,
    '',
    '| asked | database | size | who | figure | p99 | processor | Rollcall is | |',
    '|---|---|---|---|---|---|---|---|---|',
    ...lines,
    '',
  ].join('\n')
}
