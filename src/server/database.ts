/**
 * Opens the database a setting names; the only file here that knows which kinds there are.
 *
 * A new file, and the directory it needs, are readable by their owner alone. SQLite gives the
 * files it puts beside a database the permissions of the database. A PostgreSQL database has been
 * made by somebody else; only what is in it is ours.
 *
 * @module
 */

import { closeSync, existsSync, mkdirSync, openSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import type { Counts } from '../store/counts.ts'
import type { LooseEdges } from '../store/loose-edges.ts'
import type { Operators } from '../store/operators.ts'
import type { Registry } from '../store/registry.ts'
import type { Rehearsal, Store } from '../store/store.ts'
import type { Transfer } from '../store/transfer.ts'
import { openSqlite, type SqliteStore } from '../stores/sqlite/open.ts'
import type { DatabaseAddress } from './config.ts'

export { isDuplicate, isPassing, UnfitServer } from '../stores/postgres/trouble.ts'
export { SchemaMismatch } from '../stores/sqlite/migrate.ts'

/** What a database offers beyond the store. */
export interface Database extends Store {
  /** A tenant's rows to try something on. */
  rehearsal(tenant: string): Rehearsal
  readonly registry: Registry
  readonly operators: Operators
  readonly transfer: Transfer
  readonly counts: Counts
  readonly looseEdges: LooseEdges
  /** Looks whether everything is right with it. */
  check: SqliteStore['check']
  /** Copies it to a file; a database that is not one is copied by its server's own tools. */
  backup?: SqliteStore['backup']
}

/** There is no database where one was expected. */
export class NoDatabase extends Error {
  override readonly name = 'NoDatabase'
}

/**
 * Opens a database.
 *
 * @param options `create`: make one when there is none, else reject with {@link NoDatabase} or
 *   {@link SchemaMismatch}.
 *   `lock`: be the one server of a file; rejects when another is.
 */
export async function openDatabase(
  address: DatabaseAddress,
  options: {
    readonly create: boolean
    readonly lock: boolean
    /** To fill it: commits do not wait for the disk; a power cut may undo the last of them. */
    readonly bulk?: boolean
    readonly log?: (line: string) => void
  },
): Promise<Database> {
  const { create, lock, bulk = false } = options
  const log = options.log === undefined ? {} : { log: options.log }
  if (address.kind === 'postgres') {
    // Its client is loaded by whoever needs it.
    const { openPostgres } = await import('../stores/postgres/open.ts')
    return await openPostgres({ url: address.url, create, bulk, ...log })
  }
  const file = resolve(address.file)
  if (!existsSync(file)) {
    if (!create) throw new NoDatabase(`there is no database at ${file}`)
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 })
    closeSync(openSync(file, 'a', 0o600))
  }
  return await openSqlite({ file, lock, bulk, ...log })
}
