/**
 * The records that a DELETE left behind (design §6), apart from the live ones, so that no query over
 * resources can forget to leave them out.
 *
 * @module
 */

import type { NewResource, Suspended, WriteContext } from '../../store/store.ts'
import type { ResourceRow } from './resources.ts'
import type { Spelling } from './spelling.ts'
import { sql } from './sql.ts'
import { slot } from './statement.ts'
import { lastChange } from './tallies.ts'
import { type Call, call, one, rows, run, type Work } from './work.ts'

export interface SuspendedRow extends Suspended {
  /** A JSON object. */
  readonly secrets: string
}

export type SuspendedRecords = ReturnType<typeof suspendedRecords>

export function suspendedRecords(spelling: Spelling) {
  const tenant = slot('tenant')
  const shown = sql`type, id, version, created, modified, body, label,
    suspended_at as "suspendedAt", suspended_by as "suspendedBy"`
  const newest = sql`order by suspended_at desc, suspension desc`

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
    select ${shown}, secrets from suspended where tenant = ${tenant} and id = ${slot('id')}
    ${spelling.locked}`)

  const shownById = spelling.compile<Suspended>(sql`
    select ${shown} from suspended where tenant = ${tenant} and id = ${slot('id')}`)

  const byName = (externalId: ReturnType<typeof sql>) =>
    spelling.compile<SuspendedRow>(sql`
      select ${shown}, secrets from suspended
      where tenant = ${tenant} and type = ${slot('type')} and name = ${slot('name')} ${externalId}
      ${newest} limit 1 ${spelling.locked}`)
  const byNameAlone = byName(sql``)
  const byNameAndId = byName(sql`and (external_id is null or external_id = ${slot('externalId')})`)

  const remove = spelling.compile(sql`
    delete from suspended where tenant = ${tenant} and id = ${slot('id')}`)
  const count = spelling.compile<{ total: number }>(sql`
    select count(*) as total from suspended where tenant = ${tenant}`)
  const page = spelling.compile<Suspended>(sql`
    select ${shown} from suspended where tenant = ${tenant}
    ${newest} ${spelling.limit(slot('limit'))} offset ${slot('offset')}`)

  return {
    /** To be run after the change log was written: its order tells which came later. */
    insert(
      tenant: string,
      { ...row }: ResourceRow,
      key: { readonly name: string; readonly externalId: string | null },
      { at, actor }: WriteContext,
    ): Call {
      const { name, externalId } = key
      return { ...call(insert, { tenant, ...row, name, externalId, at, actor }), last: true }
    },

    /** Holds off whoever else suspends or restores under a name; nothing where nobody else can. */
    guarding: (tenant: string, type: string, name: string): Call[] =>
      guard === undefined ? [] : [call(guard, { tenant, type, name }, 'one')],

    byId: (tenant: string, id: string): Work<SuspendedRow | undefined> => one(byId, { tenant, id }),

    /** To be shown; nobody is held off. */
    one: (tenant: string, id: string): Work<Suspended | undefined> =>
      one(shownById, { tenant, id }),

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
      yield* run(remove, { tenant, id })
    },

    *page(tenant: string, page_: { readonly offset: number; readonly limit: number }) {
      const counted = yield* one(count, { tenant })
      const { offset, limit } = page_
      const records = yield* rows(page, { tenant, offset, limit })
      return { total: counted?.total ?? 0, records }
    },
  }
}
