/**
 * The port, on any database that can carry out {@link Work}.
 *
 * @module
 */

import { requireWaiting, type StoreQuery, type TenantStore } from '../../store/store.ts'
import { directly } from './direct.ts'
import type { MemoryOfSearches } from './memory-of-searches.ts'
import type { Near, Plan, Planner } from './plan.ts'
import { carryOut, type Known, type Outcome } from './search.ts'
import { longEdges, type Snapshot, streamed } from './streams.ts'
import type { Tables } from './tables.ts'
import type { Work } from './work.ts'
import { change, create, erase, remove, restore } from './writes.ts'

/** Runs work. It is given as a function because it may have to begin again. */
export interface Executor {
  /** Against one state of the database, which has every write that was acknowledged before. */
  read<T>(work: () => Work<T>): Promise<T>
  /** All or nothing; resolves once it is on stable storage. */
  write<T>(work: () => Work<T>): Promise<T>
  /** What a plan may read at most that is carried out by `read`. */
  readonly near: Near
  /** As `read`, for a search that may read much. Rejects with `QueryTimeout` or `AbortError`. */
  scan(
    search: LongSearch,
    known: Known | undefined,
    signal: AbortSignal | undefined,
  ): Promise<Outcome>
  /** Holds one state of the database open, with every write that was acknowledged before. */
  snapshot(tenant: string): Promise<Snapshot>
}

/** A search without bounds: a query that can go to another thread, or its plan. */
export interface LongSearch {
  readonly tenant: string
  readonly query: Omit<StoreQuery, 'waiting'>
  plan(): Plan
}

export function tenantStore(
  tenant: string,
  tables: Tables,
  planner: Planner,
  memory: MemoryOfSearches,
  { read, write, scan, near, snapshot }: Executor,
): TenantStore {
  const { suspended, changes, resources } = tables
  return {
    async read(type, id, view) {
      const ref = { type, id }
      const stored = await read(() => tables.oneResource(tenant, ref, view))
      if (stored === undefined || longEdges(stored, view).length === 0) return stored
      return streamed(tables, tenant, ref, view, await snapshot(tenant))
    },

    async search(query: StoreQuery) {
      const direct = directly(query)
      const few = direct && (await read(() => tables.directSearch(tenant, direct)))
      if (few !== undefined) return few
      const { waiting, ...asked } = query
      const signal = waiting?.signal
      requireWaiting(signal)
      const { key, isLong, plan } = planner.prepare(tenant, asked)
      const known = memory.known(key)
      const resumed = memory.resumed(key, asked)
      const outcome =
        (isLong ? undefined : await read(() => carryOut(plan(resumed, near), tables, known))) ??
        (await scan({ tenant, query: resumed, plan: () => plan(resumed) }, known, signal))
      memory.learn(key, asked, outcome)
      return outcome.page
    },

    create: (resource, context) => write(() => create(tables, tenant, resource, context)),
    change: (type, id, decide, context) =>
      write(() => change(tables, tenant, { type, id }, decide, context)),
    delete: (type, id, decide, context) =>
      write(() => remove(tables, tenant, { type, id }, decide, context)),
    restore: (id, lookups, context) => write(() => restore(tables, tenant, id, lookups, context)),
    erase: (id, context, version) => write(() => erase(tables, tenant, id, context, version)),
    suspended: (query) => read(() => tables.suspendedSearch(tenant, query)),
    suspendedOne: (id) => read(() => suspended.one(tenant, id)),
    suspendedNamed: (type, name) => read(() => suspended.named(tenant, type, name)),
    changes: (page) => read(() => changes.page(tenant, page)),
    edges: (page) => read(() => tables.edges.ends(tenant, page)),
    membersAmong: (id, ids) => read(() => tables.edges.among(tenant, id, ids)),
    heldTwice: (asked) => read(() => tables.lookups.heldTwice(tenant, asked)),
    memberCounts: (type, ids) => read(() => resources.memberCounts(tenant, type, ids)),
  }
}
