/**
 * What a node remembers of searches, so that the next page of one costs a page. Nothing here is
 * needed: what is not remembered is read again, and another node goes on as well.
 *
 * **Totals** hold as long as nothing of the tenant changed, which its tally of changes tells.
 *
 * **Ends** are where the pages of a walk by `startIndex` ended. The page that begins where the last
 * one ended begins behind that resource, not behind so many rows: that costs no counting, and nobody
 * is skipped because somebody before them left meanwhile. An end is used once and not for long, so
 * that whoever asks for a page by its number out of the blue gets what is there now.
 *
 * @module
 */

import type { Place, StoreQuery } from '../../store/store.ts'
import type { Known, Outcome } from './search.ts'

const QUERIES = 1_000
/** Milliseconds within which a client asks for its next page. */
const WALKING = 60_000

export class MemoryOfSearches {
  readonly #totals = new Map<string, Known>()
  readonly #ends = new Map<string, { readonly place: Place; readonly at: number }>()
  readonly #now: () => number

  /** @param now Milliseconds from whenever. */
  constructor(now: () => number) {
    this.#now = now
  }

  known(key: string): Known | undefined {
    return this.#totals.get(key)
  }

  /** The query, beginning where the walk that it goes on with ended, when that is known. */
  resumed(key: string, query: StoreQuery): StoreQuery {
    if (query.from !== undefined || query.offset === 0) return query
    const end = this.#ends.get(`${query.offset} ${key}`)
    if (end === undefined) return query
    this.#ends.delete(`${query.offset} ${key}`)
    if (this.#now() - end.at > WALKING) return query
    return { ...query, from: { side: 'after', place: end.place } }
  }

  /** @param asked The query as it came, before {@link resumed}. */
  learn(key: string, asked: StoreQuery, { page, seq, counted }: Outcome): void {
    if (seq !== undefined) keep(this.#totals, key, { seq, totals: counted })
    const { next, resources } = page
    if (asked.from === undefined && next !== undefined) {
      const end = asked.offset + resources.length
      keep(this.#ends, `${end} ${key}`, { place: next, at: this.#now() })
    }
  }
}

function keep<T>(map: Map<string, T>, key: string, value: T): void {
  map.delete(key)
  map.set(key, value)
  const [oldest] = map.keys()
  if (map.size > QUERIES && oldest !== undefined) map.delete(oldest)
}
