/**
 * What `doctor` says of the counts that are kept: of which tenant they are not what is there, how many,
 * and whether they are mended.
 *
 * @module
 */

import { setImmediate as turn } from 'node:timers/promises'
import type { Database } from '../server/database.ts'
import type { Counts, WrongTally } from '../store/counts.ts'

export interface CountsOfTenant {
  readonly tenant: string
  /** How many are wrong, and which: `User 7 instead of 9`. */
  readonly wrong: number
  readonly which: string
  readonly isMended: boolean
}

/** The tenants of which counts are wrong; with `mend`, of which they were, or still are. */
export async function wrongCounts(
  { registry, counts }: Pick<Database, 'registry' | 'counts'>,
  mend: boolean,
): Promise<readonly CountsOfTenant[]> {
  const found: CountsOfTenant[] = []
  for (const { id, name } of await registry.tenants()) {
    const before = await look(counts, id)
    if (before.wrong === 0) continue
    if (mend) {
      if (before.tallies.length > 0) await counts.mendTallies(id)
      await eachWrong(counts, id, (resource) => counts.mendMembers(id, resource))
    }
    const left = mend ? await look(counts, id) : before
    const isMended = left.wrong === 0
    const { wrong, tallies, members } = isMended ? before : left
    const which = [
      ...tallies.map(told),
      ...(members > 0 ? [`members of ${members} ${members === 1 ? 'resource' : 'resources'}`] : []),
    ]
    found.push({ tenant: name, wrong, which: which.join(', '), isMended })
  }
  return found
}

async function look(counts: Counts, tenant: string) {
  const tallies = await counts.tallies(tenant)
  const members = await eachWrong(counts, tenant, async () => {})
  return { tallies, members, wrong: tallies.length + members }
}

async function eachWrong(
  counts: Counts,
  tenant: string,
  then: (resource: string) => Promise<void>,
): Promise<number> {
  let wrong = 0
  let after: string | undefined = ''
  while (after !== undefined) {
    const page = await counts.members(tenant, after)
    wrong += page.wrong.length
    for (const resource of page.wrong) await then(resource)
    after = page.next
    // All that SQLite reads in one turn is one state, which keeps its log from being taken back.
    await turn()
  }
  return wrong
}

const told = ({ type, kept, found }: WrongTally) =>
  `${type ?? 'suspended'} ${kept} instead of ${found}`
