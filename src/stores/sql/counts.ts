/**
 * Whether what is counted as it happens (tallies.ts, and the members in a resource's own row) is what
 * is there.
 *
 * Every write moves a count in the transaction that makes it true. So in any one state both differ by
 * what was ever miscounted, and by nothing that is under way: a tally is mended by that difference,
 * which is found while nobody is held up. The members of a resource are counted while it is locked, as
 * whoever moves them locks it first.
 *
 * @module
 */

import type { Counts, WrongTally } from '../../store/counts.ts'
import type { Spelling } from './spelling.ts'
import { sql } from './sql.ts'
import { slot } from './statement.ts'
import { SUSPENDED, tallies } from './tallies.ts'
import type { Executor } from './tenant-store.ts'
import { type Call, call, rows } from './work.ts'

/** Resources that are looked at in one go. */
const PAGE = 1_000

const edgesOf = (owner: ReturnType<typeof sql>) =>
  sql`(select count(*) from edges e where e.tenant = ${slot('tenant')} and e.owner = ${owner})`

/** Counting the members of one resource, which is locked before. */
export function recounting(spelling: Spelling) {
  const is = sql`tenant = ${slot('tenant')} and id = ${slot('id')}`
  const lock = spelling.compile(sql`select id from resources where ${is} ${spelling.locked}`)
  const members = spelling.compile(sql`
    update resources set members = ${edgesOf(sql`${slot('id')}`)} where ${is}`)
  return {
    lock: (tenant: string, id: string): Call => call(lock, { tenant, id }, 'rows'),
    members: (tenant: string, id: string): Call => call(members, { tenant, id }),
  }
}

export function counts(spelling: Spelling, { read, write }: Executor): Counts {
  const tenant = slot('tenant')
  const counters = tallies(spelling)
  const guarded = spelling.guard?.(sql`${tenant} || ' counts'`)
  const guard = guarded && spelling.compile(guarded)
  const sum = (column: string) => sql`cast(sum(${sql.ref(column)}) as bigint)`

  // One statement sees one state.
  const wrongTallies = spelling.compile<{ type: string; kept: number; found: number }>(sql`
    select * from (
      select type, ${sum('kept')} as kept, ${sum('found')} as found from (
        select type, total as kept, 0 as found from tallies where tenant = ${tenant} and type <> ''
        union all
        select type, 0, count(*) from resources where tenant = ${tenant} group by type
        union all
        select ${sql.lit(SUSPENDED)}, 0, count(*) from suspended where tenant = ${tenant}
      ) both_sides group by type
    ) compared where kept <> found order by type`)

  const members = spelling.compile<{ id: string; kept: number; found: number }>(sql`
    select r.id, r.members as kept, ${edgesOf(sql`r.id`)} as found
    from (
      select id, members from resources where tenant = ${tenant} and id > ${slot('after')}
      order by id ${spelling.limit(slot('limit'))}
    ) r order by r.id`)

  const recount = recounting(spelling)

  return {
    tallies: (tenant) =>
      read(function* () {
        const found = yield* rows(wrongTallies, { tenant })
        return found.map(
          ({ type, ...both }): WrongTally => ({ type: type === SUSPENDED ? null : type, ...both }),
        )
      }),

    members: (tenant, after) =>
      read(function* () {
        const page = yield* rows(members, { tenant, after, limit: PAGE })
        return {
          wrong: page.filter(({ kept, found }) => kept !== found).map(({ id }) => id),
          next: page.length < PAGE ? undefined : page.at(-1)?.id,
        }
      }),

    mendTallies: (tenant) =>
      write(function* () {
        // Two who mend at once would both add the difference.
        if (guard !== undefined) yield [call(guard, { tenant }, 'one')]
        const wrong = yield* rows(wrongTallies, { tenant })
        for (const { type, kept, found } of wrong) {
          yield [{ ...counters.move(tenant, 0, [{ type, by: found - kept }]), last: true }]
        }
      }),

    mendMembers: (tenant, id) =>
      write(function* () {
        yield [recount.lock(tenant, id)]
        // A statement of its own: one that had to wait would count what was there before.
        yield [recount.members(tenant, id)]
      }),
  }
}
