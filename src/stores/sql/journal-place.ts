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

/** The newest place of a tenant. */
export const newestPlace = (spelling: Spelling) =>
  spelling.compile<{ readonly seq: number | null }>(
    sql`select max(seq) as seq from requests where tenant = ${slot('tenant')}`,
  )
