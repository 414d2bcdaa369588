/**
 * Finds out what became of a COMMIT whose answer was lost.
 *
 * The server remembers of each transaction how it ended, by a number the transaction asked for while
 * it ran. So it is asked, over another connection; doing the work again blindly might do it twice.
 * A transaction that is still open has not got the COMMIT, or waits for a standby; it is made to end.
 *
 * @module
 */

import { setTimeout as sleep } from 'node:timers/promises'
import { StoreUnavailable } from '../../store/store.ts'
import type { Connection, ServerIdentity } from './connection.ts'
import type { Pool } from './pool.ts'
import { Silence, translated, troubleOf } from './trouble.ts'

/** Milliseconds between two questions. */
const PAUSE = 50

/**
 * Whether a transaction was committed; `false` means that it did nothing.
 *
 * @param lost The connection it ran on.
 * @param until By `performance.now()`.
 * @throws {StoreUnavailable} when that could not be found out in time
 */
export async function wasCommitted(
  xid: string,
  lost: Connection,
  pool: Pool,
  until: number,
): Promise<boolean> {
  for (;;) {
    let problem: unknown
    try {
      const status = await statusOf(xid, lost, pool, until)
      if (status !== 'in progress') return status === 'committed'
      problem = new Silence()
    } catch (error) {
      if (error instanceof Silence) pool.distrust()
      if (troubleOf(error) !== 'lost') throw translated(error)
      problem = error
    }
    if (performance.now() + PAUSE >= until) throw translated(problem)
    await sleep(PAUSE)
  }
}

type Status = 'committed' | 'aborted' | 'in progress'

async function statusOf(xid: string, lost: Connection, pool: Pool, until: number): Promise<Status> {
  const connection = await pool.take(until)
  try {
    const isSame = connection.server.started === lost.server.started
    const ask = { sql: 'select pg_xact_status($1::xid8) as status', values: [xid] }
    const end = { sql: END, values: [lost.pid, xid] }
    const replies = await connection.send(isSame ? [end, ask] : [ask], until - performance.now())
    const [row] = (replies.at(-1)?.rows ?? []) as { readonly status: Status | null }[]
    const status = row?.status
    if (status === undefined || status === null) {
      throw new StoreUnavailable('the database no longer knows whether it committed')
    }
    // A standby that took over without having heard of it gives its number to another.
    if (status === 'committed' && !isSame && !continues(connection.server, lost.server)) {
      throw new StoreUnavailable('another server took over while a commit was on its way')
    }
    return status
  } catch (error) {
    // "transaction ID is in the future": this server never heard of it.
    if ((error as { readonly code?: string }).code === '22023') return 'aborted'
    throw error
  } finally {
    pool.give(connection)
  }
}

// Unless the process serves another transaction by now.
const END = `select pg_terminate_backend(pid) from pg_stat_activity
  where pid = $1::int and backend_xid = ($2::xid8)::xid`

const continues = (now: ServerIdentity, before: ServerIdentity) =>
  now.timeline !== undefined && now.timeline === before.timeline
