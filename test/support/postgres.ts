/**
 * Databases on the PostgreSQL server of this run, each for one test or for one file of them.
 *
 * @module
 */

import { randomUUID } from 'node:crypto'
import { Client } from 'pg'
import { inject } from 'vitest'

/** What postgres-setup.ts tells the tests. */
export interface TestPostgres {
  /** Of a database on the server, not one to be used. */
  readonly url: string
  /** A database that has been migrated and is empty. */
  readonly template: string
}

declare module 'vitest' {
  interface ProvidedContext {
    postgres: TestPostgres
  }
}

export interface TestDatabase {
  readonly url: string
  /** Ends whoever is connected, and drops it. */
  drop(): Promise<void>
}

/** A database that is empty, and migrated unless `bare`. */
export async function freshDatabase({ bare = false } = {}): Promise<TestDatabase> {
  const postgres = inject('postgres')
  const name = `${postgres.template}_${randomUUID().slice(0, 8)}`
  await administer(
    postgres,
    bare
      ? `create database ${name} template template0 encoding 'UTF8'`
      : `create database ${name} template ${postgres.template}`,
  )
  return {
    url: Object.assign(new URL(postgres.url), { pathname: `/${name}` }).href,
    drop: async () => {
      await administer(postgres, `drop database ${name} with (force)`)
    },
  }
}

/** All that this run has made and not dropped. */
export async function databases({ url, template }: TestPostgres): Promise<readonly string[]> {
  const sql = `select datname from pg_database where starts_with(datname, '${template}')`
  return (await administer<{ readonly datname: string }>({ url }, sql)).map(
    ({ datname }) => datname,
  )
}

/** Runs a statement on a connection of its own. */
export async function administer<Row>(
  { url }: Pick<TestPostgres, 'url'>,
  sql: string,
): Promise<readonly Row[]> {
  const client = new Client({ connectionString: url })
  await client.connect()
  try {
    return (await client.query(sql)).rows as Row[]
  } finally {
    await client.end()
  }
}
