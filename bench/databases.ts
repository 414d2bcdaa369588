/**
 * The databases that are measured, made once by `rollcall demo` and kept in `data/bench`.
 *
 * A newer schema is no reason to make them anew, since the service migrates what it opens; other
 * people are.
 *
 * @module
 */

import { createHash } from 'node:crypto'
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { rollcall } from './process.ts'

export type DatabaseKind = 'sqlite' | 'postgres'

const FOLDER =
  process.env.ROLLCALL_BENCH_DATA ?? fileURLToPath(new URL('../data/bench/', import.meta.url))
const DEMO = fileURLToPath(new URL('../src/demo/', import.meta.url))

/** The path of a SQLite file with so many people; made when it is not there. */
export async function sqliteFile(size: number, say: (line: string) => void): Promise<string> {
  mkdirSync(FOLDER, { recursive: true })
  const file = join(FOLDER, `${size}-${demoVersion()}.db`)
  if (existsSync(`${file}.whole`)) return file
  say(`making a database of ${size.toLocaleString('en-US')} people, once: ${file}`)
  await rollcall('demo', '--users', String(size), '--database', `sqlite:${file}`)
  writeFileSync(`${file}.whole`, '')
  return file
}

/** Up to this many people a run has a copy of its own, and the next one finds no traces of it. */
const COPIED = 100_000

/** The file a run writes to. In a large one, what it writes is lost in the crowd. */
export function workingFile(file: string, size: number): { file: string; drop: () => void } {
  if (size > COPIED) return { file, drop: () => undefined }
  const copy = scratch(String(size))
  for (const end of ['', '-wal']) if (existsSync(file + end)) copyFileSync(file + end, copy + end)
  return { file: copy, drop: () => removeSqlite(copy) }
}

/** A place for a database that is gone after the run. */
export function scratch(name: string): string {
  const folder = join(FOLDER, 'scratch')
  mkdirSync(folder, { recursive: true })
  const file = join(folder, `${name}-${process.pid}.db`)
  removeSqlite(file)
  return file
}

export function removeSqlite(file: string): void {
  for (const path of [file, file.replace(/\.db$/, '.requests.db')]) {
    for (const end of ['', '-wal', '-shm', '-aside']) rmSync(path + end, { force: true })
  }
}

// Changes with the people; see src/demo.
function demoVersion(): string {
  const hash = createHash('sha256')
  for (const name of readdirSync(DEMO).sort()) {
    const isMaker = /^(company|groups|ids|names|person|random)\.ts$/.test(name)
    if (isMaker) hash.update(readFileSync(join(DEMO, name)))
  }
  return hash.digest('hex').slice(0, 8)
}
