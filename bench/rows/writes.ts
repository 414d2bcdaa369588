/**
 * Durable writes by 32 clients: `POST /Users`, and a PATCH of one attribute. Beside them, the same
 * rows put into the same file by a bare loop, on SQLite.
 *
 * @module
 */

import { demoId } from '../../src/demo/ids.ts'
import { user } from '../../src/demo/person.ts'
import type { Answer } from '../answer.ts'
import { insertAgain, updateAgain, type Written } from '../baseline/insert-loop.ts'
import type { Loaded } from '../load.ts'
import { inTurns, type Subject } from '../measure.ts'
import { patchBody, send } from '../request.ts'
import { figures, type Row } from '../result.ts'
import { asked } from '../stage.ts'
import { idOf } from './peers.ts'
import { SEED, spread } from './people.ts'

const CLIENTS = 32
const LOOP = 'bare loop into SQLite'

export const post: Row = {
  name: 'post',
  title: '`POST /Users`, durable, 32 clients',
  wanted: '0.5 × a bare loop that inserts the same rows into SQLite with the same group commit',
  sizes: 'every',
  async run(stage) {
    const ours = await stage.rollcall()
    let number = unusedNumber()
    let made: string[] = []
    const body = () => send(ours, 'POST', '/Users', user(SEED, number++))
    const subjects: Subject[] = [
      {
        name: 'rollcall',
        cpu: ours.cpu,
        run: async () => {
          made = []
          const next = (_: number, last: Answer | undefined) => {
            if (last !== undefined) made.push(idOf(last))
            return body()
          }
          return await asked({ ...ours, connections: CLIENTS, seconds: stage.pace.seconds, next })
        },
      },
    ]
    if (stage.file !== undefined) {
      const { file, tenant } = stage
      subjects.push({ name: LOOP, run: async () => loaded(insertAgain(file, tenant, made)) })
    }
    const measured = await inTurns(subjects, stage.pace.rounds)
    return figures(stage, 'post', 'POST /Users', measured)
  },
}

export const patch: Row = {
  name: 'patch',
  title: '`PATCH` of one attribute, durable, 32 clients',
  wanted: 'likewise',
  sizes: 'every',
  async run(stage) {
    const ours = await stage.rollcall()
    const ids = spread(stage.size).map((index) => demoId(SEED, 'person', index))
    let sent = 0
    let before = 0
    const next = () => {
      const value = `Title ${Date.now()} ${sent}`
      const body = patchBody({ op: 'replace', path: 'title', value })
      return send(ours, 'PATCH', `/Users/${ids[sent++ % ids.length]}`, body)
    }
    const subjects: Subject[] = [
      {
        name: 'rollcall',
        cpu: ours.cpu,
        run: async () => {
          before = stage.lastChange?.() ?? 0
          return await asked({ ...ours, connections: CLIENTS, seconds: stage.pace.seconds, next })
        },
      },
    ]
    if (stage.file !== undefined) {
      const { file, tenant } = stage
      subjects.push({ name: LOOP, run: async () => loaded(updateAgain(file, tenant, before)) })
    }
    const measured = await inTurns(subjects, stage.pace.rounds)
    return figures(stage, 'patch', 'PATCH title', measured)
  },
}

// Nobody has these numbers: they lie behind every directory, and move on with every second.
function unusedNumber(): number {
  return 20_000_000 + (Math.floor(Date.now() / 1000) % 10_000_000) * 3_000
}

function loaded({ rate, count, seconds }: Written): Loaded {
  return { rate, count, seconds, p50: 0, p99: 0, max: 0, bytes: 0, statuses: { done: count } }
}
