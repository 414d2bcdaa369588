/**
 * Reading groups: without their members, whatever they have; and one of 100,000 with all of them,
 * with the server's memory meanwhile.
 *
 * @module
 */

import { load } from '../load.ts'
import { inTurns } from '../measure.ts'
import { get } from '../request.ts'
import { figure, figures, type Result, type Row } from '../result.ts'
import { compare, type Stage } from '../stage.ts'
import { benchGroup, groupSizes } from './groups-of.ts'

export const groups: Row = {
  name: 'groups',
  title: 'a group without its members; a group with 100,000',
  wanted: 'flat; streamed at 60 MB/s or more with flat memory',
  sizes: 'largest',
  async run(stage) {
    const ours = await stage.rollcall()
    const sizes = groupSizes(stage.size)
    const subjects = []
    for (const size of sizes) {
      const path = `/Groups/${await benchGroup(stage, size)}?excludedAttributes=members`
      subjects.push({ name: String(size), server: ours, requests: [get(ours, path)] })
    }
    // All sizes in turns, since it is their relation that counts.
    const results = (await compare(stage, subjects)).flatMap((one, at): Result[] =>
      figures({ kind: stage.kind, size: sizes[at] ?? 0 }, 'groups', 'group without members', [
        { ...one, name: 'rollcall' },
      ]),
    )
    const largest = Math.min(100_000, sizes.at(-1) ?? 10)
    return [...results, ...(await streamed(stage, largest))]
  },
}

async function streamed(stage: Stage, size: number): Promise<Result[]> {
  const ours = await stage.rollcall()
  const request = get(ours, `/Groups/${await benchGroup(stage, size)}`)
  const next = () => request
  await load({ port: ours.port, connections: 1, seconds: 1, limit: 2, next })
  const before = ours.rss() ?? 0
  let most = before
  let megabytes = 0
  let seconds = 0
  const watch = setInterval(() => {
    most = Math.max(most, ours.rss() ?? 0)
  }, 20)
  const run = async () => {
    const loaded = await load({
      port: ours.port,
      connections: 1,
      seconds: stage.pace.seconds,
      next,
    })
    megabytes += loaded.bytes / 1e6
    seconds += loaded.seconds
    return loaded
  }
  const [measured] = await inTurns([{ name: 'rollcall', run, cpu: ours.cpu }], stage.pace.rounds)
  clearInterval(watch)
  const at = { kind: stage.kind, size }
  const times = measured === undefined ? {} : { p50: measured.p50, p99: measured.p99 }
  const what = 'group with its members'
  return [
    figure(at, 'groups', what, {
      subject: 'rollcall',
      value: megabytes / seconds,
      unit: 'MB/s',
      ...times,
    }),
    figure(at, 'groups', 'memory that reading it takes', {
      subject: 'rollcall',
      value: Math.max(0, most - before),
      unit: 'MB',
      note: `${Math.round(most)} MB in all, at most`,
    }),
  ]
}
