/**
 * Who is a member of what, in rows (decisions/002).
 *
 * One step on the members touches the rows it names, whatever else the owner has: no statement here
 * reads or counts the members of an owner, save `replace` and `removeMatching`, which are about all
 * of them, and a read that returns them.
 *
 * A cycle is looked for upwards. An owner stands in few others, and may have a million members.
 *
 * @module
 */

import { sql } from 'kysely'
import {
  type EdgeView,
  MemberCycle,
  MissingMember,
  type Stored,
  type View,
} from '../../store/store.ts'
import type { Ref } from './changes.ts'
import { edgeColumns, edgeText, refSlots, refText, refValues, type Side } from './edge-sql.ts'
import type { Head } from './resources.ts'
import type { Spelling } from './spelling.ts'
import { slot } from './statement.ts'
import { one, rows, run, type Work } from './work.ts'

export type Edges = ReturnType<typeof edges>

export function edges(spelling: Spelling) {
  const [tenant, owner, type] = [slot('tenant'), slot('owner'), slot('type')]
  const ids = spelling.list(slot('ids'))
  const own = sql`tenant = ${tenant} and owner = ${owner}`

  const missing = spelling.compile<{ value: string }>(sql`
    select i.value from ${ids} i
    where not exists (
      select 1 from resources r where r.tenant = ${tenant} and r.id = i.value
        and r.type in (select t.value from ${spelling.list(slot('types'))} t))
    and not exists (
      select 1 from edges e where e.tenant = ${tenant} and e.owner = ${owner} and e.member = i.value)
    order by i.position limit 1`)

  const above = spelling.compile<{ value: string }>(sql`
    with recursive above (id) as (
      select ${owner}
      union
      select e.owner from above a join edges e on e.tenant = ${tenant} and e.member = a.id)
    select i.value from ${ids} i where i.value in (select id from above)
    order by i.position limit 1`)

  const add = spelling.compile<{ member: string }>(sql`
    insert into edges (tenant, owner, member, member_type, owner_type, label)
    select ${tenant}, ${owner}, r.id, r.type, ${type}, r.label
    from ${ids} i join resources r on r.tenant = ${tenant} and r.id = i.value
    where true
    on conflict do nothing
    returning member`)

  const remove = spelling.compile<{ member: string }>(sql`
    delete from edges where ${own} and member in (select i.value from ${ids} i)
    returning member`)
  const keepOnly = spelling.compile<{ member: string }>(sql`
    delete from edges where ${own} and member not in (select i.value from ${ids} i)
    returning member`)

  const removeMember = spelling.compile<Ref>(sql`
    delete from edges where tenant = ${tenant} and member = ${slot('member')}
    returning owner_type as "type", owner as "id"`)
  const removeOwner = spelling.compile(sql`delete from edges where ${own}`)
  const relabel = spelling.compile(sql`
    update edges set label = ${slot('label')}
    where tenant = ${tenant} and member = ${slot('member')}`)

  // Compiled when first asked for: one for each number of references, of which there are few.
  const texts = new Map<string, ReturnType<typeof readTexts>>()
  const readTexts = (side: Side, refs: number, limited: boolean) => {
    const columns = edgeColumns(side)
    const at = sql`e.tenant = ${tenant} and ${columns.this} = i.value`
    const text = sql`(
      select ${spelling.gathered(sql`t.item`)} from (
        select ${edgeText(spelling, side, refSlots(refs, ''))} as item
        from edges e where ${at} order by ${columns.value}) t)`
    const within = sql`(
      select count(*) from (select 1 from edges e where ${at} limit ${slot('max')} + 1) c
    ) <= ${slot('max')}`
    return spelling.compile<{ id: string; items: string | null; within: number }>(sql`
      select i.value as id, ${limited ? sql`case when ${within} then 1 else 0 end` : sql`1`}
        as within,
        ${limited ? sql`case when ${within} then ${text} end` : text} as items
      from ${ids} i`)
  }

  function* read(
    tenant: string,
    heads: readonly Head[],
    view: EdgeView,
  ): Work<ReadonlyMap<string, string>> {
    const count = Object.keys(view.refs).length
    const key = `${view.side} ${count} ${view.max !== undefined}`
    const statement = texts.get(key) ?? readTexts(view.side, count, view.max !== undefined)
    texts.set(key, statement)
    const found = yield* rows(statement, {
      tenant,
      ids: JSON.stringify(heads.map(({ id }) => id)),
      ...refValues(view.refs, '', refText),
      ...(view.max === undefined ? {} : { max: view.max }),
    })
    return new Map(
      found.filter(({ within }) => within).map(({ id, items }) => [id, `[${items ?? ''}]`]),
    )
  }

  return {
    /** Resources with the edges of a view; without any, no edge is touched. */
    *complete(tenant: string, heads: readonly Head[], view: View): Work<readonly Stored[]> {
      const byId = new Map(heads.map(({ id }) => [id, {} as Record<string, string>]))
      if (heads.length > 0) {
        for (const edge of view.edges) {
          for (const [id, text] of yield* read(tenant, heads, edge)) {
            const of = byId.get(id)
            if (of !== undefined) of[edge.attribute] = text
          }
        }
      }
      return heads.map(({ type, id, version, created, modified, body }) => ({
        type,
        id,
        version,
        created,
        modified,
        body,
        edges: byId.get(id) ?? {},
      }))
    },

    /**
     * Throws unless each is a resource of these types, or a member already.
     *
     * @throws {MissingMember} @throws {MemberCycle}
     */
    *require(
      tenant: string,
      owner: string,
      ids: readonly string[],
      types: readonly string[],
    ): Work<void> {
      const list = JSON.stringify(ids)
      const values = { tenant, owner, ids: list, types: JSON.stringify(types) }
      const lacking = yield* one(missing, values)
      if (lacking !== undefined) throw new MissingMember(lacking.value)
      const cycle = yield* one(above, { tenant, owner, ids: list })
      if (cycle !== undefined) throw new MemberCycle(cycle.value)
    },

    /** The members that were not there before. */
    *add(tenant: string, owner: Ref, ids: readonly string[]): Work<readonly string[]> {
      const values = { tenant, owner: owner.id, type: owner.type, ids: JSON.stringify(ids) }
      return (yield* rows(add, values)).map(({ member }) => member)
    },

    /** The members that are gone; those that were none are not among them. */
    *remove(tenant: string, owner: string, ids: readonly string[]): Work<readonly string[]> {
      const values = { tenant, owner, ids: JSON.stringify(ids) }
      return (yield* rows(remove, values)).map(({ member }) => member)
    },

    /** Removes every other member; the members that are gone. */
    *keepOnly(tenant: string, owner: string, ids: readonly string[]): Work<readonly string[]> {
      const values = { tenant, owner, ids: JSON.stringify(ids) }
      return (yield* rows(keepOnly, values)).map(({ member }) => member)
    },

    /** Takes a member out of everything; the owners that lost it. */
    *removeMember(tenant: string, member: string): Work<readonly Ref[]> {
      return yield* rows(removeMember, { tenant, member })
    },

    *removeOwner(tenant: string, owner: string): Work<void> {
      yield* run(removeOwner, { tenant, owner })
    },

    /** Tells every edge how its member is called now. */
    *relabel(tenant: string, member: string, label: string | null): Work<void> {
      yield* run(relabel, { tenant, member, label })
    },
  }
}
