/** How fast a sync is, by what was seen of it in the last seconds: the service counts by the minute. */

export interface Sample {
  readonly at: number
  /** How many there were by then. */
  readonly made: number
}

/** Milliseconds for which a sample is kept, and those that samples have to span. */
export const WINDOW = 12_000
const SPAN = 7_000

/** A second; `undefined` while too little was seen. */
export function paceOf(samples: readonly Sample[]): number | undefined {
  const [first, last] = [samples[0], samples.at(-1)]
  if (!first || !last || last.at - first.at < SPAN || last.made < first.made) return undefined
  return Math.round(((last.made - first.made) / (last.at - first.at)) * 10_000) / 10
}
