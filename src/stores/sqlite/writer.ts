/**
 * The one connection that writes, in groups.
 *
 * Everything that waits when the turn comes is written in one transaction, each piece in a savepoint
 * of its own, so that a thousand small writes cost the disk one flush and one that fails takes
 * nobody along. Nobody hears of success, or of a failure that may rest on a neighbour's write,
 * before the commit has returned.
 *
 * A lock of another process is waited for without holding up the thread.
 *
 * @module
 */

import { setTimeout as sleep, setImmediate as turn } from 'node:timers/promises'
import { StoreUnavailable, Unwritable } from '../../store/store.ts'
import { type Answer, type Call, perform, type Work } from '../sql/work.ts'
import { type Connection, isLocked, reasonAgainstWriting } from './connection.ts'

/** Milliseconds a group may hold up the thread before it commits what it has. */
const TURN = 8
/** The same for a tool that fills a database and serves nobody. */
export const BULK_TURN = 500
/** Turns that bring nobody, until a group is complete, and milliseconds it may take. */
const QUIET = 3
const GATHERING = 4
/** Milliseconds another process may hold the lock. */
const PATIENCE = 5_000

/** Milliseconds from one look whether there is room again to the next: anybody may ask for it. */
const BETWEEN_LOOKS = 1_000

/** As much as the longest resource takes; it is on the disk once this commits, and nothing stays of it. */
function* room(): Work<void> {
  const run = { values: [], want: 'run' } as const
  yield [
    { ...run, sql: `insert into secrets (name, value) values ('room', hex(zeroblob(500000)))` },
    { ...run, sql: `delete from secrets where name = 'room'` },
  ]
}

interface Job {
  readonly work: () => Work<unknown>
  readonly resolve: (value: unknown) => void
  readonly reject: (reason: unknown) => void
}

export interface WriterOptions {
  /** Milliseconds a group may take; 8 unless told. */
  readonly turn?: number
  /** Told after each commit how many rows it changed. */
  readonly committed?: (rows: number) => void
}

export class Writer {
  readonly #connection: Connection
  readonly #turn: number
  readonly #committed: WriterOptions['committed']
  /** Written since the last commit. */
  #rows = 0
  #waiting: Job[] = []
  #running: Promise<void> | undefined
  #closed = false
  /** Why a write failed, until there is room again. */
  #trouble: Unwritable | undefined
  #looked = 0
  #looking: Promise<void> | undefined

  /** @param connection One that does not wait for locks itself. */
  constructor(connection: Connection, { turn = TURN, committed }: WriterOptions = {}) {
    this.#connection = connection
    this.#turn = turn
    this.#committed = committed
  }

  /** Resolves once the work is on stable storage; what it throws undoes it alone. */
  write<T>(work: () => Work<T>): Promise<T> {
    if (this.#closed) return Promise.reject(new StoreUnavailable('the database is closed'))
    return new Promise((resolve, reject) => {
      this.#waiting.push({ work, resolve: resolve as Job['resolve'], reject })
      this.#running ??= this.#run()
    })
  }

  /**
   * Rejects when nothing can be written now: with {@link Unwritable} from the moment the disk refused
   * something, until it has taken as much as any write may need. Only meanwhile does this write.
   */
  async ready(): Promise<void> {
    if (this.#trouble === undefined) return await this.write(function* () {})
    this.#looking ??= this.#look().finally(() => {
      this.#looking = undefined
    })
    await this.#looking
    if (this.#trouble !== undefined) throw this.#trouble
  }

  async #look(): Promise<void> {
    if (performance.now() - this.#looked < BETWEEN_LOOKS) return
    try {
      await this.write(room)
      this.#trouble = undefined
    } catch (error) {
      this.#note(error)
    }
    this.#looked = performance.now()
  }

  #note(error: unknown): void {
    const reason = reasonAgainstWriting(error)
    if (reason !== undefined) this.#trouble = new Unwritable(reason, { cause: error })
  }

  /** Writes what waits, and nothing that comes later. */
  async drain(): Promise<void> {
    this.#closed = true
    await this.#running
  }

  /** Takes the log back into the file, unless others are using it, and lets the connection go. */
  close(): void {
    try {
      // Most of it while others may write.
      this.#connection.query('pragma wal_checkpoint(passive)')
      this.#connection.query('pragma wal_checkpoint(truncate)')
    } catch {
      // What is in the log is safe there.
    }
    this.#connection.close()
  }

  async #run(): Promise<void> {
    while (this.#waiting.length > 0) {
      await this.#gather()
      try {
        await this.#begin()
      } catch (error) {
        this.#note(error)
        for (const { reject } of this.#waiting.splice(0)) reject(error)
        continue
      }
      this.#group()
    }
    // At once, not in a promise's turn: a write that comes in between would wait for ever.
    this.#running = undefined
  }

  // Requests that arrive together are to be written together, and each takes some turns from its
  // arrival to here. So as long as turns bring others, one more is waited for.
  async #gather(): Promise<void> {
    const since = performance.now()
    let seen = 0
    for (let quiet = 0; quiet < QUIET; quiet++) {
      await turn()
      if (this.#waiting.length > seen) quiet = -1
      seen = this.#waiting.length
      if (performance.now() - since > GATHERING) return
    }
  }

  async #begin(): Promise<void> {
    const since = performance.now()
    for (let pause = 1; ; pause = Math.min(pause * 2, 50)) {
      try {
        return this.#step('begin immediate')
      } catch (error) {
        if (!isLocked(error) || performance.now() - since > PATIENCE) throw error
      }
      await sleep(pause)
    }
  }

  #group(): void {
    const since = performance.now()
    const settle: (() => void)[] = []
    const inGroup: Job[] = []
    try {
      do {
        const [job] = this.#waiting
        // What looks for room is no neighbour: it fails where less might have found some.
        if (job === undefined || (job.work === room && inGroup.length > 0)) break
        this.#waiting.shift()
        inGroup.push(job)
        settle.push(this.#one(job))
      } while (inGroup[0]?.work !== room && performance.now() - since < this.#turn)
      this.#step('commit')
    } catch (error) {
      this.#undo()
      this.#note(error)
      for (const { reject } of inGroup) reject(error)
      return
    }
    for (const one of settle) one()
    this.#committed?.(this.#rows)
    this.#rows = 0
  }

  /** What the job is to be told. Throws when the whole transaction is gone. */
  #one({ work, resolve, reject }: Job): () => void {
    this.#step('savepoint piece')
    try {
      const value = perform(work(), this.#answer)
      this.#step('release piece')
      return () => resolve(value)
    } catch (error) {
      // A full disk can make SQLite roll everything back.
      if (!this.#connection.inTransaction) throw error
      this.#step('rollback to piece')
      this.#step('release piece')
      this.#note(error)
      return () => reject(error)
    }
  }

  readonly #answer = (call: Call): Answer => {
    const answer = this.#connection.answer(call)
    this.#rows += answer.changes
    return answer
  }

  #undo(): void {
    try {
      if (this.#connection.inTransaction) this.#step('rollback')
    } catch {
      // The failure that is being reported says more.
    }
  }

  #step(sql: string): void {
    this.#connection.answer({ sql, values: [], want: 'run' })
  }
}
