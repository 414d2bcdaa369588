/**
 * Interpreted requests as one batch for the journal: counts added up by minute and key, and of the
 * milestones only those that were not seen before.
 *
 * @module
 */

import {
  type First,
  type JournalBatch,
  type MinuteCounts,
  noCounts,
  type RequestCounts,
} from '../../store/journal.ts'
import type { Interpreted } from './interpret.ts'

const MINUTE = 60_000

/** @param known `tenant key milestone` of all that were seen; those of this batch are added. */
export function batchOf(interpreted: readonly Interpreted[], known: Set<string>): JournalBatch {
  const sums = new Sums()
  const firsts: First[] = []
  for (const { tenant, key, at, counts, milestones } of interpreted) {
    sums.add({ tenant, key, at }, counts)
    for (const what of milestones) {
      const name = `${tenant} ${key} ${what}`
      if (known.has(name)) continue
      known.add(name)
      firsts.push({ tenant, key, what, at })
    }
  }
  const requests = interpreted.flatMap(({ request }) => request ?? [])
  return { requests, counts: sums.all(), firsts }
}

type Sum = { -readonly [Name in keyof MinuteCounts]: MinuteCounts[Name] }

/** Counts, added up by tenant, key and minute. */
export class Sums {
  readonly #sums = new Map<string, Sum>()
  readonly #most: number

  /** @param most How many there may be; what would make one more is left out. */
  constructor(most = Number.POSITIVE_INFINITY) {
    this.#most = most
  }

  get size(): number {
    return this.#sums.size
  }

  add(
    whose: { readonly tenant: string; readonly key: string; readonly at: number },
    counts: Partial<RequestCounts>,
  ): void {
    if (Object.keys(counts).length === 0) return
    const { tenant, key } = whose
    const minute = whose.at - (whose.at % MINUTE)
    const name = `${minute} ${key} ${tenant}`
    let sum = this.#sums.get(name)
    if (sum === undefined) {
      if (this.#sums.size >= this.#most) return
      sum = { ...noCounts, tenant, key, minute }
      this.#sums.set(name, sum)
    }
    for (const column in counts) {
      const count = column as keyof RequestCounts
      sum[count] += counts[count] ?? 0
    }
  }

  all(): MinuteCounts[] {
    return [...this.#sums.values()]
  }

  clear(): void {
    this.#sums.clear()
  }
}
