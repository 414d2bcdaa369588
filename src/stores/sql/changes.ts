/**
 * The change log: a row for everything that became different, written with it or not at all.
 *
 * `seq` counts within the tenant and is taken inside the transaction, so that the order of the log
 * is the order of commits and has no gaps.
 *
 * @module
 */

import { sql } from 'kysely'
import type { JsonObject } from '../../protocol/json.ts'
import type { ChangeKind, LoggedChange, WriteContext } from '../../store/store.ts'
import type { Spelling } from './spelling.ts'
import { slot } from './statement.ts'
import { rows, run, type Work } from './work.ts'

/** A resource as the log and the edges name it. */
export interface Ref {
  readonly type: string
  readonly id: string
}

type Row = Omit<LoggedChange, 'what'> & { readonly what: string | null }

export type ChangeLog = ReturnType<typeof changeLog>

export function changeLog(spelling: Spelling) {
  const tenant = slot('tenant')
  const columns = sql`tenant, seq, at, actor, request, type, id, kind, member, what`
  const next = sql`coalesce((select max(seq) from changes where tenant = ${tenant}), 0) + 1`
  const head = sql`${slot('at')}, ${slot('actor')}, ${slot('request')}`

  const append = spelling.compile(sql`
    insert into changes (${columns})
    select ${tenant}, ${next}, ${head}, ${slot('type')}, ${slot('id')}, ${slot('kind')}, null,
      ${slot('what')}`)

  const appendMembers = spelling.compile(sql`
    insert into changes (${columns})
    select ${tenant}, ${next} + l.position, ${head}, ${slot('type')}, ${slot('id')},
      ${slot('kind')}, l.value, '{}'
    from ${spelling.list(slot('members'))} l`)

  const appendOwners = spelling.compile(sql`
    insert into changes (${columns})
    select ${tenant}, ${next} + o.position, ${head}, o.type, o.id, 'memberRemoved',
      ${slot('member')}, '{}'
    from ${spelling.records(slot('owners'), { type: 'text', id: 'text' })} o`)

  const appendAllMembers = spelling.compile(sql`
    insert into changes (${columns})
    select ${tenant}, ${next} + row_number() over (order by e.member) - 1, ${head}, ${slot('type')},
      ${slot('id')}, 'memberRemoved', e.member, '{}'
    from edges e where e.tenant = ${tenant} and e.owner = ${slot('id')}`)

  const redact = spelling.compile(sql`
    update changes set what = null where tenant = ${tenant} and id = ${slot('id')}`)

  const shown = sql`seq, at, actor, request, type, id, kind, member, what`
  const page = (of: ReturnType<typeof sql>) => sql`
    select ${shown} from changes where tenant = ${tenant} and seq > ${slot('after')} ${of}
    order by seq limit ${slot('limit')}`
  const readAll = spelling.compile<Row>(page(sql``))
  const readAbout = spelling.compile<Row>(sql`
    select * from (
      select * from (${page(sql`and id = ${slot('about')}`)}) own
      union
      select * from (${page(sql`and member = ${slot('about')}`)}) elsewhere
    ) both_ends
    order by seq limit ${slot('limit')}`)

  return {
    *append(
      tenant: string,
      write: WriteContext,
      { type, id }: Ref,
      kind: ChangeKind,
      what: JsonObject,
    ): Work<void> {
      yield* run(append, { ...headOf(tenant, write), type, id, kind, what: JSON.stringify(what) })
    },

    /** One row for each member that came or went. */
    *appendMembers(
      tenant: string,
      write: WriteContext,
      { type, id }: Ref,
      kind: 'memberAdded' | 'memberRemoved',
      members: readonly string[],
    ): Work<void> {
      if (members.length === 0) return
      const values = { type, id, kind, members: JSON.stringify(members) }
      yield* run(appendMembers, { ...headOf(tenant, write), ...values })
    },

    /** One row for each member an owner is about to lose, however many. */
    *appendAllMembers(tenant: string, write: WriteContext, { type, id }: Ref): Work<void> {
      yield* run(appendAllMembers, { ...headOf(tenant, write), type, id })
    },

    /** One row for each owner that lost a member. */
    *appendOwners(
      tenant: string,
      write: WriteContext,
      member: string,
      owners: readonly Ref[],
    ): Work<void> {
      const values = { member, owners: JSON.stringify(owners) }
      yield* run(appendOwners, { ...headOf(tenant, write), ...values })
    },

    /** Takes out of every row about a resource what it was about. */
    *redact(tenant: string, id: string): Work<void> {
      yield* run(redact, { tenant, id })
    },

    *page(
      tenant: string,
      {
        after,
        limit,
        about,
      }: { readonly after: number; readonly limit: number; readonly about?: string },
    ): Work<readonly LoggedChange[]> {
      const found =
        about === undefined
          ? yield* rows(readAll, { tenant, after, limit })
          : yield* rows(readAbout, { tenant, after, limit, about })
      return found.map((row) => ({
        ...row,
        what: row.what === null ? null : (JSON.parse(row.what) as JsonObject),
      }))
    },
  }
}

const headOf = (tenant: string, { at, actor, request }: WriteContext) => ({
  tenant,
  at,
  actor,
  request,
})
