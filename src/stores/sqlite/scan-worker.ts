/**
 * The thread in which queries scan, on a read-only connection of its own.
 *
 * It looks at the flag and at the clock for every row, through `watch` in the SQL, and gives up when
 * either says so. Where the system lets it, it steps back behind the thread that serves everybody.
 *
 * @module
 */

import { readlinkSync } from 'node:fs'
import { setPriority } from 'node:os'
import { parentPort, workerData } from 'node:worker_threads'
import { type Told, told } from '../../store/told.ts'
import { edges } from '../sql/edges.ts'
import { planner } from '../sql/plan.ts'
import { carryOut, type Known, type Outcome } from '../sql/search.ts'
import { tallies } from '../sql/tallies.ts'
import type { LongSearch } from '../sql/tenant-store.ts'
import { Connection, Stopped } from './connection.ts'
import { spelling } from './spelling.ts'

export interface ScanData {
  readonly file: string
  /** An Int32: not zero once the scan at hand is to stop. */
  readonly flag: SharedArrayBuffer
}

/** What is searched; it is planned here, which of a long filter is work as well. */
export type Search = Pick<LongSearch, 'tenant' | 'query'>

export interface ScanRequest {
  readonly search: Search
  readonly known?: Known
  readonly milliseconds: number
}

export type ScanReply =
  | { readonly kind: 'done'; readonly outcome: Outcome | undefined }
  | { readonly kind: 'stopped' }
  | { readonly kind: 'failed'; readonly why: Told }

/** A third of the time of a thread that wants a processor as well; far enough, and no starving. */
const STEPS_BACK = 5

stepBack()

const { file, flag } = workerData as ScanData
const stop = new Int32Array(flag)
let deadline = 0
const connection = new Connection(file, {
  readonly: true,
  isStopped: () => Atomics.load(stop, 0) !== 0 || performance.now() > deadline,
})
const plans = planner(spelling)
const statements = { edges: edges(spelling), tallies: tallies(spelling) }

parentPort?.on('message', ({ search, known, milliseconds }: ScanRequest) => {
  deadline = performance.now() + milliseconds
  parentPort?.postMessage(reply(search, known))
})

function reply({ tenant, query }: Search, known: Known | undefined): ScanReply {
  try {
    const plan = plans.prepare(tenant, query).plan(query)
    return { kind: 'done', outcome: connection.read(carryOut(plan, statements, known)) }
  } catch (error) {
    if (error instanceof Stopped) return { kind: 'stopped' }
    return { kind: 'failed', why: told(error) }
  }
}

// On Linux a thread has a priority of its own, under a number that it is told here.
function stepBack(): void {
  try {
    const thread = Number(readlinkSync('/proc/thread-self').split('/').at(-1))
    setPriority(thread, STEPS_BACK)
  } catch {
    // Elsewhere scans are as important as everything else.
  }
}
