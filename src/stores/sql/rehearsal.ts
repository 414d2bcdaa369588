/**
 * Writes that are carried out for real and then always undone, so that what would happen is what does.
 *
 * The rows of the change log that a write has made are read before they are gone.
 *
 * @module
 */

import type { LoggedChange, Rehearsal } from '../../store/store.ts'
import type { MemoryOfSearches } from './memory-of-searches.ts'
import type { Planner } from './plan.ts'
import type { Tables } from './tables.ts'
import { type Executor, tenantStore } from './tenant-store.ts'
import type { Work } from './work.ts'

/** More than anybody looks at; the newest are taken. */
const CHANGES = 1_000

class Undone extends Error {}

export function rehearsal(
  tenant: string,
  tables: Tables,
  planner: Planner,
  memory: MemoryOfSearches,
  executor: Executor,
): Rehearsal {
  let changes: readonly LoggedChange[] = []
  const write = async <T>(work: () => Work<T>): Promise<T> => {
    let outcome: { readonly value: T } | undefined
    try {
      await executor.write(function* () {
        const newest = { before: Number.MAX_SAFE_INTEGER, limit: 1 }
        const [last] = yield* tables.changes.page(tenant, newest)
        const value = yield* atOnce(work())
        changes = yield* tables.changes.page(tenant, { after: last?.seq ?? 0, limit: CHANGES })
        outcome = { value }
        throw new Undone()
      })
    } catch (error) {
      if (!(error instanceof Undone) || outcome === undefined) throw error
    }
    return (outcome as { readonly value: T }).value
  }
  return {
    store: tenantStore(tenant, tables, planner, memory, { ...executor, write }),
    changes: () => changes,
  }
}

// What may be put off until right before the commit would never come: there is none.
function* atOnce<T>(work: Work<T>): Work<T> {
  let step = work.next()
  while (!step.done) {
    let answers: Parameters<typeof work.next>[0]
    try {
      answers = yield step.value.map(({ last: _, ...call }) => call)
    } catch (error) {
      step = work.throw(error)
      continue
    }
    step = work.next(answers as never)
  }
  return step.value
}
