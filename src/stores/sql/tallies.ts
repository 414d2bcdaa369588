/**
 * What is counted as it happens, so that nobody has to count it: for each tenant the changes so far
 * (under the type `''`), for each of its types the live resources, and the suspended records.
 *
 * Two reads of the same tally of changes saw the same data.
 *
 * @module
 */

import type { Spelling } from './spelling.ts'
import { sql } from './sql.ts'
import { type Slot, type Sql, slot } from './statement.ts'
import { type Call, call, rows, type Work } from './work.ts'

/** Under this are the suspended records, whatever they are of; no type has a blank in its name. */
export const SUSPENDED = ' suspended'

/** So many more resources of a type, or suspended records, or fewer. */
export interface Counted {
  readonly type: string
  readonly by: number
}

export type AlsoCounted = readonly [] | readonly [Counted] | readonly [Counted, Counted]

/** The number of the last change of a tenant, as a subquery's text. */
export const lastChange = (tenant: Slot): Sql =>
  sql`select total from tallies where tenant = ${tenant} and type = ''`

export type Tallies = ReturnType<typeof tallies>

export function tallies(spelling: Spelling) {
  const tenant = slot('tenant')
  const add = sql`on conflict (tenant, type) do update set total = tallies.total + excluded.total`
  // The changes first: whoever moves them holds off the others.
  const moving = (count: number) => {
    const counted = Array.from({ length: count }, (_, index) => {
      return sql`, (${tenant}, ${slot(`type${index}`)}, ${slot(`by${index}`)})`
    })
    return spelling.compile(sql`
      insert into tallies (tenant, type, total)
      values (${tenant}, '', ${slot('changes')}) ${sql.join(counted, sql` `)} ${add}`)
  }
  const move = [moving(0), moving(1), moving(2)] as const
  const all = spelling.compile<{ type: string; total: number }>(sql`
    select type, total from tallies where tenant = ${tenant}`)

  return {
    /** Adds. From here to the commit no other transaction of the tenant can. */
    move(tenant: string, changes: number, counted: AlsoCounted = []): Call {
      const [first, second] = counted
      return call(move[counted.length], {
        tenant,
        changes,
        type0: first?.type ?? null,
        by0: first?.by ?? null,
        type1: second?.type ?? null,
        by1: second?.by ?? null,
      })
    },

    /** The tallies of a tenant by type; what was never counted is missing. */
    *read(tenant: string): Work<ReadonlyMap<string, number>> {
      const found = yield* rows(all, { tenant })
      return new Map(found.map(({ type, total }) => [type, total]))
    },
  }
}
