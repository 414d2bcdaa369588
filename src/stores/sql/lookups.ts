/**
 * The values filters find fast, and the unique index over some of them.
 *
 * Whether a value is free is the index's word alone: an insert that the index does not take inserts
 * nothing, and only then is asked who holds the value. So no error of the database has to be
 * understood, and a transaction goes on after a conflict where the database would have ended it.
 *
 * @module
 */

import { sql } from 'kysely'
import { type Lookup, UniquenessConflict } from '../../store/store.ts'
import type { Ref } from './changes.ts'
import type { Spelling } from './spelling.ts'
import { slot } from './statement.ts'
import { one, run, type Work } from './work.ts'

export type Lookups = ReturnType<typeof lookups>

export function lookups(spelling: Spelling) {
  const [tenant, type, id] = [slot('tenant'), slot('type'), slot('id')]
  const given = spelling.records(slot('lookups'), {
    attribute: 'text',
    value: 'text',
    is_unique: 'integer',
  })

  const insert = spelling.compile(sql`
    insert into lookups (tenant, type, attribute, value, id, is_unique)
    select ${tenant}, ${type}, g.attribute, g.value, ${id}, g.is_unique from ${given} g
    where true
    on conflict do nothing`)

  const taken = spelling.compile<{ attribute: string }>(sql`
    select g.attribute from ${given} g join lookups l
      on l.tenant = ${tenant} and l.type = ${type} and l.attribute = g.attribute
      and l.value = g.value and l.is_unique = 1
    where g.is_unique = 1 and l.id <> ${id}
    order by g.position limit 1`)

  const remove = spelling.compile(sql`
    delete from lookups where tenant = ${tenant} and type = ${type} and id = ${id}
      and (attribute, value) in (select g.attribute, g.value from ${given} g)`)

  const values = (tenant: string, { type, id }: Ref, list: readonly Lookup[]) => ({
    tenant,
    type,
    id,
    lookups: JSON.stringify(
      list.map(({ attribute, value, unique }) => ({
        attribute,
        value,
        is_unique: unique ? 1 : 0,
      })),
    ),
  })

  return {
    /** @throws {UniquenessConflict} */
    *add(tenant: string, ref: Ref, list: readonly Lookup[]): Work<void> {
      if (list.length === 0) return
      const bound = values(tenant, ref, list)
      const added = yield* run(insert, bound)
      if (added === list.length) return
      const conflict = yield* one(taken, bound)
      if (conflict !== undefined) throw new UniquenessConflict(conflict.attribute)
    },

    *remove(tenant: string, ref: Ref, list: readonly Lookup[]): Work<void> {
      if (list.length > 0) yield* run(remove, values(tenant, ref, list))
    },
  }
}
