/**
 * Opens the database a setting names; the only file here that knows which kinds there are.
 *
 * A new file, and the directory it needs, are readable by their owner alone. SQLite gives the
 * files it puts beside a database the permissions of the database.
 *
 * @module
 */

import { closeSync, existsSync, mkdirSync, openSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { openSqlite } from '../stores/sqlite/open.ts'
import type { DatabaseAddress } from './config.ts'

export { SchemaMismatch } from '../stores/sqlite/migrate.ts'

/** What a database offers beyond the store: the registry, a backup, a look at itself. */
export type Database = Awaited<ReturnType<typeof openSqlite>>

/** There is no database where one was expected. */
export class NoDatabase extends Error {
  override readonly name = 'NoDatabase'
}

/**
 * Opens a database.
 *
 * @param options `create`: make one when there is none, else reject with {@link NoDatabase}.
 *   `lock`: be the one server of this database; rejects when another is.
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
  const file = resolve(address.file)
  if (!existsSync(file)) {
    if (!options.create) throw new NoDatabase(`there is no database at ${file}`)
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 })
    closeSync(openSync(file, 'a', 0o600))
  }
  const { lock, log, bulk = false } = options
  return await openSqlite({ file, lock, bulk, ...(log === undefined ? {} : { log }) })
}
