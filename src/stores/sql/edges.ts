/**
 * Who is a member of what, in rows (decisions/002).
 *
 * One step on the members touches the rows it names, whatever else the owner has: no statement here
 * reads or counts the members of an owner, save `replace`, `removeMatching` and the end of an owner,
 * which are about all of them, and a read that returns them.
 *
 * A cycle is looked for upwards. An owner stands in few others, and may have a million members.
 *
 * @module
 */

import { type EdgeEnd, MemberCycle, MissingMember } from '../../store/store.ts'
import type { Ref } from './changes.ts'
import { edgeReading } from './edge-reading.ts'
import type { Spelling } from './spelling.ts'
import { sql } from './sql.ts'
import { slot } from './statement.ts'
import { type Call, call, one, rows, type Work } from './work.ts'

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

  // Of what is made on the way no database knows the length, and would otherwise go through all edges of
  // the tenant, or all its resources.
  const edgesAbove = spelling.found(sql`above a`, {
    ...{ table: 'edges', as: 'e', where: sql`e.tenant = ${tenant} and e.member = a.id` },
  })
  const above = spelling.compile<{ value: string }>(sql`
    with recursive above (id) as (
      select o.id from resources o where o.tenant = ${tenant} and o.id = ${owner}
      union
      select e.owner ${edgesAbove})
    select i.value from ${ids} i where i.value in (select id from above)
    order by i.position limit 1`)

  // Two owners that take each other in at once lock each other's rows and are told apart by that.
  // Only a way round that leads over edges which were there before needs more. Of a member's
  // edges one is looked for, however many it has: the first from its id on, since only the index of
  // owners has those in order, and another would be gone through.
  const nesting = spelling.guard?.(
    sql`${tenant}`,
    sql`exists (select 1 from ${ids} i where i.value = (
      select e.owner from edges e where e.tenant = ${tenant} and e.owner >= i.value
      order by e.owner limit 1
    ))`,
  )
  const guard = nesting && spelling.compile(nesting)

  const newMembers = spelling.found(sql`${ids} i`, {
    ...{ table: 'resources', as: 'r', isShared: true },
    where: sql`r.tenant = ${tenant} and r.id = i.value
      and ${spelling.isIn(sql`r.type`, slot('types'))}`,
  })
  const add = spelling.compile<{ member: string }>(sql`
    insert into edges (tenant, owner, member, member_type, owner_type, label)
    select ${tenant}, ${owner}, r.id, r.type, ${type}, r.label
    ${newMembers}
    on conflict do nothing
    returning member`)

  const remove = spelling.compile<{ member: string }>(sql`
    delete from edges where ${own} and ${spelling.isIn(sql`member`, slot('ids'))}
    returning member`)
  const keepOnly = spelling.compile<{ member: string }>(sql`
    delete from edges where ${own} and member not in (select i.value from ${ids} i)
    returning member`)

  // In the order of their ids, so that two who do this never wait for each other.
  const ownersLocked = spelling.compile(sql`
    select o.id from resources o where o.tenant = ${tenant} and o.id = any (array(
      select e.owner from edges e where e.tenant = ${tenant} and e.member = ${slot('member')}))
    order by o.id ${spelling.locked}`)

  const removeMember = spelling.compile<Ref>(sql`
    delete from edges where tenant = ${tenant} and member = ${slot('member')}
    returning owner_type as "type", owner as "id"`)
  const some = spelling.found(sql`${ids} i`, {
    ...{ table: 'edges', as: 'e' },
    where: sql`e.tenant = ${tenant} and e.owner = ${owner} and e.member = i.value`,
  })
  const among = spelling.compile<EdgeEnd>(sql`
    select e.member as id, e.member_type as type, e.label as label ${some} order by e.member`)
  const count = spelling.compile<{ total: number }>(sql`
    select count(*) as total from edges where ${own}`)
  const removeOwner = spelling.compile(sql`delete from edges where ${own}`)
  const relabel = spelling.compile(sql`
    update edges set label = ${slot('label')}
    where tenant = ${tenant} and member = ${slot('member')}`)

  return {
    ...edgeReading(spelling),

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

    /**
     * Keeps everything that has this member from being changed by others until the end. Whoever changes
     * one of those locks it first and then its members; so whoever takes a member away has to as well.
     * Where only one writes at a time there is nothing to do.
     */
    *lockOwners(tenant: string, member: string): Work<void> {
      if (spelling.isFar) yield [call(ownersLocked, { tenant, member }, 'rows')]
    },

    /** Takes a member out of everything; the owners that lost it. */
    *removeMember(tenant: string, member: string): Work<readonly Ref[]> {
      return yield* rows(removeMember, { tenant, member })
    },

    /** Which of these are members. */
    *among(tenant: string, owner: string, ids: readonly string[]): Work<readonly EdgeEnd[]> {
      const distinct = [...new Set(ids)]
      return yield* rows(among, { tenant, owner, ids: JSON.stringify(distinct) })
    },

    /** How many there are, whatever the owner's row says. */
    *count(tenant: string, owner: string): Work<number> {
      return (yield* one(count, { tenant, owner }))?.total ?? 0
    },

    removeOwner: (tenant: string, owner: string): Call => call(removeOwner, { tenant, owner }),

    /** Tells every edge how its member is called now. */
    relabel: (tenant: string, member: string, label: string | null): Call =>
      call(relabel, { tenant, member, label }),
  }
}
