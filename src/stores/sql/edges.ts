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
import { type Answer, type Call, call, one, rows, type Work } from './work.ts'

export type Edges = ReturnType<typeof edges>

export function edges(spelling: Spelling) {
  const [tenant, owner, type] = [slot('tenant'), slot('owner'), slot('type')]
  const ids = spelling.list(slot('ids'))
  const own = sql`tenant = ${tenant} and owner = ${owner}`

  const missing = spelling.compile<{ value: string }>(sql`
    select i.value from ${ids} i
    where not exists (
      select 1 from edges e where e.tenant = ${tenant} and e.owner = ${owner} and e.member = i.value)
    order by i.position limit 1`)

  // SQLite carries out a cross join in the order it is written in. Of what is made on the way it knows
  // no length, and would otherwise go through all edges of the tenant, or all its resources.
  const above = spelling.compile<{ value: string }>(sql`
    with recursive above (id) as (
      select ${owner}
      union
      select e.owner from above a cross join edges e where e.tenant = ${tenant} and e.member = a.id)
    select i.value from ${ids} i where i.value in (select id from above)
    order by i.position limit 1`)

  // Two owners that take each other in at once lock each other's rows and are told apart by that.
  // Only a way round that leads over edges which were there before needs more.
  const nesting = spelling.guard?.(
    sql`${tenant}`,
    sql`exists (
      select 1 from ${ids} i join edges e on e.tenant = ${tenant} and e.owner = i.value)`,
  )
  const guard = nesting && spelling.compile(nesting)

  const add = spelling.compile<{ member: string }>(sql`
    insert into edges (tenant, owner, member, member_type, owner_type, label)
    select ${tenant}, ${owner}, r.id, r.type, ${type}, r.label
    from ${ids} i cross join resources r
    where r.tenant = ${tenant} and r.id = i.value
      and r.type in (select t.value from ${spelling.list(slot('types'))} t)
    ${spelling.shared('r')}
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
  const count = spelling.compile<{ total: number }>(sql`
    select count(*) as total from edges where ${own}`)
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
        from ${columns.from} where ${at} order by ${columns.value}) t)`
    const within = sql`(
      select count(*) from (select 1 from edges e where ${at} limit ${slot('max')} + 1) c
    ) <= ${slot('max')}`
    return spelling.compile<EdgeTexts>(sql`
      select i.value as id, ${limited ? sql`case when ${within} then 1 else 0 end` : sql`1`}
        as within,
        ${limited ? sql`case when ${within} then ${text} end` : text} as items
      from ${ids} i`)
  }

  const pages = new Map<string, ReturnType<typeof pageTexts>>()
  const pageTexts = (side: Side, refs: number) => {
    const columns = edgeColumns(side)
    return spelling.compile<EdgePage>(sql`
      select ${spelling.gathered(sql`t.item`)} as items, max(t.value) as "last",
        count(*) as total
      from (
        select ${edgeText(spelling, side, refSlots(refs, ''))} as item, ${columns.value} as value
        from ${columns.from}
        where e.tenant = ${tenant} and ${columns.this} = ${slot('id')}
          and ${columns.value} > ${slot('after')}
        order by ${columns.value} limit ${slot('limit')}) t`)
  }

  const read = (tenant: string, ids: readonly string[], view: EdgeView): Call => {
    const count = Object.keys(view.refs).length
    const max = view.max ?? view.streamAbove
    const key = `${view.side} ${count} ${max !== undefined}`
    const statement = texts.get(key) ?? readTexts(view.side, count, max !== undefined)
    texts.set(key, statement)
    const values = {
      tenant,
      ids: JSON.stringify(ids),
      ...refValues(view.refs, '', refText),
      ...(max === undefined ? {} : { max }),
    }
    return call(statement, values, 'rows')
  }

  return {
    /** Reads the edges of a view; what is answered is for {@link completed}. */
    reading(tenant: string, ids: readonly string[], view: View): Call[] {
      return ids.length === 0 ? [] : view.edges.map((edge) => read(tenant, ids, edge))
    },

    /** So many edges behind one of them, as text with commas between. */
    *page(
      tenant: string,
      id: string,
      { side, refs }: EdgeView,
      after: string,
      limit: number,
    ): Work<EdgePage> {
      const count = Object.keys(refs).length
      const key = `${side} ${count}`
      const statement = pages.get(key) ?? pageTexts(side, count)
      pages.set(key, statement)
      const values = { tenant, id, after, limit, ...refValues(refs, '', refText) }
      return (yield* one(statement, values)) ?? { items: null, last: null, total: 0 }
    },

    /** Resources with the edges that {@link reading} found, long ones left out. */
    completed(heads: readonly Head[], view: View, answers: readonly Answer[]): Stored[] {
      const found = view.edges.map(({ attribute }, index) => {
        const texts = (answers[index]?.rows ?? []) as readonly EdgeTexts[]
        return { attribute, byId: new Map(texts.map((text) => [text.id, text])) }
      })
      return heads.map(({ type, id, version, created, modified, body }) => {
        const edges: Record<string, string> = {}
        for (const { attribute, byId } of found) {
          const text = byId.get(id)
          if (text?.within) edges[attribute] = `[${text.items ?? ''}]`
        }
        return { type, id, version, created, modified, body, edges }
      })
    },

    /**
     * The members that were not there before.
     *
     * @param types Which types of resource may be members.
     * @throws {MissingMember} @throws {MemberCycle}
     */
    *add(
      tenant: string,
      owner: Ref,
      ids: readonly string[],
      types: readonly string[],
    ): Work<readonly string[]> {
      const values = { tenant, owner: owner.id, ids: JSON.stringify(ids) }
      const [added, ...checks] = yield [
        call(add, { ...values, type: owner.type, types: JSON.stringify(types) }, 'rows'),
        ...(guard === undefined ? [] : [call(guard, values, 'one')]),
        call(above, values, 'one'),
      ]
      const members = (added?.rows ?? []) as readonly { readonly member: string }[]
      const lacking = members.length < ids.length ? yield* one(missing, values) : undefined
      if (lacking !== undefined) throw new MissingMember(lacking.value)
      const [cycle] = (checks.at(-1)?.rows ?? []) as readonly { readonly value: string }[]
      if (cycle !== undefined) throw new MemberCycle(cycle.value)
      return members.map(({ member }) => member)
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

    *count(tenant: string, owner: string): Work<number> {
      return (yield* one(count, { tenant, owner }))?.total ?? 0
    },

    removeOwner: (tenant: string, owner: string): Call => call(removeOwner, { tenant, owner }),

    /** Tells every edge how its member is called now. */
    relabel: (tenant: string, member: string, label: string | null): Call =>
      call(relabel, { tenant, member, label }),
  }
}

export interface EdgePage {
  readonly items: string | null
  /** The id at the other end of the last one. */
  readonly last: string | null
  readonly total: number
}

interface EdgeTexts {
  readonly id: string
  readonly items: string | null
  /** 0 when there are more edges than the view takes. */
  readonly within: number
}
