/**
 * An initial synchronisation as Entra ID does it: everybody is looked for by userName and created,
 * groups by displayName; then everybody is looked for again and patched, and added to a group by a
 * PATCH of one member. Eight at a time.
 *
 * @module
 */

import { user } from '../../src/demo/person.ts'
import type { Answer } from '../answer.ts'
import { type Loaded, load } from '../load.ts'
import { installPeers, peers } from '../peers.ts'
import type { Server } from '../process.ts'
import { filtered, patchBody, send } from '../request.ts'
import { figure, type Result, type Row } from '../result.ts'
import type { Stage } from '../stage.ts'
import { idOf } from './peers.ts'
import { personOf, SEED } from './people.ts'

const CLIENTS = 8
const GROUP = 'urn:ietf:params:scim:schemas:core:2.0:Group'

export const sync: Row = {
  name: 'sync',
  title:
    'an initial sync as Entra does it (filter, create, filter, patch, group patches one member at a time) of 10,000 users and 200 groups',
  wanted: 'the whole of it, in requests per second, beside every peer',
  sizes: 'smallest',
  async run(stage) {
    const people = Math.min(stage.size, 10_000)
    const groups = Math.max(1, people / 50)
    const results: Result[] = []
    const fresh = await stage.fresh()
    const ours = await synchronise(fresh.server, people, groups, stage.pace.patience * 4)
    await fresh.drop()
    results.push(told(stage, 'rollcall', ours))
    if (stage.kind !== 'sqlite') return results
    installPeers(stage.say)
    for (const peer of peers) {
      const server = await peer.start()
      try {
        const theirs = await synchronise(server, people, groups, stage.pace.patience)
        results.push(told(stage, peer.name, theirs, ours.loaded.rate / theirs.loaded.rate))
      } finally {
        await server.stop()
      }
    }
    return results
  },
}

interface Synchronised {
  readonly loaded: Loaded
  readonly asked: number
  readonly seconds: number
}

function told(
  stage: Stage,
  subject: string,
  { loaded, asked, seconds }: Synchronised,
  ratio?: number,
) {
  const share = Math.round((loaded.count / asked) * 100)
  return figure(stage, 'sync', 'initial sync, 8 at a time', {
    ...{ subject, value: loaded.rate, unit: '/s', p50: loaded.p50, p99: loaded.p99 },
    ...(ratio === undefined ? {} : { ratio }),
    note:
      loaded.count < asked
        ? `stopped after ${seconds} s with ${share} % of the requests, the cheaper ones`
        : `${asked.toLocaleString('en-US')} requests in ${loaded.seconds.toFixed(1)} s`,
  })
}

async function synchronise(
  server: Server,
  people: number,
  groups: number,
  seconds: number,
): Promise<Synchronised> {
  const users: string[] = []
  const groupIds: string[] = []
  const phases: readonly { readonly count: number; readonly piece: (at: number) => Piece }[] = [
    { count: people, piece: (at) => createUser(server, at, users) },
    { count: groups, piece: (at) => createGroup(server, at, groupIds) },
    { count: people, piece: (at) => changeUser(server, at) },
    {
      count: people,
      piece: (at) => addMember(server, groupIds[at % groups] ?? '', users[at] ?? ''),
    },
  ]
  const asked = people * 2 + groups * 2 + people * 2 + people
  let done: Loaded | undefined
  for (const { count, piece } of phases) {
    const left = seconds - (done?.seconds ?? 0)
    if (left <= 0) break
    done = joined(done, await inPieces(server, count, piece, left))
  }
  if (done === undefined) throw new Error('nothing was synchronised')
  return { loaded: done, asked, seconds }
}

/** A few requests of which each waits for the answer of the one before. */
type Piece = Generator<Buffer, void, Answer>

function inPieces(
  { port }: Server,
  count: number,
  piece: (at: number) => Piece,
  seconds: number,
): Promise<Loaded> {
  let begun = 0
  const running = new Map<number, Piece>()
  const next = (connection: number, last: Answer | undefined): Buffer | undefined => {
    const step = last === undefined ? undefined : running.get(connection)?.next(last)
    if (step !== undefined && !step.done) return step.value
    if (begun === count) return undefined
    const fresh = piece(begun++)
    running.set(connection, fresh)
    return fresh.next().value as Buffer
  }
  return load({ port, connections: CLIENTS, seconds, next })
}

function* createUser(server: Server, at: number, ids: string[]): Piece {
  success(yield filtered(server, '/Users', `userName eq "${personOf(at).userName}"`))
  ids[at] = idOf(yield send(server, 'POST', '/Users', user(SEED, at)))
}

function* createGroup(server: Server, at: number, ids: string[]): Piece {
  const displayName = `Entra group ${at}`
  success(yield filtered(server, '/Groups', `displayName eq "${displayName}"`))
  ids[at] = idOf(yield send(server, 'POST', '/Groups', { schemas: [GROUP], displayName }))
}

function* changeUser(server: Server, at: number): Piece {
  const found = yield filtered(server, '/Users', `userName eq "${personOf(at).userName}"`)
  success(found)
  const { Resources } = JSON.parse(found.text()) as { Resources: readonly { id: string }[] }
  const body = patchBody({ op: 'replace', path: 'displayName', value: `Renamed ${at}` })
  success(yield send(server, 'PATCH', `/Users/${Resources[0]?.id}`, body))
}

function* addMember(server: Server, group: string, member: string): Piece {
  const body = patchBody({ op: 'add', path: 'members', value: [{ value: member }] })
  success(yield send(server, 'PATCH', `/Groups/${group}`, body))
}

function success(answer: Answer): void {
  if (answer.status >= 300) throw new Error(`answered ${answer.status}: ${answer.text()}`)
}

function joined(before: Loaded | undefined, after: Loaded): Loaded {
  if (before === undefined) return after
  const count = before.count + after.count
  const seconds = before.seconds + after.seconds
  return {
    ...after,
    count,
    seconds,
    rate: count / seconds,
    p99: Math.max(before.p99, after.p99),
    bytes: before.bytes + after.bytes,
  }
}
