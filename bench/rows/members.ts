/**
 * One member in, one member out, in groups of 10 to a million: durable, one client, so that the
 * figure is what a client waits for.
 *
 * @module
 */

import { demoId } from '../../src/demo/ids.ts'
import { inTurns } from '../measure.ts'
import { patchBody, send } from '../request.ts'
import { figures, type Result, type Row } from '../result.ts'
import { asked, type Stage } from '../stage.ts'
import { benchGroup, groupSizes } from './groups-of.ts'
import { SEED } from './people.ts'

export const members: Row = {
  name: 'members',
  title: 'one member added or removed',
  wanted: 'flat (within 1.25 ×) from 10 to 1,000,000 members, on both databases',
  sizes: 'largest',
  async run(stage) {
    const ours = await stage.rollcall()
    const sizes = groupSizes(stage.size)
    const subjects = []
    for (const size of sizes) {
      const path = `/Groups/${await benchGroup(stage, size)}`
      subjects.push({ name: String(size), cpu: ours.cpu, run: toggling(stage, path) })
    }
    // All sizes in turns, since it is their relation that counts.
    const measured = await inTurns(subjects, stage.pace.rounds)
    return measured.flatMap((one, at): Result[] =>
      figures(
        { kind: stage.kind, size: sizes[at] ?? 0 },
        'members',
        'one member added or removed',
        [{ ...one, name: 'rollcall' }],
      ),
    )

    function toggling(on: Stage, path: string) {
      // The last person is in none of these groups but the one of everybody; there the first step
      // adds a member that is there, and is not measured: it is part of the warm-up.
      const member = demoId(SEED, 'person', on.size - 1)
      const value = [{ value: member }]
      const steps = [
        send(ours, 'PATCH', path, patchBody({ op: 'add', path: 'members', value })),
        send(
          ours,
          'PATCH',
          path,
          patchBody({ op: 'remove', path: `members[value eq "${member}"]` }),
        ),
      ]
      let step = 0
      const next = () => steps[step++ % 2]
      return () => asked({ ...ours, connections: 1, seconds: on.pace.seconds / 2, next })
    }
  },
}
