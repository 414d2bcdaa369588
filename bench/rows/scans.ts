/**
 * Somebody else's filters that no index helps, running all the time over the whole directory, while
 * a small tenant reads its users: 200 times a second, so that it is the waiting that is measured and
 * not who gets the processor.
 *
 * @module
 */

import { demoId } from '../../src/demo/ids.ts'
import { load } from '../load.ts'
import { rollcall } from '../process.ts'
import { filtered, get } from '../request.ts'
import { figure, type Row } from '../result.ts'
import { otherKey, type Stage } from '../stage.ts'
import { SEED } from './people.ts'

const TENANT = 'neighbour'
const PEOPLE = 100
const READERS = 4
const PAUSE = 20
const FILTERS = [
  'title co "nobody has this"',
  'not (title sw "S")',
  'emails[type eq "home" and value co "zzz"]',
]

export const scans: Row = {
  name: 'scans',
  title: "somebody else's unindexed filters (`title co`, `not`, `[]`), running all the time",
  wanted: 'p99 of `GET /Users/{id}` under 25 ms meanwhile, on SQLite too; each scan ends in time',
  sizes: 'largest',
  async run(stage) {
    const key = await neighbour(stage)
    const ours = await stage.rollcall()
    const small = { ...ours, key }
    const reads = Array.from({ length: PEOPLE }, (_, at) =>
      get(small, `/Users/${demoId(SEED, 'person', at)}`),
    )
    let read = 0
    const seconds = stage.pace.seconds * stage.pace.rounds
    const reading = () =>
      load({
        ...{ port: ours.port, connections: READERS, seconds, pause: PAUSE },
        next: () => reads[read++ % reads.length],
      })
    const alone = await reading()
    let scan = 0
    const scanning = load({
      ...{ port: ours.port, connections: 2, seconds },
      next: () => filtered(ours, '/Users', FILTERS[scan++ % FILTERS.length] ?? '', 10),
    })
    const beside = await reading()
    const scanned = await scanning
    const note =
      `${scanned.count} scans, the longest ${(scanned.max / 1000).toFixed(1)} s, ` +
      `answered ${JSON.stringify(scanned.statuses)}`
    const one = (what: string, { p50, p99 }: typeof alone, rest: { note?: string } = {}) =>
      figure(stage, 'scans', what, {
        subject: 'rollcall',
        value: p99,
        unit: 'ms',
        p50,
        p99,
        ...rest,
      })
    return [
      one('p99 of GET /Users/{id}, alone', alone),
      one('p99 of GET /Users/{id}, beside scans', beside, { note }),
    ]
  },
}

// A tenant of a hundred people, made when it is not there.
async function neighbour(stage: Stage): Promise<string> {
  const list = await rollcall('tenant', 'list', '--json', '--database', stage.url)
  const tenants = JSON.parse(list) as readonly { readonly name: string }[]
  if (!tenants.some(({ name }) => name === TENANT)) {
    await rollcall('tenant', 'create', TENANT, '--database', stage.url)
  }
  const people = ['--users', String(PEOPLE), '--tenant', TENANT]
  await rollcall('demo', ...people, '--database', stage.url)
  return await otherKey(stage, TENANT)
}
