/**
 * The thread in which queries scan, on a read-only connection of its own.
 *
 * It looks at the flag and at the clock for every row, through `watch` in the SQL, and gives up when
 * either says so.
 *
 * @module
 */

import { parentPort, workerData } from 'node:worker_threads'
import { edges } from '../sql/edges.ts'
import type { Plan } from '../sql/plan.ts'
import { carryOut, type Known, type Outcome } from '../sql/search.ts'
import { tallies } from '../sql/tallies.ts'
import { Connection, Stopped } from './connection.ts'
import { spelling } from './spelling.ts'

export interface ScanData {
  readonly file: string
  /** An Int32: not zero once the scan at hand is to stop. */
  readonly flag: SharedArrayBuffer
}

export interface ScanRequest {
  readonly plan: Plan
  readonly known?: Known
  readonly milliseconds: number
}

export type ScanReply =
  | { readonly kind: 'done'; readonly outcome: Outcome | undefined }
  | { readonly kind: 'stopped' }
  | { readonly kind: 'failed'; readonly message: string }

const { file, flag } = workerData as ScanData
const told = new Int32Array(flag)
let deadline = 0
const connection = new Connection(file, {
  readonly: true,
  isStopped: () => Atomics.load(told, 0) !== 0 || performance.now() > deadline,
})
const statements = { edges: edges(spelling), tallies: tallies(spelling) }

parentPort?.on('message', ({ plan, known, milliseconds }: ScanRequest) => {
  deadline = performance.now() + milliseconds
  parentPort?.postMessage(reply(plan, known))
})

function reply(plan: Plan, known: Known | undefined): ScanReply {
  try {
    return { kind: 'done', outcome: connection.read(carryOut(plan, statements, known)) }
  } catch (error) {
    if (error instanceof Stopped) return { kind: 'stopped' }
    return { kind: 'failed', message: (error as Error).message }
  }
}
