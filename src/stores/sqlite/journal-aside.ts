/**
 * Requests that were put aside: a row for a hundred of them, which costs about what their bytes cost, where
 * their own rows cost ten times as much.
 *
 * @module
 */

import type { Aside, PutAside } from '../../store/journal.ts'
import type { TakePlaces } from '../sql/journal-place.ts'
import type { Connection } from './connection.ts'

/** @param write Carries out in one transaction what it is given. */
export function journalAside(
  connection: Connection,
  write: (work: () => void) => void,
  take: TakePlaces,
): Aside {
  return {
    async put(loads) {
      write(() => {
        for (const { count, bytes } of loads) {
          const values = [take(count, 0), count, bytes.byteLength, bytes]
          connection.answer({ sql: PUT, values, want: 'run' })
        }
      })
    },
    async oldest(requests, bytes) {
      const found: PutAside[] = []
      let left = { requests, bytes }
      for (let behind = -1; ; ) {
        const [next] = connection.query<PutAside>(NEXT, behind)
        if (next === undefined) return found
        left = { requests: left.requests - next.count, bytes: left.bytes - next.bytes.length }
        if (found.length > 0 && Math.min(left.requests, left.bytes) < 0) return found
        found.push(next)
        behind = next.place
      }
    },
    size: async () => connection.query<{ readonly size: number }>(SIZE)[0]?.size ?? 0,
  }
}

/** The last place that anything in the journal has. */
export function lastPlace(connection: Connection): number {
  return connection.query<{ readonly place: number | null }>(LAST)[0]?.place ?? 0
}

const PUT = 'insert into request_parcels (place, count, size, bytes) values (?, ?, ?, ?)'
const NEXT = `select place, count, bytes from request_parcels where place > ?
  order by place limit 1`
const SIZE = 'select total(size) as size from request_parcels'
const LAST = `select max(place) as place from (
  select max(seq) as place from request_contents
  union all select max(place + count) from request_parcels)`
