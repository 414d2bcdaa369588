/**
 * Every key of a tenant's rows begins with the tenant, in both databases: what lets a tenant lie
 * anywhere (docs/scale-out.md).
 */

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { Connection } from '../src/stores/sqlite/connection.ts'
import { openSqlite } from '../src/stores/sqlite/open.ts'
import { administer, freshDatabase } from './support/postgres.ts'

const OF_TENANTS = [
  'acts',
  'changes',
  'edges',
  'lookups',
  'resources',
  'suspended',
  'suspended_values',
  'tallies',
]
/** On PostgreSQL; on SQLite they lie in a file of their own. */
const OF_THE_JOURNAL = [
  ...['requests', 'request_contents', 'request_agents', 'request_minutes', 'request_firsts'],
  'request_forgotten',
]
/** Asked before a tenant is known, or of no tenant. */
const OF_THE_SERVICE = [
  ...['api_keys', 'migrations', 'secrets', 'tenants'],
  ...['operators', 'memberships', 'sessions', 'links', 'setup_links'],
]

interface Index {
  readonly table: string
  readonly name: string
  readonly first: string
}

function expectTenantFirst(
  tables: readonly string[],
  indexes: readonly Index[],
  ofTenants: readonly string[],
): void {
  expect(tables.toSorted()).toEqual([...ofTenants, ...OF_THE_SERVICE].sort())
  const own = indexes.filter(({ table }) => ofTenants.includes(table))
  expect(new Set(own.map(({ table }) => table))).toEqual(new Set(ofTenants))
  expect(own.length).toBeGreaterThan(12)
  expect(own.filter(({ first }) => first !== 'tenant')).toEqual([])
}

test('on SQLite', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'rollcall-'))
  const file = join(folder, 'rollcall.db')
  await (await openSqlite({ file })).close()
  const connection = new Connection(file, { readonly: true })
  const tables = connection
    .query<{ name: string }>(
      `select name from sqlite_master where type = 'table' and name not like 'sqlite_%'`,
    )
    .map(({ name }) => name)
  const indexes = tables.flatMap((table) =>
    connection
      .query<{ name: string }>('select name from pragma_index_list(?)', table)
      .flatMap(({ name }) =>
        connection
          .query<{ first: string }>(
            'select name as first from pragma_index_info(?) where seqno = 0',
            name,
          )
          .map(({ first }) => ({ table, name, first })),
      ),
  )
  expectTenantFirst(tables, indexes, OF_TENANTS)
  connection.close()
  rmSync(folder, { recursive: true })
})

test('on PostgreSQL', async () => {
  const database = await freshDatabase()
  const tables = await administer<{ name: string }>(
    database,
    `select tablename as name from pg_tables where schemaname = current_schema`,
  )
  const indexes = await administer<Index>(
    database,
    `select t.relname as "table", x.relname as name, a.attname as first
     from pg_index i
     join pg_class x on x.oid = i.indexrelid
     join pg_class t on t.oid = i.indrelid
     join pg_namespace n on n.oid = t.relnamespace and n.nspname = current_schema
     join pg_attribute a on a.attrelid = t.oid and a.attnum = i.indkey[0]`,
  )
  const sequences = await administer(database, `select 1 from pg_sequences`)
  expectTenantFirst(
    tables.map(({ name }) => name),
    indexes,
    [...OF_TENANTS, ...OF_THE_JOURNAL],
  )
  expect(sequences).toEqual([])
  await database.drop()
})
