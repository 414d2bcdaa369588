/**
 * The thread that keeps the journal, or one that searches it.
 *
 * Nobody waits for what it writes. So it steps back behind the thread that serves, and takes all that
 * has come meanwhile into one transaction.
 *
 * @module
 */

import { readlinkSync } from 'node:fs'
import { setPriority } from 'node:os'
import { setTimeout as sleep, setImmediate as turn } from 'node:timers/promises'
import { parentPort, workerData } from 'node:worker_threads'
import type { Journal, MinuteCounts } from '../../store/journal.ts'
import { type Told, told } from '../../store/told.ts'
import type { DatabaseAddress } from '../config.ts'
import { Backlog } from './backlog.ts'
import { Keeping, type Loss, type Sent } from './keeping.ts'

export interface ThreadData {
  readonly address: DatabaseAddress
  readonly role: 'keep' | 'search'
  /** Bytes that may be put aside. */
  readonly aside: number
}

/** `sort` is to keep all that was put aside, and answers whether that was done in time. */
export type Asked = Exclude<keyof Journal, 'append' | 'aside' | 'rest' | 'close'> | 'sort'

export type ToThread =
  | ({ readonly kind: 'requests' } & Sent)
  /** What was lost on the way here, to be counted. */
  | { readonly kind: 'lost'; readonly counts: readonly MinuteCounts[] }
  | { readonly kind: 'ask'; readonly id: number; readonly what: Asked; readonly values: unknown[] }
  | { readonly kind: 'close' }

export type FromThread =
  | { readonly kind: 'open' }
  /** It could not be opened; the thread ends. */
  | { readonly kind: 'shut'; readonly why: Told }
  /** So many messages with requests are done with, and their room is free again. */
  | {
      readonly kind: 'kept'
      readonly messages: number
      readonly rooms: readonly ArrayBuffer[]
      /** How many requests of those were lost, and why something went wrong. */
      readonly lost: number
      readonly why: Told | undefined
    }
  | { readonly kind: 'answer'; readonly id: number; readonly value: unknown }
  | { readonly kind: 'failed'; readonly id: number; readonly why: Told }

/** Who keeps takes what the others leave; somebody waits for what is searched. */
const STEPS_BACK = { keep: 19, search: 5 }
/** Milliseconds in which requests gather, and how many, or bytes of them, are enough. */
const GATHERING = 200
const ENOUGH = { requests: 2_000, bytes: 4 * 1024 * 1024 }

/** Milliseconds without a storm until what it left is made rows of; and that whoever asks waits for. */
const CALM = 300
const BREATH = 10
const PATIENCE = 2_000

const { address, role, aside } = workerData as ThreadData
const say = (message: FromThread, given?: readonly ArrayBuffer[]) =>
  parentPort?.postMessage(message, given)

stepBack()
const opening = open()
opening.then(
  () => say({ kind: 'open' }),
  (error) => {
    say({ kind: 'shut', why: told(error) })
    parentPort?.close()
  },
)
const waiting: Extract<ToThread, { kind: 'requests' }>[] = []
let running: Promise<void> | undefined
/** Ends the gathering. */
let wake: () => void = () => undefined
const keeping = new Keeping(() => opening)
const backlog = new Backlog(
  () => opening,
  keeping,
  aside,
  (loss) => kept([], loss),
)
let calm: NodeJS.Timeout | undefined
let closing = false
if (role === 'keep') sortLater()

parentPort?.on('message', (message: ToThread) => {
  if (message.kind === 'requests') {
    waiting.push(message)
    if (isEnough()) wake()
    running ??= run()
  } else if (message.kind === 'lost') keeping.owe(message.counts)
  else if (message.kind === 'ask') void answer(message)
  else void close()
})

async function open(): Promise<Journal> {
  if (address.kind === 'postgres') {
    const { openPostgresJournal } = await import('../../stores/postgres/journal.ts')
    return openPostgresJournal({ url: address.url, now: Date.now })
  }
  const { journalFile, openSqliteJournal } = await import('../../stores/sqlite/journal.ts')
  const file = journalFile(address.file)
  return openSqliteJournal({ file, readonly: role === 'search', now: Date.now })
}

