/**
 * What is counted as it happens, so that nobody has to count it: for each tenant the changes so far
 * (under the type `''`), and for each of its types the live resources.
 *
 * Two reads of the same tally of changes saw the same data.
 *
 * @module
 */

import type { Spelling } from './spelling.ts'
import { sql } from './sql.ts'
import { type Slot, type Sql, slot } from './statement.ts'
import { type Call, call, rows, type Work } from './work.ts'

/** So many more resources of a type, or fewer. */
export interface Counted {
  readonly type: string
  readonly by: number
}

/** The number of the last change of a tenant, as a subquery's text. */
export const lastChange = (tenant: Slot): Sql =>
  sql`select total from tallies where tenant = ${tenant} and type = ''`

export type Tallies = ReturnType<typeof tallies>

export function tallies(spelling: Spelling) {
  const tenant = slot('tenant')
  const add = sql`on conflict (tenant, type) do update set total = tallies.total + excluded.total`
  const moveChanges = spelling.compile(sql`
    insert into tallies (tenant, type, total) values (${tenant}, '', ${slot('changes')}) ${add}`)
  const moveBoth = spelling.compile(sql`
    insert into tallies (tenant, type, total)
    values (${tenant}, '', ${slot('changes')}), (${tenant}, ${slot('type')}, ${slot('by')}) ${add}`)
  const all = spelling.compile<{ type: string; total: number }>(sql`
    select type, total from tallies where tenant = ${tenant}`)

  return {
    /** Adds. From here to the commit no other transaction of the tenant can. */
    move(tenant: string, changes: number, counted?: Counted): Call {
      return counted === undefined
        ? call(moveChanges, { tenant, changes })
        : call(moveBoth, { tenant, changes, ...counted })
    },

    /** The tallies of a tenant by type; what was never counted is missing. */
    *read(tenant: string): Work<ReadonlyMap<string, number>> {
      const found = yield* rows(all, { tenant })
      return new Map(found.map(({ type, total }) => [type, total]))
    },
  }
}
