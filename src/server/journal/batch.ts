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
  const sums = new Map<string, Sum>()
  const firsts: First[] = []
  for (const { tenant, key, at, counts, milestones } of interpreted) {
    add(sums, tenant, key, at - (at % MINUTE), counts)
    for (const what of milestones) {
      const name = `${tenant} ${key} ${what}`
      if (known.has(name)) continue
      known.add(name)
      firsts.push({ tenant, key, what, at })
    }
  }
  const requests = interpreted.flatMap(({ request }) => request ?? [])
  return { requests, counts: [...sums.values()], firsts }
}

type Sum = { -readonly [Name in keyof MinuteCounts]: MinuteCounts[Name] }

function add(
  sums: Map<string, Sum>,
  tenant: string,
  key: string,
  minute: number,
  counts: Partial<RequestCounts>,
): void {
  const name = `${minute} ${key} ${tenant}`
  let sum = sums.get(name)
  if (sum === undefined) {
    sum = { ...noCounts, tenant, key, minute }
    sums.set(name, sum)
  }
  for (const column in counts) {
    const count = column as keyof RequestCounts
    sum[count] += counts[count] ?? 0
  }
}