async function run(): Promise<void> {
  while (waiting.length > 0) {
    await gather()
    const messages = waiting.splice(0, enough() ?? waiting.length)
    let rows = 0
    let all: Loss = { lost: 0, why: undefined }
    for await (const left of backlog.take(messages)) {
      rows += left.length
      const { lost, why } = await keeping.keep(left)
      all = { lost: all.lost + lost, why: why ?? all.why }
    }
    if (rows < messages.length) sortLater()
    kept(messages, all)
  }
  running = undefined
  if (calm === undefined) await rest()
}

// Nothing waits now, and no storm is under way.
async function rest(): Promise<void> {
  if (closing) return
  // What is the matter will be told of what is kept next.
  await opening.then((journal) => journal.rest?.()).catch(() => undefined)
}

function kept(messages: readonly Sent[], { lost, why }: Loss): void {
  const rooms = messages.map(({ room }) => room)
  const reason = why === undefined ? why : told(why)
  say({ kind: 'kept', messages: messages.length, rooms, lost, why: reason }, rooms)
}

// Once no more is put aside; then some of it, and again some.
function sortLater(pause = CALM): void {
  clearTimeout(calm)
  if (closing) return
  calm = setTimeout(() => void sortIfCalm(), pause)
  calm.unref()
}

async function sortIfCalm(): Promise<void> {
  // A thread that had no turn for long sees that time has passed before it sees what has come.
  await turn()
  if (waiting.length > 0) return sortLater()
  calm = undefined
  await backlog.sort().then(
    (isMore) => (isMore ? sortLater(BREATH) : rest()),
    () => sortLater(),
  )
}

/** For somebody who asks. */
async function sorted(): Promise<boolean> {
  const until = performance.now() + PATIENCE
  const isLate = () => performance.now() > until || closing
  while (await backlog.sort()) {
    // What comes meanwhile is put where it is safe, before more is made of what is.
    while (waiting.length > 0 && !isLate()) await sleep(1)
    if (isLate()) return false
  }
  return true
}

// The more are written together, the less each of them costs; a page of an index is written once.
async function gather(): Promise<void> {
  if (closing || isEnough()) return
  await new Promise<void>((resolve) => {
    const timer = setTimeout(resolve, GATHERING)
    wake = () => {
      clearTimeout(timer)
      resolve()
    }
  })
}

// What is put aside is a row for many already, and its room is wanted again.
const isEnough = () =>
  (address.kind === 'sqlite' && waiting.at(-1)?.storm !== undefined) || enough() !== undefined

// How many of the messages that wait are enough, if there are as many.
function enough(): number | undefined {
  let [requests, bytes] = [0, 0]
  const last = waiting.findIndex(({ count, size }) => {
    requests += count
    bytes += size
    return requests >= ENOUGH.requests || bytes >= ENOUGH.bytes
  })
  return last < 0 ? undefined : last + 1
}

async function answer({ id, what, values }: Extract<ToThread, { kind: 'ask' }>): Promise<void> {
  try {
    const journal = await opening
    if (what === 'sort') return say({ kind: 'answer', id, value: await sorted() })
    const ask = journal[what] as (...values: unknown[]) => Promise<unknown>
    say({ kind: 'answer', id, value: await ask(...values) })
  } catch (error) {
    say({ kind: 'failed', id, why: told(error) })
  }
}

async function close(): Promise<void> {
  closing = true
  clearTimeout(calm)
  wake()
  await running
  // Whoever was told of the loss knows it; counted it is if it can be.
  await keeping.settle().catch(() => undefined)
  await opening.then(
    (journal) => journal.close(),
    () => undefined,
  )
  parentPort?.close()
}

// On Linux a thread has a priority of its own, under a number that it is told here.
function stepBack(): void {
  try {
    const thread = Number(readlinkSync('/proc/thread-self').split('/').at(-1))
    setPriority(thread, STEPS_BACK[role])
  } catch {
    // Elsewhere it is as important as everything else.
  }
}
