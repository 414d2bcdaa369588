/**
 * How a key fares, told by the last requests that came with it, however long ago: an identity provider
 * synchronises every so often, and what went wrong then has not become right because it is quiet since.
 *
 * @module
 */

import type { ListedRequest, MinuteCounts } from '../../store/journal.ts'
import type { JournalReader } from '../journal/recorder.ts'
import { lastRequestsOf } from './activity.ts'
import type { Connection, Counts, KeyRow } from './types.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR
/** What came within so long before the last request is looked at together with it. */
const LATELY = 15 * MINUTE
/** Fewer requests tell of health only when all of them went wrong. */
const FEW = 5
/** With more of them gone wrong than such a part, a key fails, or has trouble. */
const FAILING = 0.4
const TROUBLED = 0.2

export interface Fared {
  readonly requests: number
  readonly bad: number
}

type Asked = Pick<JournalReader, 'search'> | undefined

/** @param counted All that is counted of the tenant lately, oldest first. */
export async function connectionOf(
  journal: Asked,
  tenant: string,
  key: KeyRow,
  counted: readonly MinuteCounts[],
  now: number,
): Promise<Omit<Connection, 'today'>> {
  const minutes = counted.filter((one) => one.key === key.id && one.requests > 0)
  const last = Math.max(key.lastUsed?.at ?? 0, minutes.at(-1)?.minute ?? 0)
  const at = (time: number) => ({ key, lastRequest: time === 0 ? null : time })
  if (key.state === 'revoked' || key.state === 'expired') {
    return { ...at(last), ...healthOf(key, sinceEnd(key, minutes, now), now) }
  }
  const fared = latelyOf(minutes)
  const requests = isTold(fared) ? [] : await lastRequestsOf(journal, tenant, key.id)
  return {
    ...at(Math.max(last, requests[0]?.at ?? 0)),
    ...healthOf(key, withKept(fared, requests), now),
  }
}

/** What came with a key after its end, in the last hour: somebody who tries every 40 minutes is still there. */
export function sinceEnd(
  { revoked, expires }: Pick<KeyRow, 'revoked' | 'expires'>,
  minutes: readonly MinuteCounts[],
  now: number,
): Fared {
  return sumOf(minutes, Math.max(now - HOUR, revoked ?? expires ?? 0))
}

const isTold = ({ requests, bad }: Fared) => requests >= FEW || bad < requests

/** What came in the quarter of an hour up to the last request. */
export const latelyOf = (minutes: readonly MinuteCounts[]): Fared =>
  sumOf(minutes, (minutes.at(-1)?.minute ?? 0) - LATELY)

/** Of some that are too few to tell, and all went wrong, those before them tell as well, newest first. */
export function withKept(fared: Fared, requests: readonly Pick<ListedRequest, 'status'>[]): Fared {
  if (isTold(fared)) return fared
  const last = requests.slice(0, FEW)
  if (last.length < fared.requests) return fared
  return { requests: last.length, bad: last.filter(({ status }) => status >= 400).length }
}

function sumOf(minutes: readonly MinuteCounts[], from: number): Fared {
  const lately = minutes.filter(({ minute }) => minute >= from)
  const sum = (of: (one: Pick<Counts, 'requests' | 'refused' | 'failed'>) => number) =>
    lately.reduce((total, one) => total + of(one), 0)
  return {
    requests: sum(({ requests }) => requests),
    bad: sum(({ refused, failed }) => refused + failed),
  }
}

/** What is said of a key of which so many requests came last. */
export function healthOf(
  { state, lastUsed, expires }: Pick<KeyRow, 'state' | 'lastUsed' | 'expires'>,
  { requests, bad }: Fared,
  now: number,
): Pick<Connection, 'health' | 'because'> {
  if (state === 'revoked' || state === 'expired') {
    const because = state === 'revoked' ? 'The key was revoked.' : 'The key has expired.'
    return bad > 0
      ? { health: 'failing', because: `${because} Somebody still uses it.` }
      : { health: 'ended', because }
  }
  const [some, all] = [bad, requests].map((number) => number.toLocaleString('en'))
  const wrong = `${some} of the last ${all} requests went wrong`
  if (requests === 1 && bad === 1) {
    return { health: 'troubled', because: 'Its last request went wrong.' }
  }
  const isTelling = requests >= FEW || bad === requests
  if (isTelling && bad > requests * FAILING) return { health: 'failing', because: `${wrong}.` }
  if (isTelling && bad > requests * TROUBLED) return { health: 'troubled', because: `${wrong}.` }
  const ago = now - (lastUsed?.at ?? now)
  const more = state === 'expiring' ? `, and expires ${within((expires ?? now) - now)}` : ''
  if (lastUsed === null && requests === 0) {
    return { health: 'unused', because: `It has never been used${more}.` }
  }
  if (ago >= 2 * DAY) {
    const because = `It was last used ${Math.floor(ago / DAY)} days ago${more}.`
    return { health: 'stale', because }
  }
  const works = requests > 0 ? 'It works' : 'It was used lately'
  const but = bad > 0 ? `, though ${wrong}` : ''
  return { health: 'healthy', because: `${works}${more}${but}.` }
}

function within(milliseconds: number): string {
  const hours = Math.floor(milliseconds / HOUR)
  if (hours < 1) return 'within an hour'
  return hours < 48
    ? `in ${hours} hour${hours === 1 ? '' : 's'}`
    : `in ${Math.floor(hours / 24)} days`
}
