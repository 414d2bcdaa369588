/**
 * A connection to a SQLite file; the only file that knows `node:sqlite`.
 *
 * `synchronous = FULL` makes a commit wait for the disk, in WAL mode too. Nothing in the schema may
 * call a function of ours or change the schema (`trusted_schema`, defensive mode), so a file from
 * somebody else is data and no more. What is deleted is overwritten (`secure_delete`): who was erased
 * for good is in no page of the file, and in no copy of it.
 *
 * @module
 */

import { backup, DatabaseSync, type SQLOutputValue, type StatementSync } from 'node:sqlite'
import { parseInstant } from '../../protocol/instant.ts'
import { fold } from '../../protocol/text.ts'
import { StoreUnavailable } from '../../store/store.ts'
import { Lru } from '../sql/lru.ts'
import type { Value } from '../sql/statement.ts'
import { type Answer, type Call, perform, type Work } from '../sql/work.ts'

/** Before 3.51.3 a checkpoint at a bad moment could corrupt a file in WAL mode. */
const OLDEST = '3.51.3'

const COMMITS: Call = { sql: 'pragma data_version', values: [], want: 'one' }

export interface ConnectionOptions {
  readonly readonly?: boolean
  /** How long a call waits for another connection's lock, in milliseconds; 5 s unless told. */
  readonly wait?: number
  /** Whether commits go to a write-ahead log and to the disk; they do unless told. */
  readonly journal?: boolean
  /**
   * For a tool that fills a database and can do so again: a commit does not wait for the disk, and
   * much is kept in memory. A power cut may undo the last commits; it damages nothing.
   */
  readonly bulk?: boolean
  /** Asked for each row of a scan: whether to give it up, with {@link Stopped}. */
  readonly isStopped?: () => boolean
  /** Kibibytes of the file it may keep in memory; 32,000 unless told. */
  readonly cache?: number
  /** Pages of the write-ahead log from which a commit takes it back into the file; 1,000 unless told. */
  readonly log?: number
  /** Bytes of a page of a file that is empty yet; 4,096 unless told. */
  readonly page?: number
}

/** A query ended because it was told to. */
export class Stopped extends Error {
  override readonly name = 'Stopped'
}

export class Connection {
  readonly #database: DatabaseSync
  readonly #statements: Lru<Prepared>

  /** Opens the file, or makes it. Throws {@link StoreUnavailable} when that cannot be done. */
  constructor(file: string, options: ConnectionOptions = {}) {
    const { readonly = false, wait = 5_000, journal = true, isStopped = () => false } = options
    const { bulk = false } = options
    const { cache = 32_000, page = 4_096, log = bulk ? 100_000 : 1_000 } = options
    this.#database = opened(file, { readOnly: readonly, timeout: wait, defensive: true })
    this.#statements = new Lru(500)
    const deterministic = { deterministic: true }
    this.#database.function('fold', deterministic, (text) =>
      typeof text === 'string' ? fold(text) : null,
    )
    this.#database.function('instant', deterministic, (text) =>
      typeof text === 'string' ? (parseInstant(text) ?? null) : null,
    )
    this.#database.function('watch', (_) => {
      if (isStopped()) throw new Stopped()
      return 1
    })
    this.exec(`
      pragma page_size = ${page};
      pragma trusted_schema = off;
      pragma temp_store = memory;
      pragma cache_size = ${-(bulk ? 1_000_000 : cache)};
      pragma foreign_keys = on;
      pragma synchronous = ${bulk ? 'normal' : 'full'};
      ${readonly ? '' : 'pragma secure_delete = on;'}
      pragma wal_autocheckpoint = ${log};
      ${readonly || !journal ? '' : 'pragma journal_mode = wal; pragma journal_size_limit = 67108864;'}
    `)
  }

  answer = ({ sql, values, want }: Call): Answer => {
    try {
      const { statement, columns } = this.#statements.get(sql, () => this.#prepared(sql))
      switch (want) {
        case 'run':
          return { rows: [], changes: Number(statement.run(...values).changes) }
        case 'one': {
          const row = statement.get(...values) as Cells | undefined
          return { rows: row === undefined ? [] : [named(row, columns)], changes: 0 }
        }
        case 'rows':
          return { rows: all(statement, values).map((row) => named(row, columns)), changes: 0 }
        default:
          return want satisfies never
      }
    } catch (error) {
      throw translated(error)
    }
  }

  /** Runs statements that answer nothing. */
  exec(sql: string): void {
    try {
      this.#database.exec(sql)
    } catch (error) {
      throw translated(error)
    }
  }

  /** Runs a statement that answers nothing and is run often. */
  step(sql: string): void {
    this.answer({ sql, values: [], want: 'run' })
  }

  /** All rows of a statement that is run once. */
  query<Row>(sql: string, ...values: Value[]): readonly Row[] {
    return this.answer({ sql, values, want: 'rows' }).rows as readonly Row[]
  }

  /** Carries out work, in the transaction there is or in none. */
  perform<T>(work: Work<T>): T {
    return perform(work, this.answer)
  }

  /** Carries out work that only reads, against one state of the database. */
  read<T>(work: Work<T>): T {
    this.step('begin')
    try {
      return this.perform(work)
    } finally {
      if (this.inTransaction) this.step('rollback')
    }
  }

  /** Another number once another connection has committed, of this process or any other. */
  commits(): number {
    const [row] = this.answer(COMMITS).rows
    return (row as { readonly data_version: number }).data_version
  }

  /** False once closed, and after an error that made SQLite roll back of its own accord. */
  get inTransaction(): boolean {
    return this.#database.isOpen && this.#database.isTransaction
  }

  /** Copies the whole database, page by page, while others read and write. */
  async backup(
    target: string,
    progress: (at: { readonly total: number; readonly remaining: number }) => void,
  ): Promise<void> {
    await backup(this.#database, target, {
      rate: 1_000,
      progress: ({ totalPages, remainingPages }) =>
        progress({ total: totalPages, remaining: remainingPages }),
    })
  }

  close(): void {
    if (this.#database.isOpen) this.#database.close()
  }

  #prepared(sql: string): Prepared {
    const statement = this.#database.prepare(sql)
    statement.setReturnArrays(true)
    return { statement, columns: statement.columns().map(({ name }) => name) }
  }
}

