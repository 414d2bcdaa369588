/**
 * Brings the schema of a PostgreSQL database up to this version of the code.
 *
 * Several nodes may start at once: one gets the lock and migrates, the others wait for it and find
 * nothing left to do. All that is missing runs in one transaction.
 *
 * @module
 */

import {
  type Done,
  type Migration,
  migrationsIn,
  missing,
  SchemaMismatch,
} from '../sql/migrations.ts'
import type { Connection } from './connection.ts'

/** Any number, as long as it is always this one. */
const LOCK = 76_437_644
/** Milliseconds a node waits for another's migration, or for its own. */
const PATIENCE = 15 * 60_000

/** The migrations of this version, in order. */
export const ownMigrations = () => migrationsIn(new URL('./migrations/', import.meta.url))

/** Runs what is missing, on a connection whose statements may take their time. @throws {SchemaMismatch} */
export async function migrate(
  connection: Connection,
  migrations: readonly Migration[],
  log: (line: string) => void,
): Promise<void> {
  await connection.script(`begin; select pg_advisory_xact_lock(${LOCK})`, PATIENCE)
  try {
    // Who may not make tables may still serve a database that lacks none.
    if (!(await isBegun(connection))) await connection.script(TABLE, PATIENCE)
    for (const { number, name, sql, checksum } of missing(migrations, await doneIn(connection))) {
      await connection.script(sql, PATIENCE)
      await connection.send([{ sql: NOTE, values: [number, name, checksum] }], PATIENCE)
      log(`migrated the database: ${name}`)
    }
    await connection.script('commit', PATIENCE)
  } catch (error) {
    await connection.script('rollback', PATIENCE).catch(() => connection.destroy())
    throw error
  }
}

/** Throws when nothing of ours is in the database. @throws {SchemaMismatch} */
export async function requireBegun(connection: Connection): Promise<void> {
  if (await isBegun(connection)) return
  throw new SchemaMismatch('the database is empty; start the service on it first')
}

async function isBegun(connection: Connection): Promise<boolean> {
  const sql = `select to_regclass('migrations') is not null as begun`
  const [reply] = await connection.send([{ sql, values: [] }], PATIENCE)
  const [row] = (reply?.rows ?? []) as { readonly begun: boolean }[]
  return row?.begun === true
}

const TABLE = `create table migrations (
  number integer PRIMARY KEY, name text NOT NULL, checksum text NOT NULL, at bigint NOT NULL)`

const NOTE = `insert into migrations (number, name, checksum, at)
  values ($1, $2, $3, extract(epoch from clock_timestamp()) * 1000)`

async function doneIn(connection: Connection): Promise<readonly Done[]> {
  const sql = 'select number, name, checksum from migrations order by number'
  const [reply] = await connection.send([{ sql, values: [] }], PATIENCE)
  return (reply?.rows ?? []) as Done[]
}
