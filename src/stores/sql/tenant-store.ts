/**
 * The port, on any database that can carry out {@link Work}.
 *
 * @module
 */

import type { StoreQuery, TenantStore } from '../../store/store.ts'
import type { MemoryOfSearches } from './memory-of-searches.ts'
import type { Near, Plan, Planner } from './plan.ts'
import type { Head } from './resources.ts'
import { carryOut, type Known, type Outcome } from './search.ts'
import type { Tables } from './tables.ts'
import type { Work } from './work.ts'
import { change, create, erase, remove, restore } from './writes.ts'

/** Runs work. It is given as a function because it may have to begin again. */
export interface Executor {
  /** Against one state of the database, which has every write that was acknowledged before. */
  read<T>(work: () => Work<T>): Promise<T>
  /** All or nothing; resolves once it is on stable storage. */
  write<T>(work: () => Work<T>): Promise<T>
  /** As `read`, for a plan that may read much. Rejects with `QueryTimeout` or `AbortError`. */
  /** What a plan may read at most that is carried out by `read`. */
  readonly near: Near
  scan(plan: Plan, known: Known | undefined, signal: AbortSignal | undefined): Promise<Outcome>
}

export function tenantStore(
  tenant: string,
  tables: Tables,
  planner: Planner,
  memory: MemoryOfSearches,
  { read, write, scan, near }: Executor,
): TenantStore {
  const { resources, edges, suspended, changes } = tables
  return {
    read: (type, id, view) =>
      read(function* () {
        const [found, ...answers] = yield [
          resources.head(tenant, { type, id }),
          ...edges.reading(tenant, [id], view),
        ]
        return edges.completed((found?.rows ?? []) as Head[], view, answers)[0]
      }),

    async search(query: StoreQuery) {
      if (query.signal?.aborted) throw new DOMException('The search was given up', 'AbortError')
      const { key, plan } = planner.prepare(tenant, query)
      const known = memory.known(key)
      const resumed = memory.resumed(key, query)
      const outcome =
        (await read(() => carryOut(plan(resumed, near), tables, known))) ??
        (await scan(plan(resumed), known, query.signal))
      memory.learn(key, query, outcome)
      return outcome.page
    },

    create: (resource, context) => write(() => create(tables, tenant, resource, context)),
    change: (type, id, decide, context) =>
      write(() => change(tables, tenant, { type, id }, decide, context)),
    delete: (type, id, decide, context) =>
      write(() => remove(tables, tenant, { type, id }, decide, context)),
    restore: (id, lookups, context) => write(() => restore(tables, tenant, id, lookups, context)),
    erase: (id, context) => write(() => erase(tables, tenant, id, context)),
    suspended: (page) => read(() => suspended.page(tenant, page)),
    changes: (page) => read(() => changes.page(tenant, page)),
  }
}
