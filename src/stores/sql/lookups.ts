/**
 * The values filters find fast, and the unique index over some of them.
 *
 * Whether a value is free is the index's word alone: an insert that the index does not take inserts
 * nothing, and only then is asked who holds the value. So no error of the database has to be
 * understood, and a transaction goes on after a conflict where the database would have ended it.
 *
 * @module
 */

import {
  type HeldTwice,
  type Lookup,
  type TenantStore,
  UniquenessConflict,
} from '../../store/store.ts'
import type { Ref } from './changes.ts'
import { inserter } from './inserter.ts'
import type { Spelling } from './spelling.ts'
import { sql } from './sql.ts'
import { slot } from './statement.ts'
import { type Answer, type Call, call, one, rows, type Work } from './work.ts'

/** Times a value may change hands before our eyes. */
const ROUNDS = 5

const COLUMNS = {
  tenant: 'text',
  type: 'text',
  attribute: 'text',
  value: 'text',
  id: 'text',
  is_unique: 'integer',
} as const

export type Lookups = ReturnType<typeof lookups>

export function lookups(spelling: Spelling) {
  const [tenant, type, id] = [slot('tenant'), slot('type'), slot('id')]
  const given = spelling.records(slot('lookups'), {
    attribute: 'text',
    value: 'text',
    is_unique: 'integer',
  })

  const insert = inserter(spelling, 'lookups', COLUMNS, sql`on conflict do nothing`)

  // A cross join, so that SQLite does not go through all unique values there are; see edges.ts.
  const taken = spelling.compile<{ attribute: string; value: string }>(sql`
    select g.attribute, g.value from ${given} g cross join lookups l
    where l.tenant = ${tenant} and l.type = ${type} and l.attribute = g.attribute
      and l.value = g.value and l.is_unique = 1 and g.is_unique = 1 and l.id <> ${id}
    order by g.position limit 1`)

  // Of what was not always unique, the index knows nothing of those who hold it from before; and they are
  // all there already, for by now whoever comes to hold it is in the index.
  const held = spelling.compile<{ attribute: string; value: string }>(sql`
    select g.attribute, g.value from ${given} g cross join lookups l
    where l.tenant = ${tenant} and l.type = ${type} and l.attribute = g.attribute
      and l.value = g.value and l.is_unique = 0 and l.id <> ${id}
    order by g.position limit 1`)

  const remove = spelling.compile(sql`
    delete from lookups where tenant = ${tenant} and type = ${type} and id = ${id}
      and (attribute, value) in (select g.attribute, g.value from ${given} g)`)

  const looked = sql`(
    select value from lookups
    where tenant = ${tenant} and type = ${type} and attribute = ${slot('attribute')}
    order by value, id ${spelling.limit(slot('looked'))}) looked`
  const several = spelling.compile<{ value: string; holders: number; total: number }>(sql`
    select value, count(*) as holders, count(*) over () as total from ${looked}
    group by value having count(*) > 1 order by value ${spelling.limit(slot('limit'))}`)
  const howMany = spelling.compile<{ found: number }>(sql`select count(*) as found from ${looked}`)

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

  const rowsOf = (tenant: string, { type, id }: Ref, list: readonly Lookup[]) =>
    list.map(({ attribute, value, unique }) => {
      return { tenant, type, attribute, value, id, is_unique: unique ? 1 : 0 }
    })

  return {
    /** To be asked about with {@link requireAll}. */
    adding(tenant: string, ref: Ref, list: readonly Lookup[]): Call[] {
      const late = list.filter(({ isLate }) => isLate)
      const asking = late.length === 0 ? [] : [call(held, values(tenant, ref, late), 'one')]
      return [...asking, ...insert(rowsOf(tenant, ref, list))]
    },

    /** @param answers Those of {@link adding}. @throws {UniquenessConflict} */
    *requireAll(
      tenant: string,
      ref: Ref,
      list: readonly Lookup[],
      answers: readonly Answer[],
    ): Work<void> {
      const isAsked = list.some(({ isLate }) => isLate)
      const [before] = isAsked ? (answers[0]?.rows ?? []) : []
      if (before !== undefined) throw conflictOf(before as Pick<Lookup, 'attribute' | 'value'>)
      let added = changesOf(isAsked ? answers.slice(1) : answers)
      // Whoever held a value may let go of it before we ask who it is; then it is ours.
      for (let round = 0; added < list.length && round < ROUNDS; round++) {
        const conflict = yield* one(taken, values(tenant, ref, list))
        if (conflict !== undefined) throw conflictOf(conflict)
        added += changesOf(yield insert(rowsOf(tenant, ref, list)))
      }
    },

    /** The index has them in order, so they are counted in one walk through a part of it. */
    *heldTwice(tenant: string, asked: Parameters<TenantStore['heldTwice']>[0]): Work<HeldTwice> {
      const { limit, ...where } = asked
      const found = yield* rows(several, { tenant, ...where, limit })
      const all = yield* one(howMany, { tenant, ...where })
      return {
        total: found[0]?.total ?? 0,
        isAtLeast: (all?.found ?? 0) >= asked.looked,
        first: found.map(({ value, holders }) => ({ value, holders })),
      }
    },

    removing: (tenant: string, ref: Ref, list: readonly Lookup[]): Call[] =>
      list.length === 0 ? [] : [call(remove, values(tenant, ref, list))],
  }
}

const conflictOf = ({ attribute, value }: Pick<Lookup, 'attribute' | 'value'>) =>
  new UniquenessConflict(attribute, value)

const changesOf = (answers: readonly Answer[]) =>
  answers.reduce((sum, { changes }) => sum + changes, 0)
