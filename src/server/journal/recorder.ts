/**
 * Every request into the journal, for next to nothing in the thread that serves.
 *
 * Requests go to the keeping thread a hundred at a time. When that falls behind, as it will when a
 * processor is wanted by more than there are, less is kept of what matters least: first the bodies of
 * reads that went well, then those reads themselves, which are only counted. Changes and refusals are
 * kept, until so many of those wait as would fill the memory; then they are counted like the others,
 * and in the end not even that.
 *
 * @module
 */

import { Worker } from 'node:worker_threads'
import type { RequestEntry } from '../../http/handler.ts'
import type { Journal } from '../../store/journal.ts'
import { StoreUnavailable } from '../../store/store.ts'
import type { DatabaseAddress } from '../config.ts'
import { type Omitted, pack } from './packed.ts'
import { Parcel } from './parcel.ts'
import type { Asked, FromThread, ThreadData, ToThread } from './thread.ts'

/** Requests that go together, and milliseconds the first of them may wait for the others. */
const TOGETHER = 128
const MOMENT = 100

/** Requests under way to the disk from which on less is kept. */
const BEHIND = { bodies: 4_000, reads: 8_000, everything: 50_000, counts: 250_000 }
/** Bytes under way from which on no bodies are kept, and then no requests. */
const HEAVY = { bodies: 32 * 1024 * 1024, everything: 64 * 1024 * 1024 }
/** Bytes that go together at most, but for the last request. */
const LOAD = 256 * 1024

/** How much room is kept for what comes next, and how large: usual answers fit. */
const SPARE = 8
const LARGE = 1024 * 1024

/** Bytes of a row beside what was packed, about. */
const ROW = 600

/** Milliseconds that a thread is given to end by itself. */
const PATIENCE = 5_000

/** What can be asked of a journal in another thread. */
export type JournalReader = Pick<Journal, 'search' | 'request' | 'minutes' | 'firsts' | 'sweep'>

export interface Recorder extends JournalReader {
  record(entry: RequestEntry): void
  /** Bytes that were recorded so far. */
  recorded(): number
  /** Resolves once everything recorded so far is kept. */
  settled(): Promise<void>
  close(): Promise<void>
}

export function startRecorder(
  address: DatabaseAddress,
  failed: (message: string) => void,
  patience = PATIENCE,
): Recorder {
  let parcel: Parcel | undefined
  let count = 0
  let timer: NodeJS.Timeout | undefined
  let recorded = 0
  const under = { requests: 0, bytes: 0 }
  const sizes: { count: number; size: number }[] = []
  const spare: ArrayBuffer[] = []
  const settling: (() => void)[] = []

  const keeper = new Thread(
    address,
    'keep',
    (message) => {
      if (message.kind !== 'kept') return
      under.requests -= message.count
      for (let left = message.count; left > 0; ) {
        const first = sizes.shift()
        if (first === undefined) break
        left -= first.count
        under.bytes -= first.size
      }
      spare.push(...message.rooms.filter((room) => room.byteLength <= LARGE))
      spare.length = Math.min(spare.length, SPARE)
      if (message.failed !== undefined) failed(message.failed)
      if (under.requests === 0) for (const settle of settling.splice(0)) settle()
    },
    failed,
  )
  let searcher: Thread | undefined

  const flush = () => {
    clearTimeout(timer)
    timer = undefined
    if (parcel === undefined) return
    const { room, size } = parcel.closed()
    under.requests += count
    under.bytes += size
    sizes.push({ count, size })
    keeper.post({ kind: 'requests', count, room, size }, [room])
    parcel = undefined
    count = 0
  }

  // The other thread finds everything made.
  const ask = async <T>(what: Asked, ...values: unknown[]): Promise<T> => {
    await keeper.opened
    searcher ??= new Thread(
      address,
      'search',
      () => undefined,
      () => undefined,
    )
    return await searcher.ask(what, ...values)
  }
  const settled = async () => {
    flush()
    if (under.requests > 0) await new Promise<void>((resolve) => settling.push(resolve))
  }

  return {
    record(entry) {
      const { settings, status, text } = entry
      const isRead = text === undefined ? isReading(entry.method) : entry.route.endsWith('/.search')
      const isPlain = isRead && status < 400
      const waiting = under.requests
      if (waiting >= BEHIND.counts) return
      parcel ??= new Parcel(spare.pop())
      const before = parcel.size
      const heavy = under.bytes + before
      const keep =
        settings?.retention !== 0 &&
        waiting < (isPlain ? BEHIND.reads : BEHIND.everything) &&
        heavy < HEAVY.everything
      // What a stranger is told is always the same.
      const isStranger = entry.tenant === undefined && status === 401
      const omit: Omitted =
        isStranger || settings?.bodies === 'none' || (settings?.bodies === 'writes' && isRead)
          ? 'setting'
          : (isPlain && waiting >= BEHIND.bodies) || heavy >= HEAVY.bodies
            ? 'load'
            : ''
      pack(parcel, entry, omit, keep)
      recorded += parcel.size - before + ROW
      count += 1
      if (count >= TOGETHER || parcel.size >= LOAD) flush()
      else timer ??= setTimeout(flush, MOMENT)
    },
    recorded: () => recorded,
    settled,
    search: (tenant, query) => ask('search', tenant, query),
    request: (tenant, seq) => ask('request', tenant, seq),
    minutes: (tenant, from) => ask('minutes', tenant, from),
    firsts: (tenant) => ask('firsts', tenant),
    sweep: (limits) => keeper.ask('sweep', limits),
    async close() {
      flush()
      const [isDone] = await Promise.all([keeper.close(patience), searcher?.close(patience)])
      if (!isDone) failed(`${under.requests} requests were not kept: there was no time left`)
    },
  }
}

const isReading = (method: string) => method === 'GET' || method === 'HEAD'

class Thread {
  readonly #worker: Worker
  readonly #asked = new Map<
    number,
    { resolve: (value: never) => void; reject: (e: Error) => void }
  >()
  /** Rejects when it could not be opened. */
  readonly opened: Promise<void>
  #last = 0
  #isGone = false

  constructor(
    address: DatabaseAddress,
    role: ThreadData['role'],
    hear: (message: FromThread) => void,
    failed: (message: string) => void,
  ) {
    let open: { resolve: () => void; reject: (reason: Error) => void } | undefined
    this.opened = new Promise((resolve, reject) => {
      open = { resolve, reject }
    })
    // Whoever waits for it is told; nobody has to.
    this.opened.catch(() => undefined)
    const extension = import.meta.url.endsWith('.ts') ? 'ts' : 'js'
    const data: ThreadData = { address, role }
    this.#worker = new Worker(new URL(`./thread.${extension}`, import.meta.url), {
      workerData: data,
    })
    this.#worker.unref()
    this.#worker.on('message', (message: FromThread) => {
      if (message.kind === 'open') open?.resolve()
      else if (message.kind === 'answer') this.#take(message.id)?.resolve(message.value as never)
      else if (message.kind === 'failed') {
        this.#take(message.id)?.reject(new StoreUnavailable(message.message))
      } else hear(message)
    })
    const gone = (message: string) => {
      this.#isGone = true
      for (const { reject } of this.#asked.values()) reject(new StoreUnavailable(message))
      this.#asked.clear()
      open?.reject(new StoreUnavailable(message))
    }
    this.#worker.on('error', (error) => {
      failed(error.message)
      gone(error.message)
    })
    this.#worker.on('exit', () => gone('the journal is closed'))
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
