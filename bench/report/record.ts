/**
 * The figures of the last run, in a file.
 *
 * @module
 */

import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Result, Row } from '../result.ts'
import { commit, type Machine } from './machine.ts'

export const LAST = fileURLToPath(new URL('../results/last.json', import.meta.url))

export interface Run {
  readonly at: string
  readonly commit: string
  readonly machine: Machine
  readonly results: readonly Result[]
}

/** What stands in the file. */
export function lastRun(file = LAST): Run | undefined {
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Run) : undefined
}

/** Writes new figures down in place of old ones. */
export function record(
  machine: Machine,
  found: readonly Result[],
  rows: readonly Pick<Row, 'name' | 'sizes'>[],
  file = LAST,
): void {
  const results = inPlace(lastRun(file)?.results ?? [], found, rows)
  const run: Run = { at: new Date().toISOString(), commit: commit(), machine, results }
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, `${JSON.stringify(run, null, 2)}\n`)
}

/**
 * New figures in place of old ones of the same kind, and the others as they were. Of a row that is
 * measured at one size, those of another size are of the same kind: beside the new ones they would
 * pass for them.
 */
export function inPlace(
  before: readonly Result[],
  found: readonly Result[],
  rows: readonly Pick<Row, 'name' | 'sizes'>[],
): Result[] {
  const once = new Set(rows.filter(({ sizes }) => sizes !== 'every').map(({ name }) => name))
  const kindOf = (one: Result) =>
    once.has(one.row) ? [one.row, one.database].join('\0') : keyOf(one)
  const fresh = new Set(found.map(kindOf))
  return [...before.filter((one) => !fresh.has(kindOf(one))), ...found]
}

const keyOf = ({ row, what, database, size, subject }: Result) =>
  [row, what, database, size, subject].join('\0')
