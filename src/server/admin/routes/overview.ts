/** Overview: how each connection is, and what has happened today. */

import { z } from 'zod'
import type { JournalPage, MinuteCounts } from '../../../store/journal.ts'
import { lastOf } from '../activity.ts'
import { connectionOf } from '../connection.ts'
import { keyRow } from '../key-row.ts'
import { type AdminRoute, route } from '../route.ts'
import type { AdminService } from '../service.ts'
import type { Counts, InitialSync, KeyRow, Overview } from '../types.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR
/** Creates in five minutes that are a synchronisation and not everyday life. */
const SYNC = 50

export const overviewRoutes: readonly AdminRoute[] = [
  route({
    method: 'GET',
    path: '/tenants/:tenant/overview',
    access: 'viewer',
    query: z.object({ since: z.coerce.number().int().min(0).optional() }),
    handle: async ({ service, tenant, rows, query, now }): Promise<Overview> => {
      const since = Math.max(query.since ?? now - DAY, now - 2 * DAY)
      const from = Math.min(since, now - HOUR)
      const all = (await service.journal?.minutes(tenant.id, from - (from % MINUTE))) ?? []
      const today = all.filter(({ minute }) => minute >= since - (since % MINUTE))
      const keys = (await service.database.registry.keys(tenant.id)).map((key) => keyRow(key, now))
      const count = async (type: string) => {
        const parts = [{ type, view: { edges: [] }, lookups: [], refs: {} }]
        return (await rows.search({ parts, offset: 0, limit: 0 })).total
      }
      const [users, groups] = [await count('User'), await count('Group')]
      const suspended = (await rows.suspended({ offset: 0, limit: 1 })).total
      return {
        totals: { users, groups, suspended },
        today: countsOf(today),
        connections: await Promise.all(
          keys.map(async (key) => ({
            ...(await connectionOf(service.journal, tenant.id, key, all, now)),
            today: countsOf(today.filter((one) => one.key === key.id)),
          })),
        ),
        minutes: lastHour(all, now),
        sync: await syncOf(service.journal, tenant.id, all, keys, now),
      }
    },
  }),
]

function countsOf(minutes: readonly MinuteCounts[]): Counts {
  const sum = (of: (one: MinuteCounts) => number) =>
    minutes.reduce((total, one) => total + of(one), 0)
  return {
    requests: sum(({ requests }) => requests),
    created: sum(({ users, groups }) => users + groups),
    changed: sum(({ changed }) => changed),
    suspended: sum(({ suspended }) => suspended),
    refused: sum(({ refused }) => refused),
    failed: sum(({ failed }) => failed),
  }
}

function lastHour(all: readonly MinuteCounts[], now: number): Overview['minutes'] {
  const current = now - (now % MINUTE)
  return Array.from({ length: 60 }, (_, index) => {
    const at = current - (59 - index) * MINUTE
    const { requests, refused, failed } = countsOf(all.filter(({ minute }) => minute === at))
    return { at, ok: requests - refused - failed, bad: refused + failed }
  })
}

// The key that has created most within five minutes, and all it has done since it was last quiet.
async function syncOf(
  journal: AdminService['journal'],
  tenant: string,
  all: readonly MinuteCounts[],
  keys: readonly KeyRow[],
  now: number,
): Promise<InitialSync | null> {
  const made = ({ users, groups }: MinuteCounts) => users + groups
  const recent = (key: string) =>
    all.filter((one) => one.key === key && one.minute >= now - 5 * MINUTE)
  const [busiest] = keys
    .map((key) => ({ key, made: recent(key.id).reduce((sum, one) => sum + made(one), 0) }))
    .filter((one) => one.made >= SYNC)
    .sort((left, right) => right.made - left.made)
  if (busiest === undefined) return null
  const { id, name } = busiest.key
  const own = all.filter((one) => one.key === id && made(one) > 0)
  let since = own.at(-1)?.minute ?? now
  for (const { minute } of own.toReversed()) {
    if (since - minute > 10 * MINUTE) break
    since = minute
  }
  const during = all.filter((one) => one.key === id && one.minute >= since)
  const sum = (of: (one: MinuteCounts) => number) =>
    during.reduce((total, one) => total + of(one), 0)
  const last = await lastOf(journal, tenant, id)
  const first = await firstMade(journal, tenant, id, since)
  return {
    key: { id, name },
    since: first ?? since,
    isSinceExact: first !== undefined,
    isFirst: own.every(({ minute }) => minute >= since),
    users: sum(({ users }) => users),
    groups: sum(({ groups }) => groups),
    members: sum(({ members }) => members),
    errors: sum(({ refused, failed }) => refused + failed),
    perSecond: Math.round(perSecond(during, made, first ?? since, now) * 10) / 10,
    last: last?.at ?? since,
  }
}

/** Pages of a minute that are looked through for its first create, each as far as a search goes. */
const PAGES = 5

/** When the first of a minute was created, unless that is not known. */
async function firstMade(
  journal: AdminService['journal'],
  tenant: string,
  key: string,
  minute: number,
): Promise<number | undefined> {
  const isWithin = (at: number) => at >= minute && at < minute + MINUTE
  const firsts = (await journal?.firsts(tenant)) ?? []
  const ever = firsts.find((one) => one.key === key && one.what === 'created')
  if (ever && isWithin(ever.at)) return ever.at
  // It is kept a little after it came.
  const asked = { key, status: { from: 201, to: 201 }, from: minute, to: minute + 2 * MINUTE }
  let after: string | null = '0'
  for (let page = 0; after !== null && page < PAGES; page++) {
    const found: JournalPage | undefined = await journal?.search(tenant, {
      ...{ ...asked, after, limit: 1 },
    })
    const [first] = found?.rows ?? []
    if (first) return isWithin(first.at) ? first.at : undefined
    after = found?.next ?? null
  }
  return undefined
}

/** A minute that has lasted so long tells of itself. */
const TELLING = 10_000

/** In this minute so far; while it has hardly begun, in the one before as well. */
export function perSecond(
  during: readonly MinuteCounts[],
  made: (one: MinuteCounts) => number,
  began: number,
  now: number,
): number {
  const current = now - (now % MINUTE)
  const from = now - current < TELLING ? current - MINUTE : current
  const counted = during.filter(({ minute }) => minute >= from)
  const count = counted.reduce((sum, one) => sum + made(one), 0)
  return count / Math.max(1, (now - Math.max(from, began)) / 1000)
}
