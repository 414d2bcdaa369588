/**
 * A thread of the journal as the one that serves sees it: what it is told and asked, and that it is gone.
 *
 * @module
 */

import { Worker } from 'node:worker_threads'
import { StoreUnavailable } from '../../store/store.ts'
import { errorOf } from '../../store/told.ts'
import type { DatabaseAddress } from '../config.ts'
import type { Asked, FromThread, ThreadData, ToThread } from './thread.ts'

/** Bytes that may be put aside, unless told. */
export const ASIDE = 512 * 1024 * 1024

/** Starts one. */
export function startThread(
  address: DatabaseAddress,
  role: ThreadData['role'],
  aside: number = ASIDE,
): Worker {
  const extension = import.meta.url.endsWith('.ts') ? 'ts' : 'js'
  const data: ThreadData = { address, role, aside }
  return new Worker(new URL(`./thread.${extension}`, import.meta.url), { workerData: data })
}

export interface Listening {
  kept?(message: Extract<FromThread, { kind: 'kept' }>): void
  opened?(): void
  /** Told once, of a thread that was not told to end, too. */
  gone?(why: Error): void
}

export class Thread {
  readonly #worker: Worker
  readonly #asked = new Map<
    number,
    { resolve: (value: never) => void; reject: (e: Error) => void }
  >()
  /** Rejects when it could not be opened. */
  readonly opened: Promise<void>
  #last = 0
  #isGone = false

  constructor(worker: Worker, listening: Listening = {}) {
    let open: { resolve: () => void; reject: (reason: Error) => void } | undefined
    this.opened = new Promise((resolve, reject) => {
      open = { resolve, reject }
    })
    // Whoever waits for it is told; nobody has to.
    this.opened.catch(() => undefined)
    let why: Error | undefined
    this.#worker = worker
    worker.unref()
    worker.on('message', (message: FromThread) => {
      if (message.kind === 'open') {
        open?.resolve()
        listening.opened?.()
      } else if (message.kind === 'answer') this.#take(message.id)?.resolve(message.value as never)
      else if (message.kind === 'failed') this.#take(message.id)?.reject(errorOf(message.why))
      else if (message.kind === 'shut') why = errorOf(message.why)
      else listening.kept?.(message)
    })
    worker.on('error', (error: Error) => {
      why = error
    })
    worker.on('exit', () => {
      this.#isGone = true
      const ended = new StoreUnavailable('the journal is closed', { cause: why })
      // Whoever asked what it died of is told as much: that is a fault, and no database that is away.
      const fault = why instanceof StoreUnavailable ? undefined : why
      for (const { reject } of this.#asked.values()) reject(fault ?? ended)
      this.#asked.clear()
      open?.reject(ended)
      listening.gone?.(why ?? ended)
    })
  }

  get isGone(): boolean {
    return this.#isGone
  }

  post(message: ToThread, given?: readonly ArrayBuffer[]): void {
    this.#worker.postMessage(message, given)
  }

  ask<T>(what: Asked, ...values: unknown[]): Promise<T> {
    if (this.#isGone) return Promise.reject(new StoreUnavailable('the journal is closed'))
    return new Promise((resolve, reject) => {
      const id = ++this.#last
      this.#asked.set(id, { resolve, reject })
      this.#worker.ref()
      this.post({ kind: 'ask', id, what, values })
    })
  }

  /** Resolves to whether it ended by itself, as one that waits for a database may not. */
  async close(patience: number): Promise<boolean> {
    if (this.#isGone) return true
    let isDone = true
    const timer = setTimeout(() => {
      isDone = false
      void this.#worker.terminate()
    }, patience)
    const ended = new Promise((resolve) => this.#worker.once('exit', resolve))
    this.#worker.ref()
    this.post({ kind: 'close' })
    await ended
    clearTimeout(timer)
    return isDone
  }

  #take(id: number) {
    const asked = this.#asked.get(id)
    this.#asked.delete(id)
    if (this.#asked.size === 0) this.#worker.unref()
    return asked
  }
}
