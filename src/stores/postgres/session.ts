/**
 * A connection in the hands of one piece of work, with at most one transaction on it.
 *
 * BEGIN travels with the first statements, and what ends a transaction nobody has to wait for goes
 * out while its result is already on its way: the connection is given back when the server is done.
 *
 * @module
 */

import type { Call, Work } from '../sql/work.ts'
import type { Connection, Reply } from './connection.ts'
import type { Pool } from './pool.ts'
import { Silence } from './trouble.ts'

export type Bare = Pick<Call, 'sql' | 'values'>

export const bare = (sql: string): Bare => ({ sql, values: [] })

export const SNAPSHOT = [bare('begin isolation level repeatable read read only')]

/** Carries out work in the transaction that is open. */
export async function readOn<T>(session: Session, work: Work<T>): Promise<T> {
  let step = work.next()
  while (!step.done) step = work.next(await session.send(step.value))
  return step.value
}

export class Session {
  readonly connection: Connection
  /** When the work has to be done, by `performance.now()`. */
  readonly until: number
  readonly #pool: Pool
  readonly #patience: number
  #opening: readonly Bare[] = []
  #isOpen = false
  #ending: Promise<unknown> | undefined
  #isGiven = false

  private constructor(pool: Pool, connection: Connection, until: number, patience: number) {
    this.#pool = pool
    this.connection = connection
    this.until = until
    this.#patience = patience
  }

  /** Runs `work` on a connection of the pool. */
  static async run<T>(
    pool: Pool,
    limits: { readonly until: number; readonly patience: number },
    work: (session: Session) => Promise<T>,
  ): Promise<T> {
    const session = await Session.take(pool, limits, limits.until)
    try {
      return await work(session)
    } finally {
      session.release()
    }
  }

  /** One that is to be released. @param wait How long it may take to get a connection. */
  static async take(
    pool: Pool,
    { until, patience }: { readonly until: number; readonly patience: number },
    wait: number,
  ): Promise<Session> {
    return new Session(pool, await pool.take(wait), until, patience)
  }

  /** Whether the connection was given back. */
  get isOver(): boolean {
    return this.#isGiven
  }

  /** Opens a transaction with these statements, as soon as there is another to be sent. */
  begin(opening: readonly Bare[]): void {
    this.#opening = opening
  }

  /** Sends statements, to be answered in order. */
  async send(calls: readonly Bare[]): Promise<Reply[]> {
    const opening = this.#opening
    this.#opening = []
    this.#isOpen ||= opening.length > 0
    const replies = await this.#send([...opening, ...calls])
    return replies.slice(opening.length)
  }

  /** Ends the transaction, if one was opened, without waiting for it. */
  end(how: 'commit' | 'rollback'): void {
    this.#opening = []
    if (!this.#isOpen) return
    this.#isOpen = false
    this.#ending = this.#send([bare(how)])
    this.#ending.catch(() => this.connection.destroy())
  }

  /** Commits with a last batch, and waits. Whether it says so is the caller's to read. */
  async commit(calls: readonly Bare[]): Promise<Reply[]> {
    const replies = await this.send([...calls, bare('commit')])
    this.#isOpen = false
    return replies
  }

  /** Gives the connection back, when the server is done with it. */
  release(): void {
    this.end('rollback')
    if (this.#ending === undefined) this.#give()
    else this.#ending.finally(() => this.#give()).catch(() => undefined)
  }

  /** Ends the connection at once, and makes room for another. */
  drop(): void {
    this.connection.destroy()
    this.#isOpen = false
    this.#give()
  }

  #send(calls: readonly Bare[]): Promise<Reply[]> {
    const left = Math.min(this.#patience, this.until - performance.now())
    return left > 0 ? this.connection.send(calls, left) : Promise.reject(new Silence())
  }

  #give(): void {
    if (this.#isGiven) return
    this.#isGiven = true
    this.#pool.give(this.connection)
  }
}
