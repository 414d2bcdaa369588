/**
 * The connection that reads: all reads of one turn of the event loop see one state of the database.
 *
 * Beginning to read costs SQLite as much as reading a row, in locks that it asks the system for. A turn
 * begins with the first read in it, so the state is newer than every request that the turn answers;
 * and one that has our own commits in it is begun before anybody hears of them ({@link renew}).
 *
 * @module
 */

import { perform, type Work } from '../sql/work.ts'
import type { Connection } from './connection.ts'

export class Reader {
  readonly #connection: Connection
  #commits = 0
  #turn: NodeJS.Immediate | undefined

  constructor(connection: Connection) {
    this.#connection = connection
  }

  read<T>(work: Work<T>): T {
    this.#begin()
    return perform(work, this.#connection.answer)
  }

  /** Another number once another connection has committed, of this process or any other. */
  commits(): number {
    this.#begin()
    return this.#commits
  }

  /** Ends the state that was read so far. */
  renew(): void {
    if (this.#connection.inTransaction) this.#connection.step('commit')
  }

  close(): void {
    clearImmediate(this.#turn)
    this.#connection.close()
  }

  #begin(): void {
    if (this.#connection.inTransaction) return
    this.#connection.step('begin')
    this.#commits = this.#connection.commits()
    this.#turn ??= setImmediate(() => {
      this.#turn = undefined
      this.renew()
    })
  }
}
