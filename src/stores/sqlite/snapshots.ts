/**
 * Connections that each hold one state of the file open, for whoever reads long lists slowly.
 *
 * Not many of them: while one is open, the write-ahead log cannot be taken back into the file. So there
 * is a queue, and one that is held too long is taken away from its reader.
 *
 * @module
 */

import { StoreBusy, StoreUnavailable } from '../../store/store.ts'
import type { Snapshot } from '../sql/streams.ts'
import type { Connection } from './connection.ts'

const CONNECTIONS = 16
/** For one tenant, at most. */
export const SHARE = 8
/** Who comes when so many wait would wait in vain. */
const WAITING = 64
/** Milliseconds a snapshot may be held. */
const LIFETIME = 60_000

export class Snapshots {
  readonly #open: () => Connection
  readonly #idle: Connection[] = []
  readonly #held = new Set<Connection>()
  readonly #waiting: ((connection: Connection) => void)[] = []

  constructor(open: () => Connection) {
    this.#open = open
  }

  /** @throws {StoreUnavailable} */
  async take(): Promise<Snapshot> {
    const connection = await this.#turn()
    connection.exec('begin')
    let isOver = false
    const end = async () => {
      if (isOver) return
      isOver = true
      clearTimeout(timer)
      if (connection.inTransaction) connection.exec('rollback')
      this.#release(connection)
    }
    const timer = setTimeout(end, LIFETIME)
    timer.unref()
    return {
      end,
      async read(work) {
        if (isOver) throw new StoreUnavailable('the list was read too slowly')
        return connection.perform(work())
      },
    }
  }

  close(): void {
    for (const connection of [...this.#idle, ...this.#held]) connection.close()
  }

  async #turn(): Promise<Connection> {
    const idle = this.#idle.pop()
    if (idle !== undefined || this.#held.size < CONNECTIONS) {
      const connection = idle ?? this.#open()
      this.#held.add(connection)
      return connection
    }
    if (this.#waiting.length >= WAITING)
      throw new StoreBusy('too many long lists are being read at once')
    return await new Promise((resolve) => this.#waiting.push(resolve))
  }

  #release(connection: Connection): void {
    const next = this.#waiting.shift()
    if (next === undefined) {
      this.#held.delete(connection)
      this.#idle.push(connection)
    } else {
      next(connection)
    }
  }
}
