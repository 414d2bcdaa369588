/**
 * The records that a DELETE left behind (design §6), apart from the live ones, so that no query over
 * resources can forget to leave them out.
 *
 * @module
 */

import type { Keeping, NewResource, Suspended, WriteContext } from '../../store/store.ts'
import type { ResourceRow } from './resources.ts'
import type { Spelling } from './spelling.ts'
import { sql } from './sql.ts'
import { slot } from './statement.ts'
import { lastChange } from './tallies.ts'
import { type Call, call, one, type Work } from './work.ts'

export interface SuspendedRow extends Suspended {
  /** A JSON object. */
  readonly secrets: string
}

/** What is told of a record. */
export const SHOWN = sql`type, id, version, created, modified, body, label,
  suspended_at as "suspendedAt", suspended_by as "suspendedBy"`
export const NEWEST = sql`order by suspended_at desc, suspension desc`

export type SuspendedRecords = ReturnType<typeof suspendedRecords>

export function suspendedRecords(spelling: Spelling) {
  const tenant = slot('tenant')

  const insert = spelling.compile(sql`
    insert into suspended (tenant, type, id, version, created, modified, label, secrets, body,
      name, external_id, suspended_at, suspended_by, suspension)
    values (${tenant}, ${slot('type')}, ${slot('id')}, ${slot('version')}, ${slot('created')},
      ${slot('modified')}, ${slot('label')}, ${slot('secrets')}, ${slot('body')}, ${slot('name')},
      ${slot('externalId')}, ${slot('at')}, ${slot('actor')},
      (${lastChange(tenant)}))`)

  const guarded = spelling.guard?.(
    sql`${tenant} || ' ' || ${slot('type')} || ' ' || ${slot('name')}`,
  )
  const guard = guarded && spelling.compile(guarded)

  const byId = spelling.compile<SuspendedRow>(sql`
    select ${SHOWN}, secrets from suspended where tenant = ${tenant} and id = ${slot('id')}
    ${spelling.locked}`)

  const shownById = spelling.compile<Suspended>(sql`
    select ${SHOWN} from suspended where tenant = ${tenant} and id = ${slot('id')}`)

  const shownByName = spelling.compile<Suspended>(sql`
    select ${SHOWN} from suspended
    where tenant = ${tenant} and type = ${slot('type')} and name = ${slot('name')} ${NEWEST} limit 1`)

  const byName = (externalId: ReturnType<typeof sql>) =>
    spelling.compile<SuspendedRow>(sql`
      select ${SHOWN}, secrets from suspended
      where tenant = ${tenant} and type = ${slot('type')} and name = ${slot('name')} ${externalId}
      ${NEWEST} limit 1 ${spelling.locked}`)
  const byNameAlone = byName(sql``)
  const byNameAndId = byName(sql`and (external_id is null or external_id = ${slot('externalId')})`)

  const insertValues = spelling.compile(sql`
    insert into suspended_values (tenant, id, value)
    select ${tenant}, ${slot('id')}, g.value from ${spelling.list(slot('values'))} g`)

  const remove = spelling.compile(sql`
    delete from suspended where tenant = ${tenant} and id = ${slot('id')}`)
  const removeValues = spelling.compile(sql`
    delete from suspended_values where tenant = ${tenant} and id = ${slot('id')}`)
  return {
    /** To be run after the change log was written: its order tells which came later. */
    inserting(
      tenant: string,
      { ...row }: ResourceRow,
      { name, externalId, values }: Keeping,
      { at, actor }: WriteContext,
    ): Call[] {
      return [
        call(insertValues, { tenant, id: row.id, values: JSON.stringify(values) }),
        { ...call(insert, { tenant, ...row, name, externalId, at, actor }), last: true },
      ]
    },

    /** Holds off whoever else suspends or restores under a name; nothing where nobody else can. */
    guarding: (tenant: string, type: string, name: string): Call[] =>
      guard === undefined ? [] : [call(guard, { tenant, type, name }, 'one')],

    byId: (tenant: string, id: string): Work<SuspendedRow | undefined> => one(byId, { tenant, id }),

    /** To be shown; nobody is held off. */
    one: (tenant: string, id: string): Work<Suspended | undefined> =>
      one(shownById, { tenant, id }),

    /** The newest of a name, to be shown. */
    named: (tenant: string, type: string, name: string): Work<Suspended | undefined> =>
      one(shownByName, { tenant, type, name }),

    /** What a create may restore; see {@link NewResource.restore}. */
    *matching(
      tenant: string,
      { type, restore }: Pick<NewResource, 'type' | 'restore'>,
    ): Work<SuspendedRow | undefined> {
      if (restore === undefined) return undefined
      const { name, externalId } = restore
      const query =
        externalId === null
          ? call(byNameAlone, { tenant, type, name }, 'one')
          : call(byNameAndId, { tenant, type, name, externalId }, 'one')
      const answers = yield [...this.guarding(tenant, type, name), query]
      return answers.at(-1)?.rows[0] as SuspendedRow | undefined
    },

    *remove(tenant: string, id: string): Work<void> {
      yield [call(remove, { tenant, id }), call(removeValues, { tenant, id })]
    },
  }
}
