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
import { setTimeout as sleep } from 'node:timers/promises'
import { parentPort, workerData } from 'node:worker_threads'
import type { Journal } from '../../store/journal.ts'
import { StoreUnavailable } from '../../store/store.ts'
import type { DatabaseAddress } from '../config.ts'
import { batchOf } from './batch.ts'
import { type Interpreted, interpret } from './interpret.ts'
import { unpack } from './packed.ts'
import { textsIn } from './parcel.ts'

export interface ThreadData {
  readonly address: DatabaseAddress
  readonly role: 'keep' | 'search'
}

export type Asked = Exclude<keyof Journal, 'append' | 'close'>

export type ToThread =
  | {
      readonly kind: 'requests'
      readonly count: number
      /** The bytes of a parcel, and how many of them are in use. */
      readonly room: ArrayBuffer
      readonly size: number
    }
  | { readonly kind: 'ask'; readonly id: number; readonly what: Asked; readonly values: unknown[] }
  | { readonly kind: 'close' }

export type FromThread =
  | { readonly kind: 'open' }
  /** So many requests are done with, and their room is free again. */
  | {
      readonly kind: 'kept'
      readonly count: number
      readonly rooms: readonly ArrayBuffer[]
      readonly failed?: string
    }
  | { readonly kind: 'answer'; readonly id: number; readonly value: unknown }
  | { readonly kind: 'failed'; readonly id: number; readonly message: string }
  | { readonly kind: 'closed' }

/** As far as it goes: this thread takes what the others leave. */
const STEPS_BACK = 19
/** Milliseconds in which requests gather, and how many, or bytes of them, are enough. */
const GATHERING = 200
const ENOUGH = { requests: 2_000, bytes: 4 * 1024 * 1024 }

const { address, role } = workerData as ThreadData
const say = (message: FromThread, given?: readonly ArrayBuffer[]) =>
  parentPort?.postMessage(message, given)

stepBack()
const opening = open()
opening.then(() => say({ kind: 'open' }))
const waiting: Extract<ToThread, { kind: 'requests' }>[] = []
let running: Promise<void> | undefined
const known = new Set<string>()
let closing = false

parentPort?.on('message', (message: ToThread) => {
  if (message.kind === 'requests') {
    waiting.push(message)
    running ??= run()
  } else if (message.kind === 'ask') void answer(message)
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
    const count = messages.reduce((sum, message) => sum + message.count, 0)
    const rooms = messages.map(({ room }) => room)
    const kept = (failed: string | undefined) =>
      say({ kind: 'kept', count, rooms, ...(failed !== undefined && { failed }) }, rooms)
    try {
      const requests = messages.flatMap(({ room, size }) => unpack(textsIn(room, size)))
      const { lost, why } = await keep(requests.map(interpret))
      kept(lost > 0 ? `${lost} of ${count} requests were not kept: ${why}` : undefined)
    } catch (error) {
      kept((error as Error).message)
    }
  }
  running = undefined
}

// The more are written together, the less each of them costs; a page of an index is written once.
async function gather(): Promise<void> {
  const since = performance.now()
  while (!closing && performance.now() - since < GATHERING) {
    if (enough() !== undefined) return
    await sleep(10)
  }
}

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

/** How many requests are lost, and why the last of them is. */
interface Loss {
  readonly lost: number
  readonly why: string
}

// A request that no database takes costs none of those beside it: what failed together is tried in
// halves, down to the one that is the matter.
async function keep(interpreted: readonly Interpreted[]): Promise<Loss> {
  const journal = await opening
  try {
    await journal.append(batchOf(interpreted, known))
    return { lost: 0, why: '' }
  } catch (error) {
    known.clear()
    // It is the database's own trouble, which no half is spared.
    if (error instanceof StoreUnavailable) throw error
    if (interpreted.length <= 1) return { lost: interpreted.length, why: (error as Error).message }
    const middle = interpreted.length >> 1
    const first = await keep(interpreted.slice(0, middle))
    const second = await keep(interpreted.slice(middle))
    return { lost: first.lost + second.lost, why: second.why || first.why }
  }
}

async function answer({ id, what, values }: Extract<ToThread, { kind: 'ask' }>): Promise<void> {
  try {
    const journal = await opening
    const ask = journal[what] as (...values: unknown[]) => Promise<unknown>
    say({ kind: 'answer', id, value: await ask(...values) })
  } catch (error) {
    say({ kind: 'failed', id, message: (error as Error).message })
  }
}

async function close(): Promise<void> {
  closing = true
  await running
  await (await opening).close()
  say({ kind: 'closed' })
  parentPort?.close()
}

// On Linux a thread has a priority of its own, under a number that it is told here.
function stepBack(): void {
  try {
    const thread = Number(readlinkSync('/proc/thread-self').split('/').at(-1))
    setPriority(thread, STEPS_BACK)
  } catch {
    // Elsewhere it is as important as everything else.
  }
}
