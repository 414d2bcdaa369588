/**
 * Resources and their edges in one statement: for each edge attribute of a view a column `edge0`,
 * `edge1` …, which has its edges, or one more than there may be.
 *
 * One statement is of one state of the database by itself: it needs no transaction around it, and one
 * journey to a server.
 *
 * @module
 */

import type { EdgeView, Stored, View } from '../../store/store.ts'
import { edgeTuples } from './edge-sql.ts'
import { edgesIn, edgeTexts } from './edge-text.ts'
import type { Head } from './resources.ts'
import type { Spelling } from './spelling.ts'
import { sql } from './sql.ts'
import { type Sql, slot, type Values } from './statement.ts'

/** A row of {@link columnsOf}. */
export type WithEdges = Omit<Head, 'type'> & Readonly<Record<string, string | null>>

/** What the SQL of a view depends on. */
export const viewKey = (view: View): string =>
  view.edges.map((one) => `${one.side} ${maxOf(one) !== undefined}`).join()

/** The columns of a row `r` of the resources. @param id Its id, as its edges are to be found by. */
export function columnsOf(view: View, id: Sql, spelling: Spelling): Sql {
  const edges = view.edges.map((one, index) => {
    // One edge more than there may be tells that there are too many.
    const limit = maxOf(one) === undefined ? {} : { limit: spelling.limit(slot(`limit${index}`)) }
    const tuples = edgeTuples(spelling, one.side, id, limit)
    return sql`, (${tuples}) as ${sql.ref(`edge${index}`)}`
  })
  return sql`r.id, r.version, r.created, r.modified, r.body ${sql.join(edges, sql` `)}`
}

/** The values for {@link columnsOf}. */
export const viewValues = (view: View): Values =>
  Object.fromEntries(view.edges.map((one, index) => [`limit${index}`, (maxOf(one) ?? 0) + 1]))

/** What a row tells. Edge attributes with more edges than the view wants are left out. */
export function storedOf(type: string, row: WithEdges, view: View): Stored {
  const edges: Record<string, string> = {}
  for (const [index, one] of view.edges.entries()) {
    const own = edgesIn(row[`edge${index}`])
    if (own.length <= (maxOf(one) ?? own.length)) edges[one.attribute] = `[${edgeTexts(own, one)}]`
  }
  const { id, version, created, modified, body } = row
  return { type, id, version, created, modified, body, edges }
}

const maxOf = ({ max, streamAbove }: EdgeView) => max ?? streamAbove
