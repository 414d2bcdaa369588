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
/** Places of a minute. */
const MINUTE = 60_000 * PLACES

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
    sql`delete from request_minutes where minute < ${slot('before')}`,
  )
  const forgetAgents = spelling.compile(sql`
    delete from request_agents where tenant = ${tenant} and id not in (
      select r.agent from requests r where r.tenant = ${tenant} and r.agent is not null)`)
  const tenants = spelling.compile<{ readonly tenant: string }>(
    sql`select distinct tenant from requests`,
  )
  // Whole numbers in both databases: a remainder is taken away first.
  const sizes = spelling.compile<{ readonly minute: number; readonly bytes: number }>(sql`
    select s.minute, cast(sum(s.bytes) as bigint) as bytes from (
      select r.seq - r.seq % ${sql.raw(String(MINUTE))} as minute, r.bytes from requests r) s
    group by s.minute order by s.minute`)

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

  return async (limits) => {
    for (const { tenant, before } of limits.tenants) await forgetBefore(tenant, before * PLACES)
    const all = await read(() => rows(sizes, {}))
    let left = all.reduce((sum, { bytes }) => sum + bytes, 0)
    const kept = all.find(({ bytes }) => {
      if (left <= limits.bytes) return true
      left -= bytes
      return false
    })
    const last = all.at(-1)
    const before = kept?.minute ?? (last === undefined ? 0 : last.minute + MINUTE)
    if (before > (all[0]?.minute ?? before)) {
      const owners = await read(() => rows(tenants, {}))
      for (const { tenant } of owners) await forgetBefore(tenant, before)
    }
    await write(() => run(forgetCounts, { before: limits.counts }))
  }
}
