/**
 * The store on a SQLite file: one connection that writes, one that reads, threads that scan.
 *
 * @module
 */

import { realpathSync } from 'node:fs'
import { resolve } from 'node:path'
import type { Counts } from '../../store/counts.ts'
import type { LooseEdges } from '../../store/loose-edges.ts'
import type { Operators } from '../../store/operators.ts'
import type { Registry } from '../../store/registry.ts'
import type { Rehearsal, Store, TenantStore } from '../../store/store.ts'
import type { Transfer } from '../../store/transfer.ts'
import { counts } from '../sql/counts.ts'
import { looseEdges } from '../sql/loose-edges.ts'
import { Lru } from '../sql/lru.ts'
import { MemoryOfSearches } from '../sql/memory-of-searches.ts'
import { operators } from '../sql/operators.ts'
import { type Near, planner } from '../sql/plan.ts'
import { registry } from '../sql/registry.ts'
import { rehearsal } from '../sql/rehearsal.ts'
import { Shares } from '../sql/shares.ts'
import { tables } from '../sql/tables.ts'
import { type Executor, tenantStore } from '../sql/tenant-store.ts'
import { transfer } from '../sql/transfer.ts'
import { type CheckResult, check } from './check.ts'
import { Checkpointer, LOG } from './checkpointer.ts'
import { Connection } from './connection.ts'
import { lock } from './lock.ts'
import { migrate, ownMigrations } from './migrate.ts'
import { Reader } from './reader.ts'
import { ScanPool } from './scan-pool.ts'
import { SHARE, Snapshots } from './snapshots.ts'
import { spelling } from './spelling.ts'
import { BULK_TURN, Writer } from './writer.ts'

export interface SqliteOptions {
  /** Path of the file; it is made when it is not there. */
  readonly file: string
  /** Be the one server of the file; refused when another is. Tools leave it. */
  readonly lock?: boolean
  /** How long a query that scans may take, in milliseconds; 10 s unless told. */
  readonly scanMilliseconds?: number
  /** How long what is only rehearsed may keep the one writer to itself; 0.3 s unless told. */
  readonly rehearsalMilliseconds?: number
  /** What a query may read in the thread that serves everybody; see NEAR. */
  readonly near?: Near
  /** As in connection.ts: to fill a database as fast as can be. */
  readonly bulk?: boolean
  readonly log?: (line: string) => void
}

export interface SqliteStore extends Store {
  rehearsal(tenant: string): Rehearsal
  readonly registry: Registry
  readonly operators: Operators
  readonly transfer: Transfer
  readonly counts: Counts
  readonly looseEdges: LooseEdges
  /** Copies the database to a file while it is in use. */
  backup(
    target: string,
    progress?: (at: { readonly total: number; readonly remaining: number }) => void,
  ): Promise<void>
  /** Looks through the whole file. */
  check(): Promise<readonly CheckResult[]>
}

/**
 * Kibibytes of the file the reading connection keeps at most. Among a million people each one asked for
 * lies on half a dozen pages of their own, and to fetch those again costs twice the query.
 */
const CACHE = 128_000

/** A few milliseconds' worth. */
const NEAR: Near = { entries: 10_000, looks: 500 }

/** @throws {StoreUnavailable} @throws {SchemaMismatch} */
export async function openSqlite(options: SqliteOptions): Promise<SqliteStore> {
  const { log = () => undefined } = options
  const file = canonical(options.file)
  const unlock = options.lock === true ? lock(file) : () => undefined
  try {
    const setup = new Connection(file)
    try {
      migrate(setup, ownMigrations(), log)
    } finally {
      setup.close()
    }
    return running(file, options, unlock)
  } catch (error) {
    unlock()
    throw error
  }
}

function running(file: string, options: SqliteOptions, unlock: () => void): SqliteStore {
  const {
    scanMilliseconds = 10_000,
    rehearsalMilliseconds = 300,
    near = NEAR,
    bulk = false,
  } = options
  const checkpointer = new Checkpointer(file)
  const writer = bulk
    ? new Writer(new Connection(file, { wait: 0, bulk }), { turn: BULK_TURN })
    : new Writer(new Connection(file, { wait: 0, log: LOG }), {
        committed: (rows) => checkpointer.committed(rows),
      })
  const reader = new Connection(file, { readonly: true, cache: CACHE })
  const reads = new Reader(reader)
  const scans = new ScanPool(file, scanMilliseconds)
  const snapshots = new Snapshots(() => new Connection(file, { readonly: true, cache: 2_000 }))
  const shares = new Shares(SHARE)
  const executor: Executor = {
    read: async (work) => reads.read(work()),
    // One that failed may rest on what others have written.
    write: (work) => writer.write(work).finally(() => reads.renew()),
    near,
    scan: ({ tenant, query }, known, signal) => scans.scan({ tenant, query }, known, signal),
    snapshot: (tenant) => shares.take(tenant, () => snapshots.take()),
  }
  const migrations = ownMigrations()
  const statements = tables(spelling)
  const plans = planner(spelling)
  const now = () => performance.now()
  const memory = new MemoryOfSearches(now)
  const tenants = new Lru<TenantStore>(1_000)
  return {
    registry: { ...registry(spelling, executor), epoch: () => reads.commits() },
    operators: operators(spelling, executor),
    transfer: transfer(spelling, executor),
    counts: counts(spelling, executor),
    looseEdges: looseEdges(spelling, executor),
    tenant: (id) => tenants.get(id, () => tenantStore(id, statements, plans, memory, executor)),
    rehearsal: (id) =>
      rehearsal(id, statements, plans, new MemoryOfSearches(now), executor, {
        milliseconds: rehearsalMilliseconds,
        now,
      }),
    async ready() {
      reader.query('select 1 from tenants limit 1')
      await writer.ready()
    },
    backup: (target, progress = () => undefined) => reader.backup(target, progress),
    check: async () => check(reader, migrations),
    async close() {
      snapshots.close()
      await scans.close()
      await writer.drain()
      await checkpointer.close()
      // The writer last: only who may write can take the log back into the file.
      reads.close()
      writer.close()
      unlock()
    },
  }
}

// Two names of one file are one database, and have one lock.
function canonical(file: string): string {
  try {
    return realpathSync(file)
  } catch {
    return resolve(file)
  }
}
