/**
 * What `doctor` says of edges whose group or member is gone: of which tenant, how many, and whether they
 * were taken away.
 *
 * @module
 */

import { setImmediate as turn } from 'node:timers/promises'
import type { Database } from '../server/database.ts'
import type { Side } from '../store/loose-edges.ts'
import { count } from './numbers.ts'

export interface LooseOfTenant {
  readonly tenant: string
  /** `3 memberships of 1 group gone`. */
  readonly said: string
}

/** The tenants that have some; with `mend`, that had some, which are gone by then. */
export async function looseEnds(
  { registry, looseEdges }: Pick<Database, 'registry' | 'looseEdges'>,
  mend: boolean,
): Promise<readonly LooseOfTenant[]> {
  const found: LooseOfTenant[] = []
  for (const { id, name } of await registry.tenants()) {
    const said: string[] = []
    for (const [side, what] of SIDES) {
      let [resources, edges] = [0, 0]
      for (let after: string | undefined = ''; after !== undefined; ) {
        const page = await looseEdges.ends(id, side, after)
        for (const one of page.gone) {
          resources += 1
          edges += one.edges
          if (mend) await looseEdges.remove(id, side, one.id)
        }
        after = page.next
        // As with counts: what SQLite reads in one turn is one state.
        await turn()
      }
      if (resources > 0) said.push(`${many(edges, 'membership')} of ${many(resources, what)} gone`)
    }
    if (said.length > 0) found.push({ tenant: name, said: said.join(', ') })
  }
  return found
}

const many = (number: number, what: string) => `${count(number)} ${what}${number === 1 ? '' : 's'}`

const SIDES = [
  ['owner', 'group'],
  ['member', 'member'],
] as const satisfies readonly (readonly [Side, string])[]
