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

import type { RequestEntry } from '../../http/handler.ts'
import type { Journal } from '../../store/journal.ts'
import { StoreUnavailable } from '../../store/store.ts'
import type { DatabaseAddress } from '../config.ts'
import type { OwnCalls } from '../own-calls.ts'
import { Keeper, PAUSE } from './keeper.ts'
import type { Omitted } from './packed.ts'
import { isPlain, Packing } from './packing.ts'
import type { Asked } from './thread.ts'
import { ASIDE, startThread, Thread } from './thread-handle.ts'

/** Requests that go together at most, and milliseconds the first of them may wait for the others. */
const TOGETHER = 512
const MOMENT = 100
/** As many reads in a moment are a storm, which goes on for so long, in milliseconds. */
const STORM = 128
const LASTS = 1_000

/** Requests under way to the disk from which on less is kept. */
const BEHIND = { bodies: 10_000, reads: 16_000, everything: 50_000, counts: 250_000 }
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
export type JournalReader = Pick<
  Journal,
  'search' | 'request' | 'reasons' | 'minutes' | 'firsts' | 'unkept' | 'keptSince' | 'sweep'
>

export interface Recorder extends JournalReader {
  record(entry: RequestEntry): void
  /** Bytes that were recorded so far. */
  recorded(): number
  /** Resolves once everything recorded so far is kept, or lost. */
  settled(): Promise<void>
  /** Keeps what is left; what there is no time for is lost, and told before this resolves. */
  close(): Promise<void>
}

export interface RecorderOptions {
  /** Told of how many requests were lost, perhaps of none, and why. */
  readonly lost: (count: number, why: Error) => void
  readonly patience?: number
  readonly pause?: typeof PAUSE
  /** Bytes of reads that may be put aside while many come. */
  readonly aside?: number
  /** Which calls are the service's own. */
  readonly isOwn?: OwnCalls['isOwn']
}

export function startRecorder(address: DatabaseAddress, options: RecorderOptions): Recorder {
  const { lost, patience = PATIENCE, pause = PAUSE, aside = ASIDE, isOwn = () => false } = options
  let parcel: Packing | undefined
  /** Until when reads come as in a storm, in the time of requests. */
  let storm = 0
  // From a time before this one, too.
  let isAside = true
  let sorting: Promise<void> | undefined
  let tenants = new Map<string, number>()
  let timer: NodeJS.Timeout | undefined
  let recorded = 0
  let missed = 0
  const spare: ArrayBuffer[] = []
  const settling: (() => void)[] = []

  const tellMissed = () => {
    if (missed > 0) lost(missed, new StoreUnavailable('too many requests wait to be kept'))
    missed = 0
  }
  const keeper = new Keeper({
    start: () => startThread(address, 'keep', aside),
    lost,
    pause,
    freed(rooms) {
      spare.push(...rooms.filter((room) => room.byteLength <= LARGE))
      spare.length = Math.min(spare.length, SPARE)
      tellMissed()
    },
    settled() {
      for (const settle of settling.splice(0)) settle()
    },
  })
  let searcher: Thread | undefined

  const flush = () => {
    clearTimeout(timer)
    timer = undefined
    if (parcel === undefined) return
    const { looks, ...load } = parcel.closed()
    if (looks !== undefined && (load.count >= STORM || load.size >= LOAD)) {
      storm = parcel.start + LASTS
    }
    const isStorm = looks !== undefined && parcel.start < storm
    keeper.take({ ...load, at: parcel.start, tenants, ...(isStorm && { storm: looks }) })
    isAside ||= isStorm
    parcel = undefined
    tenants = new Map()
  }

  const sorted = (isDone: boolean) => {
    isAside ||= !isDone
    sorting = undefined
  }
  // The other thread finds everything made.
  const ask = async <T>(what: Asked, ...values: unknown[]): Promise<T> => {
    await keeper.opened
    if (isAside && sorting === undefined) {
      isAside = false
      // One that cannot sort has what is sorted.
      sorting = keeper.ask<boolean>('sort').then(
        (isDone) => sorted(isDone),
        () => sorted(false),
      )
    }
    await sorting
    if (searcher === undefined || searcher.isGone) {
      searcher = new Thread(startThread(address, 'search'))
    }
    return await searcher.ask(what, ...values)
  }
  const settled = async () => {
    flush()
    if (keeper.requests > 0) await new Promise<void>((resolve) => settling.push(resolve))
  }

  return {
    record(entry) {
      const { settings, status, text, tenant = '' } = entry
      const isRead = text === undefined ? isReading(entry.method) : entry.route.endsWith('/.search')
      const isPlainRead = isRead && status < 400
      const waiting = keeper.requests
      const isWanted = settings?.retention !== 0
      const isTest = isOwn(entry.agent)
      if (isTest && (!isWanted || waiting >= BEHIND.reads)) return
      if (waiting >= BEHIND.counts) {
        missed += 1
        if (isWanted) keeper.miss(tenant, entry.at)
        return
      }
      // In a storm what is no plain read goes by itself, and costs those before and after it nothing.
      if (parcel !== undefined && entry.at < storm && parcel.isPlain !== isPlain(entry)) flush()
      parcel ??= new Packing(entry.at, spare.pop())
      const before = parcel.size
      const heavy = keeper.bytes + before
      const isKept =
        waiting < (isPlainRead ? BEHIND.reads : BEHIND.everything) && heavy < HEAVY.everything
      // What a stranger is told is always the same.
      const isStranger = entry.tenant === undefined && status === 401
      const omit: Omitted =
        isStranger || settings?.bodies === 'none' || (settings?.bodies === 'writes' && isRead)
          ? 'setting'
          : (isPlainRead && waiting >= BEHIND.bodies) || heavy >= HEAVY.bodies
            ? 'load'
            : ''
      const fate = isTest ? 'own' : isWanted ? (isKept ? 'row' : 'unkept') : 'count'
      parcel.add(entry, omit, fate)
      if (isWanted) tenants.set(tenant, (tenants.get(tenant) ?? 0) + 1)
      recorded += parcel.size - before + ROW
      if (parcel.count >= TOGETHER || parcel.size >= LOAD) flush()
      else timer ??= setTimeout(flush, MOMENT)
    },
    recorded: () => recorded,
    settled,
    search: (tenant, query) => ask('search', tenant, query),
    request: (tenant, seq) => ask('request', tenant, seq),
    reasons: (tenant, seqs) => ask('reasons', tenant, seqs),
    minutes: (tenant, from) => ask('minutes', tenant, from),
    firsts: (tenant) => ask('firsts', tenant),
    unkept: (tenant, range) => ask('unkept', tenant, range),
    keptSince: (tenant) => ask('keptSince', tenant),
    sweep: (limits) => keeper.ask('sweep', limits),
    async close() {
      flush()
      // Whoever goes last tidies up, and only who writes may.
      await searcher?.close(patience)
      await keeper.close(patience)
      tellMissed()
    },
  }
}

const isReading = (method: string) => method === 'GET' || method === 'HEAD'
