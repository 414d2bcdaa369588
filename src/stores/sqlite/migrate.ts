/**
 * Brings the schema of a database up to this version of the code.
 *
 * A migration is a numbered `.sql` file, is never edited once it was released, and runs once. All
 * that are missing run in one transaction. A database that knows a migration which the code does not
 * is a newer one, and is refused rather than guessed at.
 *
 * @module
 */

import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import type { Connection } from './connection.ts'

export interface Migration {
  readonly number: number
  readonly name: string
  readonly sql: string
}

/** The database does not fit this version of the code. */
export class SchemaMismatch extends Error {
  override readonly name = 'SchemaMismatch'
}

/** The migrations of this version, in order. */
export function ownMigrations(): Migration[] {
  const folder = new URL('./migrations/', import.meta.url)
  return readdirSync(folder)
    .filter((name) => name.endsWith('.sql'))
    .sort()
    .map((name) => ({
      number: Number.parseInt(name, 10),
      name,
      sql: readFileSync(new URL(name, folder), 'utf8'),
    }))
}

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
    for (const migration of missing(connection, migrations)) {
      connection.exec(migration.sql)
      const { number, name } = migration
      connection.query(
        `insert into migrations (number, name, checksum, at)
         values (?, ?, ?, unixepoch('now') * 1000)`,
        number,
        name,
        checksum(migration),
      )
      log(`migrated the database: ${name}`)
    }
    connection.exec('commit')
  } catch (error) {
    if (connection.inTransaction) connection.exec('rollback')
    throw error
  }
}

/** Throws unless the schema is exactly that of the code. @throws {SchemaMismatch} */
export function requireMigrated(connection: Connection, migrations: readonly Migration[]): void {
  const [table] = connection.query(`select 1 from sqlite_master where name = 'migrations'`)
  const lacking = table === undefined ? migrations : missing(connection, migrations)
  const [first] = lacking
  if (first !== undefined) {
    throw new SchemaMismatch(`the database lacks migration ${first.name}; open it for writing once`)
  }
}

function missing(connection: Connection, migrations: readonly Migration[]): Migration[] {
  const done = new Map(
    connection
      .query<{ number: number; name: string; checksum: string }>(
        'select number, name, checksum from migrations order by number',
      )
      .map((row) => [row.number, row]),
  )
  const known = new Set(migrations.map(({ number }) => number))
  for (const { number, name } of done.values()) {
    if (!known.has(number)) {
      throw new SchemaMismatch(
        `the database is newer than this program, which does not know its migration ${name}`,
      )
    }
  }
  for (const migration of migrations) {
    const recorded = done.get(migration.number)
    if (recorded !== undefined && recorded.checksum !== checksum(migration)) {
      throw new SchemaMismatch(`migration ${migration.name} is not the one that was run`)
    }
  }
  return migrations.filter(({ number }) => !done.has(number))
}

const checksum = ({ sql }: Migration) => createHash('sha256').update(sql).digest('hex')
