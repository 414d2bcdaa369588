/**
 * Which migrations a database lacks.
 *
 * A migration is a numbered `.sql` file, is never edited once it was released, and runs once. A
 * database that knows a migration which the code does not is a newer one, and is refused rather than
 * guessed at.
 *
 * @module
 */

import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'

export interface Migration {
  readonly number: number
  readonly name: string
  readonly sql: string
  readonly checksum: string
}

/** What a database has written down about a migration that was run. */
export type Done = Pick<Migration, 'number' | 'name' | 'checksum'>

/** The database does not fit this version of the code. */
export class SchemaMismatch extends Error {
  override readonly name = 'SchemaMismatch'
}

/** The migrations in a folder, in order. */
export function migrationsIn(folder: URL): Migration[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.sql'))
    .sort()
    .map((name) => {
      const sql = readFileSync(new URL(name, folder), 'utf8')
      const checksum = createHash('sha256').update(sql).digest('hex')
      return { number: Number.parseInt(name, 10), name, sql, checksum }
    })
}

/** Those that have not been run. @throws {SchemaMismatch} */
export function missing(migrations: readonly Migration[], done: readonly Done[]): Migration[] {
  const known = new Map(migrations.map((migration) => [migration.number, migration]))
  for (const { number, name, checksum } of done) {
    const own = known.get(number)
    if (own === undefined) {
      throw new SchemaMismatch(
        `the database is newer than this program, which does not know its migration ${name}`,
      )
    }
    if (own.checksum !== checksum) {
      throw new SchemaMismatch(`migration ${own.name} is not the one that was run`)
    }
    known.delete(number)
  }
  return [...known.values()]
}
