/**
 * `demo`: fills a database with believable people and groups, so that any size can be tried.
 *
 * The same seed makes the same people, ids included. A run that is ended goes on where it was when
 * it is run again; nothing that is there is changed or taken away.
 *
 * @module
 */

import { fill, type Made } from '../demo/fill.ts'
import { FIXED_GROUPS, usualGroups } from '../demo/groups.ts'
import { GroupNamesHeld } from '../demo/held-names.ts'
import { isDuplicate, isPassing } from '../server/database.ts'
import { optional, text } from '../server/settings.ts'
import { DEFAULT_TENANT, defaultTenant } from '../server/tenants.ts'
import { MissingMember, UniquenessConflict } from '../store/store.ts'
import { command, Failure, type Terminal } from './command.ts'
import { database, findTenant, tenant, withDatabase } from './common.ts'
import { interrupted, OK } from './exit-codes.ts'
import { interruptible } from './interrupt.ts'
import { count, duration } from './numbers.ts'

const SAY_EVERY = 2_000
/** SQLite writes together what waits together; a server is asked by so many connections at most. */
const IN_FLIGHT = { sqlite: 4_000, postgres: 32 } as const

export const demo = command({
  name: 'demo',
  summary: 'fill a database with believable people and groups',
  settings: {
    users: {
      flag: 'users',
      argument: 'COUNT',
      fallback: '1000',
      help: 'how many people there shall be',
      value: text((given) => whole(given, 1, 10_000_000)),
    },
    groups: {
      flag: 'groups',
      argument: 'COUNT',
      help: `how many groups, ${FIXED_GROUPS} at least; a fiftieth of the people when absent`,
      value: optional(text((given) => whole(given, FIXED_GROUPS, 1_000_000))),
    },
    seed: {
      flag: 'seed',
      argument: 'NUMBER',
      fallback: '1',
      help: 'another seed makes other people',
      value: text((given) => whole(given, 0, 2 ** 31 - 1)),
    },
    tenant,
    database,
  },
  async run({ values }, terminal) {
    const { users, seed, groups = usualGroups(users) } = values
    let step = 'opening the database'
    const work = (signal: AbortSignal) =>
      withDatabase(
        values.database,
        async (opened) => {
          const { registry } = opened
          step = 'looking for the tenant'
          const wanted = values.tenant ?? DEFAULT_TENANT
          const owner =
            wanted === DEFAULT_TENANT
              ? await defaultTenant(registry, terminal.now)
              : await findTenant(registry, wanted)
          const made = await fill({
            users,
            groups,
            seed,
            inFlight: IN_FLIGHT[values.database.kind],
            store: opened,
            tenant: owner,
            step: (next) => {
              step = next
            },
            checking: checker(groups, terminal),
            progress: reporter(users, terminal),
            signal,
          })
          terminal.err(summary(made))
          step = 'closing the database'
          return signal.aborted
        },
        { create: true, bulk: true },
      )
    try {
      if (!(await interruptible(work))) return OK
      terminal.err('Ended early; run it again to go on.\n')
      return interrupted('SIGINT')
    } catch (error) {
      throw explained(error, step, values.tenant ?? DEFAULT_TENANT)
    }
  },
})

/** What a person is told of an error, and what to do: a fault is told as it is. */
export function explained(error: unknown, step: string, tenant: string): unknown {
  if (error instanceof GroupNamesHeld) {
    const names = error.names.map((name) => `"${name}"`).join(', ')
    return new Failure(
      `"${tenant}" has groups of its own that the demo would make too: ${names}. Nothing was made. ` +
        'Take another tenant (tenant create NAME, then demo --tenant NAME), or the seed of the ' +
        `people who are here, or let groups have the same name: tenant set ${tenant} --group-names free`,
    )
  }
  // It finds who is there, and then somebody who is not yet.
  if (isDuplicate(error) || error instanceof MissingMember) {
    return new Failure('another demo is filling it just now; when that has ended, run this again')
  }
  if (isPassing(error)) {
    return new Failure(
      `it gave up while ${step}: ${(error as Error).message}. What was made until then stays. When the ` +
        'database can be reached and has less to do, run the same command again: it goes on from there',
    )
  }
  if (!(error instanceof UniquenessConflict)) return error
  return new Failure(
    `somebody here holds a ${error.attribute} of the demo already; ` +
      'take another tenant, or the seed of the people who are here',
  )
}

/** Says every two seconds how many names of groups were looked up. */
function checker(groups: number, terminal: Terminal): (looked: number) => void {
  let said = terminal.now()
  return (looked) => {
    const now = terminal.now()
    if (now - said < SAY_EVERY) return
    said = now
    terminal.err(`Looking whether names are free: ${count(looked)} of ${count(groups)} groups\n`)
  }
}

/** Says where it is every two seconds: how many, how fast, and how long it will take. */
function reporter(users: number, terminal: Terminal): (made: Made) => void {
  // From the first one that is made: finding out who is there takes its own time.
  let since: number | undefined
  let said = 0
  let people = 0
  return (made) => {
    const now = terminal.now()
    if (since === undefined) {
      since = now
      said = now
    }
    if (now - said < SAY_EVERY) return
    said = now
    const there = made.usersThere + made.users
    if (there < users) {
      const rate = made.users / ((now - since) / 1000)
      const left = duration((users - there) / rate)
      terminal.err(`${count(there)} of ${count(users)} people, ${count(rate)}/s, ${left} left\n`)
      people = now
      return
    }
    const rate = made.memberships / ((now - (people || since)) / 1000)
    const { groups, groupsThere, memberships } = made
    terminal.err(
      `${count(groups + groupsThere)} groups, ${count(memberships)} memberships, ${count(rate)}/s\n`,
    )
  }
}

function summary(made: Made): string {
  const there =
    made.usersThere + made.groupsThere === 0
      ? ''
      : ` ${count(made.usersThere)} people and ${count(made.groupsThere)} groups were there already.`
  return `Made ${count(made.users)} people and ${count(made.groups)} groups.${there}\n`
}

function whole(given: string, least: number, most: number): number {
  const value = /^\d{1,10}$/.test(given) ? Number(given) : Number.NaN
  if (!(value >= least && value <= most)) {
    throw new Error(`"${given}" is not a number from ${least} to ${most}`)
  }
  return value
}
