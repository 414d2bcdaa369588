/**
 * The figures of the last run, in a file.
 *
 * @module
 */

import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Result } from '../result.ts'
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

/** Puts new figures in place of old ones of the same kind, and keeps the others. */
export function record(machine: Machine, found: readonly Result[], file = LAST): void {
  const before = lastRun(file)?.results ?? []
  const fresh = new Set(found.map(keyOf))
  const results = [...before.filter((one) => !fresh.has(keyOf(one))), ...found]
  const run: Run = { at: new Date().toISOString(), commit: commit(), machine, results }
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, `${JSON.stringify(run, null, 2)}\n`)
}

const keyOf = ({ row, what, database, size, subject }: Result) =>
  [row, what, database, size, subject].join('\0')
