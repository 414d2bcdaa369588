/**
 * Copies everything of one database into another, of whatever kind.
 *
 * Nobody may write to either meanwhile. The copy marks the database it fills, and a server refuses one
 * that is marked. A copy that was cut off is gone on with by the same command: every table behind the
 * last row that arrived. In the end both sides are read once more from beginning to end and compared,
 * by number and by checksum; then the mark goes.
 *
 * @module
 */

import { createHash } from 'node:crypto'
import type { TableRow, Transfer } from '../store/transfer.ts'

/** The secret under which an unfinished copy says where it comes from. */
const MARK = 'unfinished copy of'
const ROWS = 2_000

export interface CopyProgress {
  readonly phase: 'copying' | 'verifying'
  readonly table: string
  /** Of this table. */
  readonly done: number
  readonly total: number
  /** Of all tables. */
  readonly allDone: number
  readonly allTotal: number
}

export interface CopiedTable {
  readonly table: string
  readonly rows: number
  /** SHA-256 over the rows in the order of their keys. */
  readonly checksum: string
  /** Whether both sides have the same. */
  readonly same: boolean
}

/** The database to be filled holds something else, which this says: `holds tenants already`. */
export class NotEmpty extends Error {
  override readonly name = 'NotEmpty'
}

/** Both sides are one database. */
export class SameDatabase extends Error {
  override readonly name = 'SameDatabase'
  constructor() {
    super('both sides are the same database')
  }
}

/** Rows are missing: a copy into this database was begun and not finished. */
export class UnfinishedCopy extends Error {
  override readonly name = 'UnfinishedCopy'
}

/** @throws {UnfinishedCopy} */
export async function requireFinished(to: Transfer): Promise<void> {
  if ((await markIn(to)) === undefined) return
  throw new UnfinishedCopy('a copy into this database was not finished; run it again to go on')
}

/**
 * Rejects with the reason of `signal` when that fires; what was copied until then stays.
 *
 * @throws {NotEmpty} @throws {SameDatabase} @throws {UnfinishedCopy} when the source lacks rows itself
 */
export async function copy(
  from: Transfer,
  to: Transfer,
  tell: (at: CopyProgress) => void,
  signal?: AbortSignal,
): Promise<readonly CopiedTable[]> {
  const progress = (at: CopyProgress) => {
    tell(at)
    signal?.throwIfAborted()
  }
  await mark(from, to)
  const totals = new Map<string, number>()
  for (const table of from.tables) totals.set(table, await from.count(table))
  const allTotal = sum(totals.values())
  const told = (phase: CopyProgress['phase']) => {
    let before = 0
    return {
      at: (table: string, done: number) => {
        const total = totals.get(table) ?? 0
        progress({ phase, table, done, total, allDone: before + done, allTotal })
      },
      end: (table: string) => {
        before += totals.get(table) ?? 0
      },
    }
  }

  const copying = told('copying')
  for (const table of from.tables) {
    await copyTable(table, from, to, (done) => copying.at(table, done))
    copying.end(table)
  }
  const verifying = told('verifying')
  const tables: CopiedTable[] = []
  for (const table of from.tables) {
    const [left, right] = await Promise.all([
      checksum(table, from, (done) => verifying.at(table, done)),
      checksum(table, to, () => undefined),
    ])
    verifying.end(table)
    const same = left.rows === right.rows && left.checksum === right.checksum
    tables.push({ table, ...left, same })
  }
  if (tables.every(({ same }) => same)) await to.forget(MARK)
  return tables
}

async function mark(from: Transfer, to: Transfer): Promise<void> {
  await requireFinished(from)
  const source = await identity(from)
  const found = await markIn(to)
  if (found === source) return
  if (found !== undefined) throw new NotEmpty('holds a part of another database')
  for (const table of to.tables) {
    if ((await to.count(table)) > 0) throw new NotEmpty(`holds ${table} already`)
  }
  await to.insert('secrets', [{ name: MARK, value: source }])
  // Two addresses may lead to one database: then the mark is to be seen through the other one, too.
  if ((await markIn(from)) === undefined) return
  await to.forget(MARK)
  throw new SameDatabase()
}

// What tells one database from another: its tenants, and the secret of its service.
async function identity(from: Transfer): Promise<string> {
  const hash = createHash('sha256')
  for (const table of ['tenants', 'secrets']) {
    for await (const row of rowsOf(table, from)) hash.update(canonical(row))
  }
  return hash.digest('hex')
}

async function markIn({ page }: Pick<Transfer, 'page'>): Promise<string | undefined> {
  const secrets = await page('secrets', undefined, 100)
  return secrets.find(({ name }) => name === MARK)?.value as string | undefined
}

async function copyTable(
  table: string,
  from: Transfer,
  to: Transfer,
  progress: (done: number) => void,
): Promise<void> {
  // The secrets are few, and the mark among them is not part of the order.
  const isSmall = table === 'secrets'
  let done = isSmall ? 0 : await to.count(table)
  let after = isSmall ? undefined : await to.last(table)
  const there = isSmall ? new Set((await to.page(table, undefined, 100)).map(nameOf)) : undefined
  for (;;) {
    const rows = await from.page(table, after, ROWS)
    const lacking = rows.filter((row) => !there?.has(nameOf(row)))
    if (lacking.length > 0) await to.insert(table, lacking)
    done += rows.length
    progress(done)
    after = rows.at(-1)
    if (rows.length < ROWS) return
  }
}

const nameOf = ({ name }: TableRow) => name

async function checksum(table: string, of: Transfer, progress: (done: number) => void) {
  const hash = createHash('sha256')
  let rows = 0
  for await (const row of rowsOf(table, of)) {
    if (table === 'secrets' && nameOf(row) === MARK) continue
    hash.update(canonical(row))
    rows += 1
    if (rows % ROWS === 0) progress(rows)
  }
  progress(rows)
  return { rows, checksum: hash.digest('hex') }
}

async function* rowsOf(table: string, { page }: Transfer): AsyncGenerator<TableRow> {
  let after: TableRow | undefined
  for (;;) {
    const rows = await page(table, after, ROWS)
    yield* rows
    after = rows.at(-1)
    if (rows.length < ROWS) return
  }
}

// Both sides select the same columns in the same order.
const canonical = (row: TableRow) => `${JSON.stringify(Object.values(row))}\n`

const sum = (numbers: Iterable<number>) => [...numbers].reduce((all, one) => all + one, 0)
