/** What a row yields: figures, each of one subject at one size. */

import type { Measured } from './measure.ts'
import type { Stage } from './stage.ts'

export interface Result {
  /** The row of the table: `get`. */
  readonly row: string
  /** What was asked, as a person would write it. */
  readonly what: string
  readonly database: string
  /** People in the directory. */
  readonly size: number
  /** `rollcall`, or who it is measured beside. */
  readonly subject: string
  readonly value: number
  readonly unit: '/s' | 'ms' | 'MB/s' | 'MB'
  readonly p50?: number
  readonly p99?: number
  /** Microseconds of a processor for one answer. */
  readonly cpu?: number
  /** Rollcall's rate in parts of this subject's; of Rollcall itself there is none. */
  readonly ratio?: number
  /** What the figure does not say. */
  readonly note?: string
  /** When it was measured. */
  readonly at: string
}

export interface Row {
  readonly name: string
  readonly title: string
  /** What is asked of us at least. */
  readonly wanted: string
  /** At which of the sizes it is measured. */
  readonly sizes: 'every' | 'largest' | 'smallest'
  /** On which databases; both unless it says. */
  readonly databases?: readonly string[]
  readonly run: (stage: Stage) => Promise<readonly Result[]>
}

const round = (value: number) => Number(value.toPrecision(4))

/** A figure of its own. */
export function figure(
  stage: Pick<Stage, 'kind' | 'size'>,
  row: string,
  what: string,
  rest: Omit<Result, 'row' | 'what' | 'database' | 'size' | 'at'>,
): Result {
  const { value, p50, p99, ratio } = rest
  return {
    ...{ row, what, database: stage.kind, size: stage.size },
    ...rest,
    value: round(value),
    ...(p50 === undefined ? {} : { p50: round(p50) }),
    ...(p99 === undefined ? {} : { p99: round(p99) }),
    ...(ratio === undefined ? {} : { ratio: round(ratio) }),
    at: new Date().toISOString(),
  }
}

/** The figures of subjects that were measured in turns, Rollcall first. */
export function figures(
  stage: Pick<Stage, 'kind' | 'size'>,
  row: string,
  what: string,
  measured: readonly Measured[],
): Result[] {
  return measured.map(({ name, rate, p50, p99, cpu, ratio }, at) =>
    figure(stage, row, what, {
      subject: name,
      value: rate,
      unit: '/s',
      p50: round(p50),
      p99: round(p99),
      ...(cpu === undefined ? {} : { cpu: Math.round(cpu) }),
      ...(at === 0 ? {} : { ratio: round(ratio) }),
    }),
  )
}
