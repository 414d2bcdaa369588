/**
 * The stores the suites run on, each opened for one test and gone after it.
 *
 * @module
 */

import { mkdtempSync, rmSync } from 'node:fs'
import { copyFile, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { memoryStore } from '../../src/store/memory.ts'
import type { Registry } from '../../src/store/registry.ts'
import type { Store } from '../../src/store/store.ts'
import { openPostgres } from '../../src/stores/postgres/open.ts'
import { openSqlite } from '../../src/stores/sqlite/open.ts'
import { administer, freshDatabase, type TestDatabase } from './postgres.ts'

export type StoreKind = 'memory' | 'sqlite' | 'postgres'

export const STORES: readonly StoreKind[] = ['memory', 'sqlite', 'postgres']

export interface OpenStore {
  readonly store: Store
  readonly registry: Registry
  close(): Promise<void>
}

export async function openStore(kind: StoreKind): Promise<OpenStore> {
  if (kind === 'memory') {
    const store = memoryStore()
    return { store, registry: store.registry, close: () => store.close() }
  }
  if (kind === 'postgres') return await emptyPostgres()
  const folder = await mkdtemp(join(tmpdir(), 'rollcall-'))
  const file = join(folder, 'rollcall.db')
  sqlite ??= migratedFile()
  await copyFile(await sqlite, file)
  const store = await openSqlite({ file })
  return {
    store,
    registry: store.registry,
    close: async () => {
      await store.close()
      await rm(folder, { recursive: true })
    },
  }
}

let sqlite: Promise<string> | undefined

// Migrating takes longer than most tests, so it is done once for a file of them.
async function migratedFile(): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'rollcall-'))
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }))
  const file = join(folder, 'rollcall.db')
  await (await openSqlite({ file })).close()
  return file
}

let postgres: Promise<TestDatabase> | undefined

// A database takes longer to make than to empty, so a file of tests has one, which goes with the
// server's others.
async function emptyPostgres(): Promise<OpenStore> {
  postgres ??= freshDatabase()
  const { url } = await postgres
  const store = await openPostgres({ url })
  const close = async () => {
    await store.close()
    await administer({ url }, EMPTY)
  }
  return { store, registry: store.registry, close }
}

const EMPTY = `do $$
  declare name text;
  begin
    for name in select tablename from pg_tables
      where schemaname = current_schema and tablename not in ('migrations', 'tenants') loop
      execute format('delete from %I', name);
    end loop;
    delete from tenants;
  end $$`
