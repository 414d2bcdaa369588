/**
 * Measuring one thing beside another: in turns, so that a machine which is slower for a while is so
 * for both, and by medians, so that one bad moment is not the answer.
 *
 * @module
 */

import { setTimeout as sleep } from 'node:timers/promises'
import type { Loaded } from './load.ts'

export interface Subject {
  readonly name: string
  /** One short round. */
  readonly run: () => Promise<Loaded>
  /** Seconds of a processor the measured server has used so far. */
  readonly cpu?: () => number | undefined
}

export interface Measured {
  readonly name: string
  readonly rate: number
  readonly p50: number
  readonly p99: number
  readonly statuses: Readonly<Record<string, number>>
  /**
   * Microseconds of a processor for one answer: what is left of a figure on a machine that does
   * other things meanwhile.
   */
  readonly cpu: number | undefined
  /** The first subject's rate divided by this one's, round by round, in the middle. */
  readonly ratio: number
}

/** Warms every subject up with one round, then measures all of them in turns. */
export async function inTurns(
  subjects: readonly Subject[],
  rounds: number,
): Promise<readonly Measured[]> {
  for (const { run, cpu } of subjects) {
    await run()
    await calm(cpu)
  }
  const all: (Loaded & { readonly used: number | undefined })[][] = []
  for (let round = 0; round < rounds; round++) {
    const one: (typeof all)[0] = []
    // Each other round backwards, since whoever comes after another finds the machine as that left it.
    const order = [...subjects.entries()]
    for (const [at, { run, cpu }] of round % 2 === 0 ? order : order.toReversed()) {
      const before = cpu?.()
      const loaded = await run()
      // What it does afterwards is part of the price, and not to be done in another's turn.
      await calm(cpu)
      const after = cpu?.()
      const known = before !== undefined && after !== undefined
      one[at] = { ...loaded, used: known ? after - before : undefined }
    }
    all.push(one)
  }
  return subjects.map(({ name }, at) => {
    const own = all.map((one) => one[at] as (typeof one)[0])
    const rates = all.map((one) => one.map(({ rate }) => rate))
    return {
      name,
      rate: median(own.map(({ rate }) => rate)),
      p50: median(own.map(({ p50 }) => p50)),
      p99: median(own.map(({ p99 }) => p99)),
      cpu: own.some(({ used }) => used === undefined)
        ? undefined
        : (sum(own.map(({ used }) => used ?? 0)) / sum(own.map(({ count }) => count))) * 1e6,
      statuses: summed(own.map(({ statuses }) => statuses)),
      ratio: median(rates.map((one) => (one[0] ?? 0) / (one[at] ?? 0))),
    }
  })
}

/** Milliseconds in which a server that is at rest does next to nothing. */
const REST = 500
const NOTHING = 0.03

/** Waits until a server has done what it put off, a minute at most. */
async function calm(cpu: Subject['cpu']): Promise<void> {
  for (let tries = 0; tries < 60_000 / REST; tries++) {
    const before = cpu?.()
    if (before === undefined) return
    await sleep(REST)
    if ((cpu?.() ?? before) - before < (REST / 1_000) * NOTHING) return
  }
}

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0)

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  const middle = Math.floor(sorted.length / 2)
  if (sorted.length % 2 === 1) return sorted[middle] ?? 0
  return ((sorted[middle - 1] ?? 0) + (sorted[middle] ?? 0)) / 2
}

function summed(list: readonly Readonly<Record<string, number>>[]): Record<string, number> {
  const total: Record<string, number> = {}
  for (const one of list) {
    for (const [key, value] of Object.entries(one)) total[key] = (total[key] ?? 0) + value
  }
  return total
}
