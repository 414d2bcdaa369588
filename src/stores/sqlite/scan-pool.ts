/**
 * Threads for queries that scan, so that nobody's filter stops everybody's reads.
 *
 * One or two of them, so that a processor is left, started when first needed. A scan waits its turn,
 * and its deadline counts from when it was asked.
 *
 * @module
 */

import { availableParallelism } from 'node:os'
import { Worker } from 'node:worker_threads'
import { QueryTimeout, requireWaiting, StoreUnavailable } from '../../store/store.ts'
import { errorOf, told } from '../../store/told.ts'
import type { Known, Outcome } from '../sql/search.ts'
import type { ScanData, ScanReply, ScanRequest, Search } from './scan-worker.ts'

const THREADS = Math.min(2, Math.max(1, availableParallelism() - 1))
/** Scans that may wait; more of them would only wait in vain. */
const WAITING = 200

export class ScanPool {
  readonly #file: string
  readonly #milliseconds: number
  readonly #idle: Thread[] = []
  readonly #threads: Thread[] = []
  readonly #waiting: ((thread: Thread) => void)[] = []

  /** @param milliseconds How long a scan may take, waiting included. */
  constructor(file: string, milliseconds: number) {
    this.#file = file
    this.#milliseconds = milliseconds
  }

  /** @throws {QueryTimeout} @throws {StoreUnavailable} @throws {AbortError} once the signal fires */
  async scan(
    search: Search,
    known: Known | undefined,
    signal: AbortSignal | undefined,
  ): Promise<Outcome> {
    const until = performance.now() + this.#milliseconds
    const thread = await this.#turn()
    try {
      requireWaiting(signal)
      const left = until - performance.now()
      if (left <= 0) throw new QueryTimeout()
      return await thread.ask({ search, ...(known && { known }), milliseconds: left }, signal)
    } finally {
      this.#release(thread)
    }
  }

  async close(): Promise<void> {
    await Promise.all(this.#threads.splice(0).map((thread) => thread.close()))
  }

  async #turn(): Promise<Thread> {
    const idle = this.#idle.pop()
    if (idle !== undefined) return idle
    if (this.#threads.length < THREADS) {
      const thread = new Thread(this.#file)
      this.#threads.push(thread)
      return thread
    }
    if (this.#waiting.length >= WAITING) throw new StoreUnavailable('too many searches at once')
    return new Promise((resolve) => this.#waiting.push(resolve))
  }

  #release(thread: Thread): void {
    let next: Thread | undefined = thread
    if (thread.isGone) {
      const at = this.#threads.indexOf(thread)
      if (at >= 0) this.#threads.splice(at, 1)
      next = undefined
      if (this.#waiting.length > 0) {
        next = new Thread(this.#file)
        this.#threads.push(next)
      }
    }
    if (next === undefined) return
    const waiting = this.#waiting.shift()
    if (waiting === undefined) this.#idle.push(next)
    else waiting(next)
  }
}

class Thread {
  readonly #worker: Worker
  readonly #told: Int32Array<SharedArrayBuffer>
  #settle: ((reply: ScanReply) => void) | undefined
  isGone = false

  constructor(file: string) {
    const flag = new SharedArrayBuffer(4)
    this.#told = new Int32Array(flag)
    const extension = import.meta.url.endsWith('.ts') ? 'ts' : 'js'
    const data: ScanData = { file, flag }
    this.#worker = new Worker(new URL(`./scan-worker.${extension}`, import.meta.url), {
      workerData: data,
    })
    this.#worker.unref()
    this.#worker.on('message', (reply: ScanReply) => this.#settle?.(reply))
    this.#worker.on('error', (error) => this.#gone(error))
    this.#worker.on('exit', () => this.#gone(new StoreUnavailable('the thread has ended')))
  }

  async ask(request: ScanRequest, signal: AbortSignal | undefined): Promise<Outcome> {
    Atomics.store(this.#told, 0, 0)
    const stop = () => Atomics.store(this.#told, 0, 1)
    signal?.addEventListener('abort', stop, { once: true })
    const reply = await new Promise<ScanReply>((resolve) => {
      this.#settle = resolve
      this.#worker.ref()
      this.#worker.postMessage(request)
    })
    this.#settle = undefined
    this.#worker.unref()
    signal?.removeEventListener('abort', stop)
    if (reply.kind === 'done' && reply.outcome !== undefined) return reply.outcome
    requireWaiting(signal)
    if (reply.kind === 'failed') throw errorOf(reply.why)
    throw new QueryTimeout()
  }

  async close(): Promise<void> {
    await this.#worker.terminate()
  }

  #gone(error: unknown): void {
    this.isGone = true
    this.#settle?.({ kind: 'failed', why: told(error) })
  }
}
