/**
 * What keeping every request costs: the same requests to a service that keeps a journal and to one that
 * keeps none, in turns.
 *
 * @module
 */

import { copyFileSync } from 'node:fs'
import { demoId } from '../../src/demo/ids.ts'
import { user } from '../../src/demo/person.ts'
import { removeSqlite, scratch } from '../databases.ts'
import { inTurns, type Subject } from '../measure.ts'
import { type Server, startRollcall } from '../process.ts'
import { get, send } from '../request.ts'
import { figures, type Row } from '../result.ts'
import { asked, type Stage } from '../stage.ts'
import { SEED, spread } from './people.ts'

const WITH = 'rollcall'
const WITHOUT = 'without a journal'

/** Many short turns: what is looked for is less than this machine changes from one second to the next. */
const SHORTER = 4
const MORE = 8

export const journal: Row = {
  name: 'journal',
  title: 'every request kept',
  wanted: '0.95 × the same service without a journal',
  sizes: 'smallest',
  async run(stage) {
    await stage.rest()
    const [kept, bare] = [await open(stage, []), await open(stage, ['--journal-size', '0'])]
    const both = [
      { name: WITH, ...kept },
      { name: WITHOUT, ...bare },
    ]
    try {
      const ids = spread(stage.size).map((index) => demoId(SEED, 'person', index))
      const reads = both.map(({ name, server }) => {
        const requests = ids.map((id) => get(server, `/Users/${id}`))
        return subject(stage, name, server, 16, (at) => requests[at % requests.length])
      })
      let number = 40_000_000 + (Math.floor(Date.now() / 1000) % 10_000_000) * 3_000
      const writes = both.map(({ name, server }) =>
        subject(stage, name, server, 32, () =>
          send(server, 'POST', '/Users', user(SEED, number++)),
        ),
      )
      return [
        ...figures(
          stage,
          'journal',
          'GET /Users/{id}',
          await inTurns(reads, stage.pace.rounds * MORE),
        ),
        ...figures(
          stage,
          'journal',
          'POST /Users',
          await inTurns(writes, stage.pace.rounds * MORE),
        ),
      ]
    } finally {
      await kept.close()
      await bare.close()
    }
  },
}

function subject(
  stage: Stage,
  name: string,
  server: Server,
  connections: number,
  request: (at: number) => Buffer | undefined,
): Subject {
  let sent = 0
  const next = () => request(sent++)
  const seconds = stage.pace.seconds / SHORTER
  const run = () => asked({ port: server.port, connections, seconds, next })
  return { name, cpu: server.cpu, run }
}

// A file has one server, so each of the two gets a copy.
async function open(
  { url, file }: Stage,
  args: readonly string[],
): Promise<{ readonly server: Server; close(): Promise<void> }> {
  if (file === undefined) {
    const server = await startRollcall(url, args)
    return { server, close: () => server.stop() }
  }
  const copy = scratch(`journal-${args.length}`)
  copyFileSync(file, copy)
  const server = await startRollcall(`sqlite:${copy}`, args)
  return {
    server,
    async close() {
      await server.stop()
      removeSqlite(copy)
    },
  }
}
