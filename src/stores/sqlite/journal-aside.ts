/**
 * Requests that were put aside: a row for hundreds of them, which says where in a file their bytes are.
 *
 * @module
 */

import type { Aside, PutAside } from '../../store/journal.ts'
import type { TakePlaces } from '../sql/journal-place.ts'
import { AsideFile, type Lies } from './aside-file.ts'
import type { Connection } from './connection.ts'

/**
 * @param path The file for the bytes.
 * @param write Carries out in one transaction what it is given.
 */
export function journalAside(
  connection: Connection,
  path: string,
  write: (work: () => void) => void,
  take: TakePlaces,
): Aside & { close(): void } {
  const isEmpty = () => connection.query(ANY).length === 0
  const file = new AsideFile(path, connection.query<{ readonly end: number }>(END)[0]?.end ?? 0)
  return {
    async put(loads) {
      const lying = loads.map(({ count, weight, bytes }) => ({
        ...{ count, weight },
        ...file.put(bytes),
      }))
      write(() => {
        for (const { count, weight, size, start, sum } of lying) {
          const values = [take(count, 0), count, weight, size, start, sum]
          connection.answer({ sql: PUT, values, want: 'run' })
        }
      })
    },
    async oldest(requests, bytes) {
      const found: PutAside[] = []
      let left = { requests, bytes }
      for (let behind = -1; ; ) {
        const [next] = connection.query<Lies & Omit<PutAside, 'bytes'>>(NEXT, behind)
        if (next === undefined) return found
        left = { requests: left.requests - next.count, bytes: left.bytes - next.weight }
        if (found.length > 0 && Math.min(left.requests, left.bytes) < 0) return found
        const { place, count, weight } = next
        found.push({ place, count, weight, bytes: file.read(next) })
        behind = next.place
      }
    },
    async size() {
      return isEmpty() ? 0 : file.end
    },
    async tidy() {
      if (isEmpty()) file.empty()
    },
    close: () => file.close(),
  }
}

/** The last place that anything in the journal has. */
export function lastPlace(connection: Connection): number {
  return connection.query<{ readonly place: number | null }>(LAST)[0]?.place ?? 0
}

const PUT = `insert into request_parcels (place, count, weight, size, start, sum)
  values (?, ?, ?, ?, ?, ?)`
const NEXT = `select place, count, weight, size, start, sum from request_parcels where place > ?
  order by place limit 1`
const ANY = 'select 1 from request_parcels limit 1'
const END = 'select max(start + size) as end from request_parcels'
const LAST = `select max(place) as place from (
  select max(seq) as place from request_contents
  union all select max(place + count) from request_parcels)`
