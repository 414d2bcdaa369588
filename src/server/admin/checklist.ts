/**
 * How far an identity provider has come, told by the requests that came with its key.
 *
 * A request whose key nobody knows is nobody's: it may have been this one with its key copied wrongly,
 * or a stranger. So it ticks nothing; while nothing else has come, it is told that there was one, and
 * not from where.
 *
 * @module
 */

import type { First } from '../../store/journal.ts'
import type { ApiKey } from '../../store/registry.ts'
import type { JournalReader } from '../journal/recorder.ts'
import { lastOf } from './activity.ts'
import { adviceFor } from './advice.ts'
import type { Checklist } from './types.ts'

/** Milliseconds after which a request of nobody is no longer likely to be that of whoever looks. */
const LATELY = 10 * 60_000

/** A key and those whose place it took, one by one: what they have done counts for it. */
export function lineOf(keys: readonly ApiKey[], key: ApiKey): readonly ApiKey[] {
  const line = [key]
  for (let at: ApiKey | undefined = key; at !== undefined; ) {
    const { replaces }: ApiKey = at
    at = keys.find(({ id }) => id === replaces)
    if (at !== undefined) line.push(at)
  }
  return line
}

/** The key that is used where this one was: itself, unless it was rotated. `keys` are newest first. */
export function heirOf(keys: readonly ApiKey[], key: ApiKey): ApiKey {
  const next = keys.find(({ replaces }) => replaces === key.id)
  return next === undefined ? key : heirOf(keys, next)
}

export type Ticks = Pick<Checklist, First['what']>

export function ticksOf(firsts: readonly First[], line: readonly ApiKey[]): Ticks {
  const ids = new Set(line.map(({ id }) => id))
  // The earliest of each comes last, and stays.
  const own = firsts.filter(({ key }) => ids.has(key)).toSorted((a, b) => b.at - a.at)
  return { ...nothing, ...Object.fromEntries(own.map(({ what, at }) => [what, at])) }
}

/** @param key One of `keys`, which are the tenant's. */
export async function checklistOf(
  journal: JournalReader | undefined,
  keys: readonly ApiKey[],
  key: ApiKey,
  now: number,
): Promise<Checklist> {
  const { tenant, id } = key
  if (journal === undefined) return { key: id, ...nothing, trouble: null, stranger: null }
  const [firsts, last, ofNobody] = await Promise.all([
    journal.firsts(tenant),
    lastOf(journal, tenant, id),
    journal.search('', { from: now - LATELY, limit: 1 }),
  ])
  const [nobody] = ofNobody.rows
  const ticks = ticksOf(firsts, lineOf(keys, key))
  const bad = last !== undefined && last.status >= 400 ? last : undefined
  const detail = bad && (await journal.request(tenant, bad.seq))
  return {
    key: id,
    ...ticks,
    trouble: bad
      ? {
          at: bad.at,
          seq: bad.seq,
          says: (detail && adviceFor(detail)?.cause) ?? `It was answered ${bad.status}.`,
        }
      : null,
    stranger: ticks.reached === null ? (nobody?.at ?? null) : null,
  }
}

const nothing: Ticks = {
  reached: null,
  accepted: null,
  read: null,
  created: null,
  deactivated: null,
}
