/**
 * The live resources, one by one.
 *
 * @module
 */

import type { Stored } from '../../store/store.ts'
import type { Ref } from './changes.ts'
import type { Spelling } from './spelling.ts'
import { sql } from './sql.ts'
import { slot } from './statement.ts'
import { type Call, call, one, rows, type Work } from './work.ts'

/** A resource without its edges, as a read gives it. */
export type Head = Omit<Stored, 'edges' | 'streams'>

/** A resource as a write needs it. */
export interface ResourceRow extends Head {
  readonly label: string | null
  /** A JSON object. */
  readonly secrets: string
  /** How many it has. */
  readonly members: number
}

export type Resources = ReturnType<typeof resources>

export function resources(spelling: Spelling) {
  const [tenant, type, id] = [slot('tenant'), slot('type'), slot('id')]
  const is = sql`tenant = ${tenant} and type = ${type} and id = ${id}`

  const whole = spelling.compile<ResourceRow>(sql`
    select type, id, version, created, modified, body, label, secrets, members
    from resources where ${is}
    ${spelling.locked}`)

  const insert = spelling.compile(sql`
    insert into resources
      (tenant, type, id, version, created, modified, label, secrets, body, members)
    select ${tenant}, ${type}, ${id}, ${slot('version')}, ${slot('created')},
      ${slot('modified')}, ${slot('label')}, ${slot('secrets')}, ${slot('body')}, ${slot('members')}
    where not exists (select 1 from suspended s where s.tenant = ${tenant} and s.id = ${id})`)

  const update = spelling.compile(sql`
    update resources set version = ${slot('version')}, modified = ${slot('modified')},
      label = ${slot('label')}, secrets = ${slot('secrets')}, body = ${slot('body')},
      members = ${slot('members')}
    where ${is}`)

  const touch = spelling.compile(sql`
    update resources set version = version + 1, modified = ${slot('at')},
      members = ${slot('members')}
    where ${is}`)

  const touchAll = spelling.compile(sql`
    update resources set version = version + 1, modified = ${slot('at')}, members = members - 1
    where tenant = ${tenant} and ${spelling.isIn(sql`id`, slot('ids'))}`)

  const memberCounts = spelling.compile<{ id: string; members: number }>(sql`
    select id, members from resources where tenant = ${tenant} and type = ${type}
      and ${spelling.isIn(sql`id`, slot('ids'))}`)

  const remove = spelling.compile(sql`delete from resources where ${is}`)

  return {
    /** Answers a {@link Head}, or nothing. */
    row: (tenant: string, { type, id }: Ref): Work<ResourceRow | undefined> =>
      one(whole, { tenant, type, id }),

    /** Changes no row when the id is that of a suspended record. */
    insert: (tenant: string, row: ResourceRow): Call => call(insert, { tenant, ...row }),

    update: (tenant: string, row: ResourceRow): Call => call(update, { tenant, ...row }),

    /** Moves the version, for its members moved, of which it now has so many. */
    touch: (tenant: string, { type, id }: Ref, at: number, members: number): Call =>
      call(touch, { tenant, type, id, at, members }),

    /** The same of each that has lost one member. */
    touchAll: (tenant: string, refs: readonly Ref[], at: number): Call =>
      call(touchAll, { tenant, ids: JSON.stringify(refs.map(({ id }) => id)), at }),

    *memberCounts(
      tenant: string,
      type: string,
      ids: readonly string[],
    ): Work<ReadonlyMap<string, number>> {
      const found = yield* rows(memberCounts, { tenant, type, ids: JSON.stringify(ids) })
      return new Map(found.map(({ id, members }) => [id, members]))
    },

    remove: (tenant: string, { type, id }: Ref): Call => call(remove, { tenant, type, id }),
  }
}
