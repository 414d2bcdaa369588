/**
 * What the journal forgets, and in which steps: some thousand rows at a time, so that nobody who
 * appends waits for long.
 *
 * @module
 */

import type { Journal } from '../../store/journal.ts'
import { PLACES } from './journal-place.ts'
import type { Spelling } from './spelling.ts'
import { sql } from './sql.ts'
import { slot } from './statement.ts'
import type { Executor } from './tenant-store.ts'
import { one, rows, run } from './work.ts'

const STEP = 5_000
/** Places that are added up together: those of a minute, of a millisecond, and each. */
const UNITS = [60_000 * PLACES, PLACES, 1]
/** Beyond every place. */
const END = Number.MAX_SAFE_INTEGER
/** The part of the journal that requests of nobody may take: whoever has no key fills no more. */
const NOBODY = 0.1

export function journalSweep(
  spelling: Spelling,
  { read, write }: Pick<Executor, 'read' | 'write'>,
): Journal['sweep'] {
  const [tenant, seq] = [slot('tenant'), slot('seq')]
  const step = spelling.compile<{ readonly seq: number | null }>(sql`
    select max(s.seq) as seq from (
      select r.seq from requests r where r.tenant = ${tenant} and r.seq < ${seq}
      order by r.seq ${spelling.limit(slot('limit'))}) s`)
  const forget = spelling.compile(
    sql`delete from requests where tenant = ${tenant} and seq <= ${seq}`,
  )
  const forgetContents = spelling.compile(
    sql`delete from request_contents where tenant = ${tenant} and seq <= ${seq}`,
  )
  const forgetCounts = spelling.compile(
    sql`delete from request_minutes where minute < ${slot('before')} and unkept = 0`,
  )
  const forgetUnkept = spelling.compile(
    sql`delete from request_minutes where tenant = ${tenant} and minute < ${slot('before')}`,
  )
  const note = spelling.compile(sql`
    insert into request_forgotten (tenant, below) values (${tenant}, ${seq})
    on conflict (tenant) do update set below = excluded.below`)
  const forgetNote = spelling.compile(
    sql`delete from request_forgotten where tenant = ${tenant} and below <= ${seq}`,
  )
  const forgetAgents = spelling.compile(sql`
    delete from request_agents where tenant = ${tenant} and id not in (
      select r.agent from requests r where r.tenant = ${tenant} and r.agent is not null)`)
  const sizes = spelling.compile<{ readonly tenant: string; readonly bytes: number }>(
    sql`select tenant, cast(sum(bytes) as bigint) as bytes from requests group by tenant`,
  )
  const units = UNITS.map((places) => ({
    places,
    // Whole numbers in both databases: a remainder is taken away first.
    statement: spelling.compile<{ readonly first: number; readonly bytes: number }>(sql`
      select s.first, cast(sum(s.bytes) as bigint) as bytes from (
        select r.seq - r.seq % ${sql.raw(String(places))} as first, r.bytes from requests r
        where r.tenant = ${tenant} and r.seq >= ${slot('from')} and r.seq < ${slot('to')}) s
      group by s.first order by s.first`),
  }))

  async function forgetBefore(owner: string, before: number): Promise<void> {
    let forgotten = 0
    for (;;) {
      const values = { tenant: owner, seq: before, limit: STEP }
      const found = await read(() => one(step, values))
      if (found === undefined || found.seq === null) break
      const until = { tenant: owner, seq: found.seq }
      forgotten += await write(function* () {
        yield* run(forgetContents, until)
        return yield* run(forget, until)
      })
    }
    if (forgotten > 0) await write(() => run(forgetAgents, { tenant: owner }))
  }

  // The place below which a tenant has too much. It is found to the row: what came in one minute may be all
  // there is, and the newest of it is what somebody looks for.
  async function excess(owner: string, most: number): Promise<number> {
    let [from, to] = [0, END]
    let left: number | undefined
    for (const { places, statement } of units) {
      const found = await read(() => rows(statement, { tenant: owner, from, to }))
      left ??= found.reduce((sum, { bytes }) => sum + bytes, 0)
      if (left <= most) return from
      for (const { first, bytes } of found) {
        ;[from, to] = [first, first + places]
        if (left - bytes <= most) break
        left -= bytes
      }
    }
    return to
  }

  return async (limits) => {
    for (const { tenant, before } of limits.tenants) {
      const seq = before * PLACES
      await forgetBefore(tenant, seq)
      // By now they would be forgotten for their age.
      await write(() => run(forgetNote, { tenant, seq }))
    }
    const takes = await read(() => rows(sizes, {}))
    const most = limits.bytes * NOBODY
    const share = shareOf(
      takes.map(({ tenant, bytes }) => (tenant === '' ? Math.min(bytes, most) : bytes)),
      limits.bytes,
    )
    for (const { tenant, bytes } of takes) {
      const own = tenant === '' ? Math.min(share, most) : share
      if (bytes <= own) continue
      const seq = await excess(tenant, own)
      await write(() => run(note, { tenant, seq }))
      await forgetBefore(tenant, seq)
    }
    await write(() => run(forgetCounts, { before: limits.counts }))
    for (const { tenant, before } of limits.tenants) {
      await write(() => run(forgetUnkept, { tenant, before: Math.min(before, limits.counts) }))
    }
  }
}

/**
 * What each may take of so much: who takes less than an equal part leaves the rest of it to the others, and
 * loses nothing, whatever the others fill.
 */
function shareOf(takes: readonly number[], most: number): number {
  let left = most
  for (const [index, bytes] of takes.toSorted((a, b) => a - b).entries()) {
    const share = left / (takes.length - index)
    if (bytes > share) return share
    left -= bytes
  }
  return Number.POSITIVE_INFINITY
}
