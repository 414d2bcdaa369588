/**
 * The store on a PostgreSQL database: connections that read and write, and a few that scan.
 *
 * Nothing of the data is held here, so any number of nodes may use one database.
 *
 * @module
 */

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
import { tables } from '../sql/tables.ts'
import { tenantStore } from '../sql/tenant-store.ts'
import { transfer } from '../sql/transfer.ts'
import { type CheckResult, check } from './check.ts'
import { Connection, type ConnectionOptions } from './connection.ts'
import { type Deadlines, executor, type Pools, statementTimeout } from './executor.ts'
import { migrate, ownMigrations, requireBegun } from './migrate.ts'
import { Pool } from './pool.ts'
import { LIFETIME } from './snapshots.ts'
import { spelling } from './spelling.ts'
import { translated, UnfitServer } from './trouble.ts'
import { watched } from './writability.ts'

export interface PostgresOptions {
  /** `postgres://user:password@host:port/database`. */
  readonly url: string
  /** How many connections read and write; 10 unless told. */
  readonly connections?: number
  /** How long a read or a write may take, in milliseconds; 10 s unless told. */
  readonly milliseconds?: number
  /** How long a query that scans may take, in milliseconds; 10 s unless told. */
  readonly scanMilliseconds?: number
  /** What a query may read on the connections that everybody waits for; see NEAR. */
  readonly near?: Near
  /** Whether an empty database may be made ours; it may unless told. */
  readonly create?: boolean
  /** To fill it: commits do not wait for the disk; a crash of the server may undo the last. */
  readonly bulk?: boolean
  readonly log?: (line: string) => void
}

export interface PostgresStore extends Store {
  rehearsal(tenant: string): Rehearsal
  readonly registry: Registry
  readonly operators: Operators
  readonly transfer: Transfer
  readonly counts: Counts
  readonly looseEdges: LooseEdges
  /** Looks at the server and at the schema. */
  check(): Promise<readonly CheckResult[]>
}

/** Some ten milliseconds' worth. */
const NEAR: Near = { entries: 20_000, looks: 2_000 }
/** Scans at once: each keeps a processor of the server busy. */
const SCANS = 3
/** Long lists that are read at once. */
const LISTS = 8
/** Milliseconds for what a command asks of whole tables, such as how many rows they have. */
const WHOLE = 10 * 60_000
/** A copy reads one side while it writes the other; both may be here. */
const WHOLES = 2
/** Milliseconds that what is only rehearsed may hold locks. */
const REHEARSAL = 1_000
/** Milliseconds to connect in, at most. */
const CONNECTING = 5_000

/** @throws {StoreUnavailable} @throws {UnfitServer} @throws {SchemaMismatch} */
export async function openPostgres(options: PostgresOptions): Promise<PostgresStore> {
  const { milliseconds = 10_000, scanMilliseconds = 10_000 } = options
  const common = {
    url: options.url,
    patience: Math.min(CONNECTING, statementTimeout(milliseconds)),
  }
  const deadlines = { work: milliseconds, scan: scanMilliseconds }
  const store = running(common, deadlines, options)
  try {
    await migrated({ ...common, settings: { statement_timeout: '0' } }, options)
  } catch (error) {
    await store.close()
    throw error
  }
  return store
}

async function migrated(
  where: ConnectionOptions,
  { create = true, log = () => undefined }: PostgresOptions,
): Promise<void> {
  try {
    const connection = await Connection.open(where)
    try {
      if (!create) await requireBegun(connection)
      await migrate(connection, ownMigrations(), log)
    } finally {
      void connection.close().catch(() => undefined)
    }
  } catch (error) {
    throw error instanceof UnfitServer ? error : translated(error)
  }
}

function running(
  common: Omit<ConnectionOptions, 'settings'>,
  deadlines: Deadlines,
  { connections = 10, near = NEAR, bulk = false }: PostgresOptions,
): PostgresStore {
  const pools: Pools = {
    work: new Pool(
      { ...common, settings: { ...settings(statementTimeout(deadlines.work), bulk), ...BY_INDEX } },
      connections,
    ),
    scan: new Pool({ ...common, settings: settings(deadlines.scan) }, SCANS),
    lists: new Pool({ ...common, settings: { ...settings(LIFETIME / 2), ...BY_INDEX } }, LISTS),
  }
  const whole = new Pool({ ...common, settings: settings(statementTimeout(WHOLE), bulk) }, WHOLES)
  // While the schema is looked at: whoever starts asks at once.
  pools.work.warm()
  const statements = tables(spelling)
  const plans = planner(spelling)
  const now = () => performance.now()
  const memory = new MemoryOfSearches(now)
  const tenants = new Lru<TenantStore>(1_000)
  const runner = watched(executor(pools, statements, deadlines, near))
  const patient = executor(
    { ...pools, work: whole },
    statements,
    { work: WHOLE, scan: WHOLE },
    near,
  )
  return {
    registry: registry(spelling, runner),
    operators: operators(spelling, runner),
    transfer: transfer(spelling, patient),
    counts: counts(spelling, patient),
    looseEdges: looseEdges(spelling, patient),
    tenant: (id) => tenants.get(id, () => tenantStore(id, statements, plans, memory, runner)),
    rehearsal: (id) =>
      rehearsal(id, statements, plans, new MemoryOfSearches(now), runner, {
        milliseconds: REHEARSAL,
        now,
      }),
    ready: runner.ready,
    check: () => patient.read(() => check(ownMigrations())),
    async close() {
      await Promise.all([whole, ...Object.values(pools)].map((pool) => pool.close()))
    },
  }
}

/**
 * For work whose way is settled before it is sent (decisions/010): it follows an index row by row, and
 * stops where its limit says. Whatever reads all of something first would be right for statistics
 * that are old, or of a crowd that the one in question is not in. Nothing is gained by planning anew
 * for every value, and that takes longer than most of these statements.
 */
export const BY_INDEX: Readonly<Record<string, string>> = {
  plan_cache_mode: 'force_generic_plan',
  enable_seqscan: 'off',
  enable_bitmapscan: 'off',
  enable_hashjoin: 'off',
  enable_mergejoin: 'off',
  enable_material: 'off',
}

/** A session that we left behind is ended by the server, and its locks with it. */
export function settings(milliseconds: number, bulk = false): Record<string, string> {
  return {
    ...(bulk ? { synchronous_commit: 'off' } : {}),
    statement_timeout: String(milliseconds),
    lock_timeout: String(milliseconds),
    idle_in_transaction_session_timeout: String(2 * milliseconds),
    // Compiling a query takes longer than most queries that a deadline lets through.
    jit: 'off',
  }
}