/** It answers arrays: the objects that `node:sqlite` makes of rows cost as much as reading them. */
interface Prepared {
  readonly statement: StatementSync
  readonly columns: readonly string[]
}

type Cells = readonly SQLOutputValue[]

const all = (statement: StatementSync, values: readonly Value[]) =>
  statement.all(...values) as unknown as readonly Cells[]

function named(row: Cells, columns: readonly string[]): Readonly<Record<string, SQLOutputValue>> {
  const object: Record<string, SQLOutputValue> = {}
  for (let at = 0; at < columns.length; at++) {
    object[columns[at] as string] = row[at] as SQLOutputValue
  }
  return object
}

function opened(file: string, options: ConstructorParameters<typeof DatabaseSync>[1]) {
  try {
    const database = new DatabaseSync(file, options)
    const [row] = database.prepare('select sqlite_version() as version').all()
    requireSqlite(String(row?.version))
    return database
  } catch (error) {
    throw translated(error)
  }
}

/** Throws when this SQLite may damage a file. */
export function requireSqlite(version: string): void {
  const [have, need] = [version, OLDEST].map((text) => text.split('.').map(Number))
  const differs = need?.findIndex((part, index) => part !== have?.[index]) ?? -1
  if (differs >= 0 && (have?.[differs] ?? 0) < (need?.[differs] ?? 0)) {
    throw new Error(`SQLite ${version} may corrupt its files; ${OLDEST} or later is needed`)
  }
}

const BUSY = 5

// Primary result codes of SQLite that are about now, not about what was asked.
const PASSING: ReadonlyMap<number, string> = new Map([
  [BUSY, 'another process holds the lock'],
  [6, 'another connection holds the lock'],
  [7, 'out of memory'],
  [8, 'the file cannot be written'],
  [10, 'the disk failed'],
  [13, 'the disk is full'],
  [14, 'the file cannot be opened'],
])

/** Of these, what stays until somebody makes room or mends the disk. */
const LASTING: ReadonlySet<number> = new Set([8, 10, 13, 14])

/** Whether an error is that of a lock that another process holds. */
export function isLocked(error: unknown): boolean {
  if (!(error instanceof StoreUnavailable)) return false
  const { errcode = 0 } = error.cause as { readonly errcode?: number }
  return (errcode & 0xff) === BUSY
}

/** Why nothing can be written, if that is what an error says; a lock is no reason, it passes by itself. */
export function reasonAgainstWriting(error: unknown): string | undefined {
  if (!(error instanceof StoreUnavailable)) return undefined
  const { errcode = 0 } = (error.cause ?? {}) as { readonly errcode?: number }
  return LASTING.has(errcode & 0xff) ? PASSING.get(errcode & 0xff) : undefined
}

function translated(error: unknown): unknown {
  const code = (error as { readonly errcode?: number } | null)?.errcode
  const passing = code === undefined ? undefined : PASSING.get(code & 0xff)
  if (passing === undefined) return error
  return new StoreUnavailable(`the database is not available: ${passing}`, { cause: error })
}
