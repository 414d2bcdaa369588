/**
 * The change log: a row for everything that became different, written with it or not at all.
 *
 * `seq` counts within the tenant and is taken inside the transaction, from the tenant's tally
 * (tallies.ts), so that the order of the log is the order of commits and has no gaps. Whoever has
 * taken a number holds up every other writer of the tenant until the commit; so the log is written
 * last, all of it at once.
 *
 * @module
 */

import type { JsonObject } from '../../protocol/json.ts'
import type { ChangeKind, ChangesPage, LoggedChange, WriteContext } from '../../store/store.ts'
import type { Spelling } from './spelling.ts'
import { sql } from './sql.ts'
import { slot } from './statement.ts'
import { type AlsoCounted, lastChange, tallies } from './tallies.ts'
import { atLast, type Call, call, rows, run, type Work } from './work.ts'

/** A resource as the log and the edges name it. */
export interface Ref {
  readonly type: string
  readonly id: string
}

/** Rows of the log to be. */
export type Entry =
  /** One row about the resource itself. */
  | { readonly ref: Ref; readonly kind: ChangeKind; readonly what: JsonObject | null }
  /** A row for each member that came or went. */
  | {
      readonly ref: Ref
      readonly kind: 'memberAdded' | 'memberRemoved'
      readonly members: readonly string[]
    }
  /** A row for each owner that lost a member. */
  | { readonly owners: readonly Ref[]; readonly member: string }

type Row = Omit<LoggedChange, 'what'> & { readonly what: string | null }

export type ChangeLog = ReturnType<typeof changeLog>

export function changeLog(spelling: Spelling) {
  const tenant = slot('tenant')
  const counters = tallies(spelling)
  const columns = sql`tenant, seq, at, actor, request, type, id, kind, member, what`
  // The tally has been moved already: rows are numbered backwards from it.
  const next = sql`(${lastChange(tenant)}) - ${slot('behind')}`
  const head = sql`${slot('at')}, ${slot('actor')}, ${slot('request')}`

  const one = spelling.compile(sql`
    insert into changes (${columns})
    select ${tenant}, ${next}, ${head}, ${slot('type')}, ${slot('id')}, ${slot('kind')}, null,
      ${slot('what')}`)

  const ofMembers = spelling.compile(sql`
    insert into changes (${columns})
    select ${tenant}, ${next} + l.position, ${head}, ${slot('type')}, ${slot('id')},
      ${slot('kind')}, l.value, '{}'
    from ${spelling.list(slot('members'))} l`)

  const ofOwners = spelling.compile(sql`
    insert into changes (${columns})
    select ${tenant}, ${next} + o.position, ${head}, o.type, o.id, 'memberRemoved',
      ${slot('member')}, '{}'
    from ${spelling.records(slot('owners'), { type: 'text', id: 'text' })} o`)

  const ofAllMembers = spelling.compile(sql`
    insert into changes (${columns})
    select ${tenant}, ${next} + row_number() over (order by e.member) - 1, ${head}, ${slot('type')},
      ${slot('id')}, 'memberRemoved', e.member, '{}'
    from edges e where e.tenant = ${tenant} and e.owner = ${slot('id')}`)

  const redact = spelling.compile(sql`
    update changes set what = null where tenant = ${tenant} and id = ${slot('id')}`)

  const shown = sql`seq, at, actor, request, type, id, kind, member, what`
  const pages = (from: ReturnType<typeof sql>, order: ReturnType<typeof sql>) => {
    const end = sql`order by seq ${order} ${spelling.limit(slot('limit'))}`
    const page = (of: ReturnType<typeof sql>) =>
      sql`select ${shown} from changes where tenant = ${tenant} and seq ${from} ${of} ${end}`
    return {
      all: spelling.compile<Row>(page(sql``)),
      about: spelling.compile<Row>(sql`
        select * from (
          select * from (${page(sql`and id = ${slot('about')}`)}) own
          union
          select * from (${page(sql`and member = ${slot('about')}`)}) elsewhere
        ) both_ends ${end}`),
    }
  }
  const upwards = pages(sql`> ${slot('after')}`, sql``)
  const downwards = pages(sql`< ${slot('before')}`, sql`desc`)

  const insertion = (entry: Entry, common: ReturnType<typeof headOf>, behind: number): Call => {
    if ('owners' in entry) {
      const { member } = entry
      return call(ofOwners, { ...common, behind, member, owners: JSON.stringify(entry.owners) })
    }
    const { type, id } = entry.ref
    const about = { ...common, behind, type, id, kind: entry.kind }
    return 'members' in entry
      ? call(ofMembers, { ...about, members: JSON.stringify(entry.members) })
      : call(one, { ...about, what: entry.what && JSON.stringify(entry.what) })
  }

  return {
    /**
     * Writes rows in their order and counts what came or went, right before the commit.
     *
     * @param now At once instead, for what has to be written before something else happens.
     */
    *write(
      tenant: string,
      write: WriteContext,
      entries: readonly Entry[],
      counted: AlsoCounted = [],
      now = false,
    ): Work<void> {
      const sizes = entries.map(sizeOf)
      let behind = sizes.reduce((sum, size) => sum + size, 0)
      if (behind === 0 && counted.length === 0) return
      const common = headOf(tenant, write)
      const calls = [counters.move(tenant, behind, counted)]
      for (const [index, entry] of entries.entries()) {
        if (sizes[index] === 0) continue
        calls.push(insertion(entry, common, behind - 1))
        behind -= sizes[index] ?? 0
      }
      yield now ? calls : calls.map(atLast)
    },

    /** One row for each of the `count` members an owner is about to lose; at once. */
    *writeAllMembers(
      tenant: string,
      write: WriteContext,
      { type, id }: Ref,
      count: number,
    ): Work<void> {
      yield [
        counters.move(tenant, count),
        call(ofAllMembers, { ...headOf(tenant, write), type, id, behind: count - 1 }),
      ]
    },

    /** Takes out of every row about a resource what it was about. */
    *redact(tenant: string, id: string): Work<void> {
      yield* run(redact, { tenant, id })
    },

    *page(tenant: string, { about, ...from }: ChangesPage): Work<readonly LoggedChange[]> {
      const { all, about: ofOne } = 'before' in from ? downwards : upwards
      const found =
        about === undefined
          ? yield* rows(all, { tenant, ...from })
          : yield* rows(ofOne, { tenant, ...from, about })
      return found.map((row) => ({
        ...row,
        what: row.what === null ? null : (JSON.parse(row.what) as JsonObject),
      }))
    },
  }
}

function sizeOf(entry: Entry): number {
  if ('owners' in entry) return entry.owners.length
  return 'members' in entry ? entry.members.length : 1
}

const headOf = (tenant: string, { at, actor, request }: WriteContext) => ({
  tenant,
  at,
  actor,
  request,
})
