/**
 * Runs work on PostgreSQL, each piece within a deadline, whatever happens on the way.
 *
 * A read sees one state: a snapshot, unless it is a single statement, which is one by itself. A write
 * is READ COMMITTED and locks what it decides on. Work that met another's transaction, or lost its
 * connection before COMMIT was sent, has done nothing and begins again; what becomes of a COMMIT
 * whose answer was lost is found out in commit.ts.
 *
 * @module
 */

import { setTimeout as sleep } from 'node:timers/promises'
import { QueryTimeout, requireWaiting } from '../../store/store.ts'
import type { Near } from '../sql/plan.ts'
import { carryOut, type Known, type Outcome, type SearchTables } from '../sql/search.ts'
import { Shares } from '../sql/shares.ts'
import type { Executor, LongSearch } from '../sql/tenant-store.ts'
import type { Answer, Call, Work } from '../sql/work.ts'
import { wasCommitted } from './commit.ts'
import type { Reply } from './connection.ts'
import type { Pool } from './pool.ts'
import { type Bare, bare, readOn, Session, SNAPSHOT } from './session.ts'
import { SHARE, takeSnapshot } from './snapshots.ts'
import { ConnectionLost, Silence, translated, troubleOf } from './trouble.ts'

export interface Deadlines {
  /** Milliseconds for a read or a write, waiting and trying again included. */
  readonly work: number
  /** Milliseconds for a query that scans. */
  readonly scan: number
}

/** How long a statement of ordinary work may run before the server itself ends it. */
export const statementTimeout = (deadline: number) => Math.ceil(deadline * 0.5)
/** How long the server may be silent: longer than that, and there is time to try once more. */
const patienceOf = (deadline: number) => Math.ceil(deadline * 0.6)
/** What a scan's last answer may take to arrive, in milliseconds. */
const GRACE = 1_000
/** Rounds on one piece of work that others keep in the way of. */
const ROUNDS = 20

const WRITING = [
  bare('begin isolation level read committed read write'),
  bare('select pg_current_xact_id()::text as xid'),
]

/** For ordinary work, for queries that scan, and for long lists. */
export type Pools = Readonly<Record<'work' | 'scan' | 'lists', Pool>>

export function executor(
  pools: Pools,
  tables: SearchTables,
  deadlines: Deadlines,
  near: Near,
): Executor {
  const continued = new Set<string>()
  const patience = patienceOf(deadlines.work)
  const limits = (): Limits => ({ until: performance.now() + deadlines.work, patience })

  async function scan(
    { plan }: LongSearch,
    known: Known | undefined,
    signal: AbortSignal | undefined,
  ): Promise<Outcome> {
    const until = performance.now() + deadlines.scan
    const longer = { until: until + GRACE, patience: deadlines.scan + GRACE }
    const planned = plan()
    try {
      const outcome = await attempts(pools.scan, longer, (session) => {
        requireWaiting(signal)
        const left = Math.max(1, Math.floor(until - performance.now()))
        const work = () =>
          readInSnapshot(session, carryOut(planned, tables, known), [timeout(left)])
        return cancellable(session, signal, pools.work, work)
      })
      if (outcome !== undefined) return outcome
    } catch (error) {
      requireWaiting(signal)
      if (performance.now() < until && troubleOf((error as Error).cause) !== 'late') throw error
    }
    throw new QueryTimeout()
  }

  const shares = new Shares(SHARE)
  return {
    read: (work) => attempts(pools.work, limits(), (session) => read(session, work, continued)),
    write: (work) =>
      attempts(pools.work, limits(), (session) => write(session, work(), pools.work)),
    snapshot: (tenant) =>
      shares.take(tenant, () => persevering(pools.lists, limits(), takeSnapshot)),
    near,
    scan,
  }
}

interface Limits {
  /** By `performance.now()`. */
  readonly until: number
  /** Milliseconds for one batch of statements. */
  readonly patience: number
}

const attempts = <T>(pool: Pool, limits: Limits, attempt: (session: Session) => Promise<T>) =>
  persevering(pool, limits, () => Session.run(pool, limits, attempt))

