/**
 * The same questions to peers with the same people, who came through each one's own API.
 *
 * A peer gets as many people as it takes in the time there is, and Rollcall is asked with the same
 * number.
 *
 * @module
 */

import { user } from '../../src/demo/person.ts'
import type { Answer } from '../answer.ts'
import { type Loaded, load } from '../load.ts'
import { installPeers, peers as known, type Peer } from '../peers.ts'
import type { Server } from '../process.ts'
import { filtered, get, send } from '../request.ts'
import { figure, figures, type Result, type Row } from '../result.ts'
import { compare, type Stage } from '../stage.ts'
import { personOf, SEED } from './people.ts'

const CLIENTS = 8
/** Some peers take seconds for a page. */
const PAGE_CLIENTS = 1
const PAGE = 'page of 100'

export const peers: Row = {
  name: 'peers',
  title: 'peers with the same people',
  wanted: '`GET` 10 × (b); a page 20 × (b)',
  sizes: 'smallest',
  databases: ['sqlite'],
  async run(stage) {
    installPeers(stage.say)
    const results: Result[] = []
    for (const peer of known) results.push(...(await beside(stage, peer)))
    return results
  },
}

async function beside(stage: Stage, peer: Peer): Promise<Result[]> {
  const theirs = await peer.start()
  const fresh = await stage.fresh()
  try {
    const filled = await fill(theirs, stage.size, stage.pace.patience)
    const people = filled.ids.length
    const own = await fill(fresh.server, people, stage.pace.patience * 4)
    const at = { kind: stage.kind, size: people }
    const note = people < stage.size ? `after ${stage.pace.patience} s it had ${people} people` : ''
    const results = [
      figure(at, 'peers', 'POST /Users until it is full', {
        ...{ subject: `rollcall beside ${peer.name}`, value: own.loaded.rate, unit: '/s' },
      }),
      figure(at, 'peers', 'POST /Users until it is full', {
        ...{ subject: peer.name, value: filled.loaded.rate, unit: '/s' },
        ratio: own.loaded.rate / filled.loaded.rate,
        ...(note === '' ? {} : { note }),
      }),
    ]
    const questions: readonly (readonly [string, (server: Server, ids: string[]) => Buffer[]])[] = [
      ['GET /Users/{id}', (server, ids) => ids.map((id) => get(server, `/Users/${id}`))],
      [
        'userName eq',
        (server) =>
          Array.from({ length: Math.min(people, 1_000) }, (_, index) =>
            filtered(server, '/Users', `userName eq "${personOf(index).userName}"`),
          ),
      ],
      [PAGE, (server) => [get(server, '/Users?count=100')]],
    ]
    for (const [what, ask] of questions) {
      stage.say(`  ${what}, beside ${peer.name}`)
      const measured = await compare(
        stage,
        [
          {
            name: `rollcall beside ${peer.name}`,
            server: fresh.server,
            requests: ask(fresh.server, own.ids),
          },
          { name: peer.name, server: theirs, requests: ask(theirs, filled.ids) },
        ],
        what === PAGE ? PAGE_CLIENTS : CLIENTS,
      )
      results.push(...figures(at, 'peers', what, measured))
    }
    return results
  } finally {
    await theirs.stop()
    await fresh.drop()
  }
}

async function fill(
  server: Server,
  people: number,
  seconds: number,
): Promise<{ readonly loaded: Loaded; readonly ids: string[] }> {
  const ids: string[] = []
  let index = 0
  const next = (_: number, last: Answer | undefined) => {
    if (last !== undefined) ids.push(idOf(last))
    return index < people ? send(server, 'POST', '/Users', user(SEED, index++)) : undefined
  }
  const loaded = await load({ port: server.port, connections: CLIENTS, seconds, next })
  return { loaded, ids }
}

/** The id of what was just made; throws when it was not. */
export function idOf(answer: Answer): string {
  const text = answer.text()
  if (answer.status !== 201) throw new Error(`a create was answered ${answer.status}: ${text}`)
  return (JSON.parse(text) as { id: string }).id
}
