/**
 * Has the journal forget: every hour what is older than its tenant wants, and sooner when much has come.
 *
 * @module
 */

import type { Registry } from '../../store/registry.ts'
import { laterSettings } from '../../store/registry.ts'
import type { Recorder } from './recorder.ts'

const HOUR = 3_600_000
const DAY = 24 * HOUR
/** How long counts are kept. */
const COUNTS = 8 * DAY
/** Milliseconds between two looks at how much has come. */
const LOOK = 10_000

/** Ends with the function it answers. */
export function keepSmall(
  recorder: Pick<Recorder, 'sweep' | 'recorded'>,
  registry: Registry,
  options: {
    /** What the journal may take. */
    readonly bytes: number
    readonly now: () => number
    readonly failed: (error: unknown) => void
  },
): () => void {
  const { bytes, now, failed } = options
  let swept = { at: now(), recorded: 0 }
  let running = false
  const timer = setInterval(() => {
    const recorded = recorder.recorded()
    const isDue = now() - swept.at >= HOUR || recorded - swept.recorded > bytes / 10
    if (!isDue || running) return
    running = true
    swept = { at: now(), recorded }
    sweep(recorder, registry, bytes, now())
      .catch(failed)
      .finally(() => {
        running = false
      })
  }, LOOK)
  timer.unref()
  return () => clearInterval(timer)
}

/** Forgets now. */
export async function sweep(
  recorder: Pick<Recorder, 'sweep'>,
  registry: Registry,
  bytes: number,
  at: number,
): Promise<void> {
  const tenants = (await registry.tenants()).map(({ id, settings }) => ({
    tenant: id,
    before: at - settings.retention * DAY,
  }))
  const nobody = { tenant: '', before: at - laterSettings.retention * DAY }
  await recorder.sweep({ tenants: [nobody, ...tenants], bytes, counts: at - COUNTS })
}
