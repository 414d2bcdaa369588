/**
 * Brings the schema of a SQLite file up to this version of the code. All that is missing runs in one
 * transaction.
 *
 * @module
 */

import { type Done, type Migration, migrationsIn, missing } from '../sql/migrations.ts'
import type { Connection } from './connection.ts'

export { SchemaMismatch } from '../sql/migrations.ts'

/** The migrations of this version, in order. */
export const ownMigrations = () => migrationsIn(new URL('./migrations/', import.meta.url))

/** Runs what is missing. @throws {SchemaMismatch} */
export function migrate(
  connection: Connection,
  migrations: readonly Migration[],
  log: (line: string) => void,
): void {
  connection.exec('begin immediate')
  try {
    connection.exec(`create table if not exists migrations (
      number INTEGER PRIMARY KEY, name TEXT NOT NULL, checksum TEXT NOT NULL, at INTEGER NOT NULL
    ) STRICT`)
    for (const { number, name, sql, checksum } of missing(migrations, doneIn(connection))) {
      connection.exec(sql)
      connection.query(
        `insert into migrations (number, name, checksum, at)
         values (?, ?, ?, unixepoch('now') * 1000)`,
        number,
        name,
        checksum,
      )
      log(`migrated the database: ${name}`)
    }
    connection.exec('commit')
  } catch (error) {
    if (connection.inTransaction) connection.exec('rollback')
    throw error
  }
}

const doneIn = (connection: Connection) =>
  connection.query<Done>('select number, name, checksum from migrations order by number')
