/**
 * Connections to share: at most so many, opened when needed, closed when idle for long.
 *
 * Whoever finds a connection silent says so with {@link Pool.distrust}: those that lie idle went the
 * same way to the server, and finding out one by one would cost each finder its patience.
 *
 * @module
 */

import { Connection, type ConnectionOptions } from './connection.ts'
import { ConnectionLost, NoConnection } from './trouble.ts'

/** Milliseconds a connection may lie idle. */
const IDLE = 60_000

interface Waiting {
  readonly take: (connection: Connection) => void
  readonly fail: (reason: unknown) => void
}

export class Pool {
  readonly #options: ConnectionOptions
  readonly #size: number
  readonly #idle: { readonly connection: Connection; readonly since: number }[] = []
  readonly #taken = new Set<Connection>()
  #opening = 0
  #waiting: Waiting[] = []
  #closed = false
  readonly #sweep: NodeJS.Timeout

  constructor(options: ConnectionOptions, size: number) {
    this.#options = options
    this.#size = size
    this.#sweep = setInterval(() => this.#closeIdle(performance.now() - IDLE), IDLE / 2)
    this.#sweep.unref()
  }

  /**
   * A connection nobody else has, to be given back.
   *
   * @param until When to stop waiting, by `performance.now()`.
   * @throws {NoConnection} and what connecting throws
   */
  take(until: number): Promise<Connection> {
    if (this.#closed) return Promise.reject(new ConnectionLost('the database is closed'))
    for (let idle = this.#idle.pop(); idle !== undefined; idle = this.#idle.pop()) {
      if (!idle.connection.isUsable) continue
      this.#taken.add(idle.connection)
      return Promise.resolve(idle.connection)
    }
    return new Promise((resolve, reject) => {
      const waiting: Waiting = {
        take: (connection) => {
          clearTimeout(timer)
          resolve(connection)
        },
        fail: (reason) => {
          clearTimeout(timer)
          reject(reason)
        },
      }
      const timer = setTimeout(
        () => {
          this.#waiting = this.#waiting.filter((one) => one !== waiting)
          reject(new NoConnection())
        },
        Math.max(1, until - performance.now()),
      )
      this.#waiting.push(waiting)
      this.#open()
    })
  }

  /** Connects before anybody asks. */
  warm(): void {
    if (this.#idle.length + this.#taken.size + this.#opening === 0) void this.#openOne()
  }

  /** Gives a connection back, whatever became of it. */
  give(connection: Connection): void {
    this.#taken.delete(connection)
    if (!connection.isUsable || this.#closed) {
      connection.destroy()
      this.#open()
      return
    }
    connection.refresh()
    this.#hand(connection)
  }

  /** Drops every connection that lies idle. */
  distrust(): void {
    for (const { connection } of this.#idle.splice(0)) connection.destroy()
  }

  /** Closes all of them; those in use when they come back. */
  async close(): Promise<void> {
    this.#closed = true
    clearInterval(this.#sweep)
    for (const { fail } of this.#waiting.splice(0))
      fail(new ConnectionLost('the database is closed'))
    const idle = this.#idle.splice(0)
    await Promise.all(idle.map(({ connection }) => connection.close().catch(() => undefined)))
  }

  // As many as wait, but no more than there may be.
  #open(): void {
    const free = this.#size - this.#taken.size - this.#idle.length - this.#opening
    const wanted = Math.min(free, this.#waiting.length - this.#opening)
    for (let count = 0; count < wanted; count++) void this.#openOne()
  }

  async #openOne(): Promise<void> {
    this.#opening += 1
    let connection: Connection
    try {
      connection = await Connection.open(this.#options)
    } catch (error) {
      this.#opening -= 1
      // Whoever waits longest is told, and tries again as long as it likes.
      this.#waiting.shift()?.fail(error)
      return
    }
    this.#opening -= 1
    connection.onEnd = () => this.#forget(connection)
    if (this.#closed) connection.destroy()
    else this.#hand(connection)
  }

  #hand(connection: Connection): void {
    const waiting = this.#waiting.shift()
    if (waiting === undefined) {
      this.#idle.push({ connection, since: performance.now() })
      return
    }
    this.#taken.add(connection)
    waiting.take(connection)
  }

  #forget(connection: Connection): void {
    const at = this.#idle.findIndex((one) => one.connection === connection)
    if (at >= 0) this.#idle.splice(at, 1)
  }

  #closeIdle(before: number): void {
    while (this.#idle[0] !== undefined && this.#idle[0].since < before) {
      void this.#idle
        .shift()
        ?.connection.close()
        .catch(() => undefined)
    }
  }
}
