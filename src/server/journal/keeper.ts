/**
 * The thread that keeps, and another one when it has ended by itself: at once the first time, then after
 * pauses that grow. What was in it is lost, and said to be; what comes meanwhile waits.
 *
 * @module
 */

import type { Worker } from 'node:worker_threads'
import { StoreUnavailable } from '../../store/store.ts'
import { errorOf } from '../../store/told.ts'
import { Sums } from './batch.ts'
import type { Sent } from './keeping.ts'
import type { Asked, FromThread } from './thread.ts'
import { Thread } from './thread-handle.ts'

/** Requests that go together, and whose they are. */
export interface Load extends Sent {
  /** When the first of them came. */
  readonly at: number
  /** How many of each tenant's were to be kept; '' is nobody's. */
  readonly tenants: ReadonlyMap<string, number>
}

/** Milliseconds until one that has ended is started again: at first, and at most. */
export const PAUSE = { first: 1_000, most: 60_000 }
/** Minutes of tenants whose losses are known apart. */
const MOST_LOST = 10_000

export interface KeeperOptions {
  readonly start: () => Worker
  /** Told when requests were lost, and when the thread has ended; then perhaps of none. */
  readonly lost: (count: number, why: Error) => void
  /** Told of rooms that are free again. */
  readonly freed?: (rooms: readonly ArrayBuffer[]) => void
  /** Told when nothing is under way any more. */
  readonly settled?: () => void
  readonly pause?: typeof PAUSE
}

export class Keeper {
  readonly #options: KeeperOptions
  #thread: Thread
  #isOpen = false
  #isClosing = false
  #timer: NodeJS.Timeout | undefined
  #pause = 0
  /** Why the last thread has ended. */
  #ended: Error | undefined
  /** In the thread, and not yet there. */
  #given: Load[] = []
  #waiting: Load[] = []
  readonly #losses = new Sums(MOST_LOST)
  #requests = 0
  #bytes = 0

  constructor(options: KeeperOptions) {
    this.#options = options
    this.#thread = this.#started()
  }

  /** How many requests and bytes are under way. */
  get requests(): number {
    return this.#requests
  }

  get bytes(): number {
    return this.#bytes
  }

  /** Rejects when it could not be opened. */
  get opened(): Promise<void> {
    return this.#thread.opened
  }

  ask<T>(what: Asked, ...values: unknown[]): Promise<T> {
    return this.#thread.ask(what, ...values)
  }

  take(load: Load): void {
    this.#requests += load.count
    this.#bytes += load.size
    if (this.#isOpen) {
      this.#waiting.push(load)
      this.#give()
      return
    }
    // It may wait for long, and in no more room than it needs.
    this.#waiting.push({ ...load, room: load.room.slice(0, load.size) })
    this.#options.freed?.([load.room])
  }

  /** Notes what never came this far. */
  miss(tenant: string, at: number): void {
    this.#losses.add({ tenant, key: '', at }, { requests: 1, unkept: 1 })
  }

  /** Ends it once all is kept, or after so many milliseconds; what is not kept then is lost, and told. */
  async close(patience: number): Promise<void> {
    this.#isClosing = true
    clearTimeout(this.#timer)
    if (this.#thread.isGone && this.#waiting.length > 0) this.#thread = this.#started()
    if (!this.#thread.isGone) this.#give()
    const isDone = await this.#thread.close(patience)
    const late = new StoreUnavailable('there was no time left')
    const left = [...this.#given.splice(0), ...this.#waiting.splice(0)]
    this.#lose(left, isDone ? (this.#ended ?? late) : late)
  }

  #started(): Thread {
    return new Thread(this.#options.start(), {
      opened: () => {
        this.#isOpen = true
        this.#give()
      },
      kept: (message) => this.#kept(message),
      gone: (why) => this.#gone(why),
    })
  }

  #give(): void {
    if (this.#losses.size > 0) {
      this.#thread.post({ kind: 'lost', counts: this.#losses.all() })
      this.#losses.clear()
    }
    for (const load of this.#waiting.splice(0)) {
      const { count, room, size, storm } = load
      this.#thread.post({ kind: 'requests', count, room, size, ...(storm && { storm }) }, [room])
      this.#given.push(load)
    }
  }

  #kept({ messages, rooms, lost, why }: Extract<FromThread, { kind: 'kept' }>): void {
    this.#pause = 0
    this.#options.freed?.(rooms)
    if (lost > 0) this.#options.lost(lost, why ? errorOf(why) : new Error('unknown'))
    this.#done(this.#given.splice(0, messages))
  }

  #gone(why: Error): void {
    this.#isOpen = false
    this.#ended = why
    if (this.#isClosing) return
    const given = this.#given.splice(0)
    if (given.length === 0) this.#options.lost(0, why)
    this.#lose(given, why)
    this.#timer = setTimeout(() => {
      this.#thread = this.#started()
    }, this.#pause)
    this.#timer.unref()
    const { first, most } = this.#options.pause ?? PAUSE
    this.#pause = Math.min(Math.max(first, this.#pause * 2), most)
  }

  #lose(loads: readonly Load[], why: Error): void {
    const count = loads.reduce((sum, load) => sum + load.count, 0)
    if (count === 0) return
    for (const { at, tenants } of loads) {
      for (const [tenant, requests] of tenants) {
        this.#losses.add({ tenant, key: '', at }, { requests, unkept: requests })
      }
    }
    this.#options.lost(count, why)
    this.#done(loads)
  }

  #done(loads: readonly Load[]): void {
    for (const { count, size } of loads) {
      this.#requests -= count
      this.#bytes -= size
    }
    if (this.#requests === 0) this.#options.settled?.()
  }
}