/** Tries until it succeeds, must fail, or has no time left. */
async function persevering<T>(
  pool: Pool,
  limits: Limits,
  attempt: (pool: Pool, limits: Limits) => Promise<T>,
): Promise<T> {
  for (let round = 1; ; round++) {
    try {
      return await attempt(pool, limits)
    } catch (error) {
      const trouble = troubleOf(error)
      if (error instanceof Silence) pool.distrust()
      const pause = Math.random() * Math.min(400, 10 * 2 ** round)
      const isPassing = trouble === 'lost' || (trouble === 'again' && round < ROUNDS)
      if (!isPassing || performance.now() + pause >= limits.until) throw translated(error)
      await sleep(pause)
    }
  }
}

// Most reads are one statement, and that is a state by itself. Which ones go on is remembered, so that
// it is found out once.
async function read<T>(session: Session, work: () => Work<T>, continued: Set<string>): Promise<T> {
  const run = work()
  const step = run.next()
  if (step.done) return step.value
  const [call, another] = step.value
  const isOne = call !== undefined && another === undefined
  if (!isOne || (call.alone !== true && continued.has(call.sql))) {
    return await readInSnapshot(session, work(), [])
  }
  const next = run.next(await session.send([call]))
  if (next.done) return next.value
  continued.add(call.sql)
  return await readInSnapshot(session, work(), [])
}

async function readInSnapshot<T>(
  session: Session,
  work: Work<T>,
  before: readonly Bare[],
): Promise<T> {
  session.begin([...SNAPSHOT, ...before])
  const value = await readOn(session, work)
  session.end('commit')
  return value
}

async function write<T>(session: Session, work: Work<T>, pool: Pool): Promise<T> {
  const [begin, number] = WRITING as [Bare, Bare]
  session.begin([begin])
  let xid: string | undefined
  let hasWritten = false
  const send = async (calls: readonly Bare[]): Promise<Reply[]> => {
    if (xid !== undefined) return await session.send(calls)
    // Its number has to be known before its end can be in doubt.
    const [first, ...replies] = await session.send([number, ...calls])
    xid = (first as XidReply).rows[0].xid
    return replies
  }

  const putOff: Call[] = []
  let step = work.next()
  while (!step.done) {
    const now = step.value.filter(({ last }) => last !== true)
    putOff.push(...step.value.filter(({ last }) => last === true))
    const replies = now.length > 0 ? await send(now) : []
    hasWritten ||= replies.some(isWrite)
    const given = replies.values()
    step = work.next(
      step.value.map(({ last }): Answer => (last ? UNSEEN : (given.next().value ?? UNSEEN))),
    )
  }
  // What wrote nothing ends with the session.
  if (putOff.length === 0 && !hasWritten) return step.value
  if (xid === undefined) await send([])
  if (await committed(session, putOff, xid ?? '', pool)) return step.value
  throw new ConnectionLost('the connection ended before the commit')
}

type XidReply = Reply & { readonly rows: readonly [{ readonly xid: string }] }
const UNSEEN: Answer = { rows: [], changes: 0 }
const isWrite = ({ command, changes }: Reply) => command !== 'SELECT' && changes > 0

async function committed(
  session: Session,
  calls: readonly Call[],
  xid: string,
  pool: Pool,
): Promise<boolean> {
  try {
    const replies = await session.commit(calls)
    return replies.at(-1)?.command === 'COMMIT'
  } catch (error) {
    if (troubleOf(error) !== 'lost') throw error
    session.drop()
    return await wasCommitted(xid, session.connection, pool, session.until)
  }
}

const timeout = (milliseconds: number): Bare => ({
  sql: `select set_config('statement_timeout', $1, true)`,
  values: [String(milliseconds)],
})

// Ends what the server does for a reader who has left, and waits until nothing else can be hit.
async function cancellable<T>(
  session: Session,
  signal: AbortSignal | undefined,
  pool: Pool,
  work: () => Promise<T>,
): Promise<T> {
  let cancelling: Promise<unknown> | undefined
  const { until, connection } = session
  const cancel = () => {
    const call = { sql: 'select pg_cancel_backend($1)', values: [connection.pid] }
    const limits = { until, patience: until - performance.now() }
    cancelling = Session.run(pool, limits, (other) => other.send([call])).catch(() =>
      session.drop(),
    )
  }
  signal?.addEventListener('abort', cancel, { once: true })
  try {
    return await work()
  } finally {
    signal?.removeEventListener('abort', cancel)
    await cancelling
  }
}
