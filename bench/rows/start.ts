/** How long a start takes with a full database, and what memory the service then holds. */

import { setTimeout as sleep } from 'node:timers/promises'
import { timedStart } from '../process.ts'
import { figure, type Row } from '../result.ts'

export const start: Row = {
  name: 'start',
  title: 'start with 1,000,000 users on disk; memory then',
  wanted: 'ready in 500 ms; under 150 MB',
  sizes: 'largest',
  async run(stage) {
    await stage.rest()
    const times: number[] = []
    const sizes: number[] = []
    for (let round = 0; round < stage.pace.rounds; round++) {
      const { milliseconds, server } = await timedStart(stage.url)
      times.push(milliseconds)
      await sleep(1_000)
      sizes.push(server.rss() ?? 0)
      await server.stop()
    }
    const middle = (list: number[]) =>
      list.toSorted((a, b) => a - b)[Math.floor(list.length / 2)] ?? 0
    return [
      figure(stage, 'start', 'until /readyz answers 200', {
        ...{ subject: 'rollcall', value: middle(times), unit: 'ms' },
        note: `${times.map((time) => Math.round(time)).join(', ')} ms`,
      }),
      figure(stage, 'start', 'memory a second later', {
        ...{ subject: 'rollcall', value: middle(sizes), unit: 'MB' },
      }),
    ]
  },
}
