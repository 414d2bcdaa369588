/**
 * Writes that are carried out for real and then always undone, so that what would happen is what does.
 *
 * The rows of the change log that a write has made are read before they are gone. Between two
 * statements is looked at the clock: nobody who writes for real waits longer for this than for a write
 * that is meant.
 *
 * @module
 */

import { type LoggedChange, type Rehearsal, RehearsalTooLong } from '../../store/store.ts'
import type { MemoryOfSearches } from './memory-of-searches.ts'
import type { Planner } from './plan.ts'
import type { Tables } from './tables.ts'
import { type Executor, tenantStore } from './tenant-store.ts'
import type { Answer, Work } from './work.ts'

/** As many as a removal has that is about a thousand at either end. */
const CHANGES = 2_500
/** Calls between two looks at the clock, at most. */
const AT_ONCE = 50

/** How long one may take, in milliseconds, by a clock. */
export interface Patience {
  readonly milliseconds: number
  readonly now: () => number
}

class Undone extends Error {}

export function rehearsal(
  tenant: string,
  tables: Tables,
  planner: Planner,
  memory: MemoryOfSearches,
  executor: Executor,
  patience: Patience,
): Rehearsal {
  let changes: readonly LoggedChange[] = []
  const write = async <T>(work: () => Work<T>): Promise<T> => {
    let outcome: { readonly value: T } | undefined
    try {
      await executor.write(function* () {
        const newest = { before: Number.MAX_SAFE_INTEGER, limit: 1 }
        const [last] = yield* tables.changes.page(tenant, newest)
        const value = yield* within(patience, work())
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
function* within<T>({ milliseconds, now }: Patience, work: Work<T>): Work<T> {
  const until = now() + milliseconds
  let step = work.next()
  while (!step.done) {
    const answers: Answer[] = []
    try {
      for (let at = 0; at < step.value.length; at += AT_ONCE) {
        if (now() > until) throw new RehearsalTooLong()
        const some = step.value.slice(at, at + AT_ONCE)
        answers.push(...(yield some.map(({ last: _, ...call }) => call)))
      }
    } catch (error) {
      step = work.throw(error)
      continue
    }
    step = work.next(answers)
  }
  return step.value
}
