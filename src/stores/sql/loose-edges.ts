/**
 * Edges whose owner or member is gone (edges.ts takes both away with a resource, in one transaction).
 *
 * An index over edges begins with either end. From one resource to the next it is jumped, past all the
 * edges that one has: a group may have a million.
 *
 * @module
 */

import type { LooseEdges, Side } from '../../store/loose-edges.ts'
import { recounting } from './counts.ts'
import type { Spelling } from './spelling.ts'
import { sql } from './sql.ts'
import { slot } from './statement.ts'
import type { Executor } from './tenant-store.ts'
import { call, rows } from './work.ts'

/** Resources that are looked at in one go. */
const PAGE = 1_000

interface End {
  readonly id: string
  /** How many it has when it is gone, otherwise 0. */
  readonly edges: number
}

export function looseEdges(spelling: Spelling, { read, write }: Executor): LooseEdges {
  const [tenant, id] = [slot('tenant'), slot('id')]
  const recount = recounting(spelling)
  const isHere = (end: ReturnType<typeof sql>) =>
    sql`exists (select 1 from resources r where r.tenant = ${tenant} and r.id = ${end})`

  const statements = (side: Side) => {
    const end = sql.ref(side)
    const next = (after: ReturnType<typeof sql>) => sql`(
      select e.${end} from edges e where e.tenant = ${tenant} and e.${end} > ${after}
      order by e.${end} limit 1)`
    return {
      page: spelling.compile<End>(sql`
        with recursive ends (id, step) as (
          select ${next(sql`${slot('after')}`)}, 1
          union all
          select ${next(sql`n.id`)}, n.step + 1 from ends n
          where n.id is not null and n.step < ${slot('limit')})
        select n.id as id, case when ${isHere(sql`n.id`)} then 0 else (
          select count(*) from edges e where e.tenant = ${tenant} and e.${end} = n.id) end as edges
        from ends n where n.id is not null order by n.id`),
      owners: spelling.compile<{ owner: string }>(sql`
        select distinct owner from edges where tenant = ${tenant} and ${end} = ${id} order by owner`),
      remove: spelling.compile(sql`
        delete from edges where tenant = ${tenant} and ${end} = ${id} and not ${isHere(sql`${id}`)}`),
    }
  }
  const of = { owner: statements('owner'), member: statements('member') }

  return {
    ends: (tenant, side, after) =>
      read(function* () {
        const page = yield* rows(of[side].page, { tenant, after, limit: PAGE })
        return {
          gone: page.filter(({ edges }) => edges > 0),
          next: page.length < PAGE ? undefined : page.at(-1)?.id,
        }
      }),

    remove: (tenant, side, id) =>
      write(function* () {
        const owners = yield* rows(of[side].owners, { tenant, id })
        // Whoever changes members locks their owner first, in the order of ids.
        for (const { owner } of owners) yield [recount.lock(tenant, owner)]
        yield [call(of[side].remove, { tenant, id })]
        for (const { owner } of owners) yield [recount.members(tenant, owner)]
      }),
  }
}
