/**
 * A place in the journal: milliseconds times {@link PLACES}, plus what keeps places apart. So a range of
 * time is a range of places, and a place is a number that a double holds until the year 2109.
 *
 * @module
 */

import type { Spelling } from './spelling.ts'
import { sql } from './sql.ts'
import { slot } from './statement.ts'

/** Places in a millisecond. */
export const PLACES = 2_048

/** Takes so many places that lie behind one: the first of them. No place is given out twice. */
export type TakePlaces = (count: number, behind: number) => number

/** @param last The last place that was given out before. */
export function takingPlaces(now: () => number, last = 0): TakePlaces {
  let taken = last
  return (count, behind) => {
    const first = Math.max(taken + 1, behind + 1, now() * PLACES)
    taken = first + count - 1
    return first
  }
}

/** The newest place of a tenant. */
export const newestPlace = (spelling: Spelling) =>
  spelling.compile<{ readonly seq: number | null }>(
    sql`select max(seq) as seq from requests where tenant = ${slot('tenant')}`,
  )
