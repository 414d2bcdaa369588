/**
 * One resource with its edges, in one statement.
 *
 * It is what is asked most, and one statement is of one state of the database by itself: no
 * transaction around it, and one journey to a server. What depends on the view alone is made once for
 * each view.
 *
 * @module
 */

import type { EdgeView, Stored, View } from '../../store/store.ts'
import type { Ref } from './changes.ts'
import { edgeTuples } from './edge-sql.ts'
import { edgesIn, edgeTexts } from './edge-text.ts'
import type { Head } from './resources.ts'
import type { Spelling } from './spelling.ts'
import { sql } from './sql.ts'
import { type Statement, slot, type Values } from './statement.ts'
import { call, type Work } from './work.ts'

/** For each edge attribute of the view `edge0`, `edge1` …: its edges, or one more than there may be. */
type Row = Head & Readonly<Record<string, string | null>>

interface Prepared {
  readonly statement: Statement<Row>
  readonly values: Values
}

export type OneResource = ReturnType<typeof oneResource>

export function oneResource(spelling: Spelling) {
  const [tenant, type, id] = [slot('tenant'), slot('type'), slot('id')]
  const statements = new Map<string, Statement<Row>>()
  const prepared = new WeakMap<View, Prepared>()

  function edge(view: EdgeView, index: number) {
    // One edge more than there may be tells that there are too many.
    const limit = spelling.limit(slot(`limit${index}`))
    const tuples = edgeTuples(
      spelling,
      view.side,
      sql`${id}`,
      maxOf(view) === undefined ? {} : { limit },
    )
    return sql`, (${tuples}) as ${sql.ref(`edge${index}`)}`
  }

  function compiled(view: View): Statement<Row> {
    return spelling.compile<Row>(sql`
      select r.type, r.id, r.version, r.created, r.modified, r.body
        ${sql.join(view.edges.map(edge), sql` `)}
      from resources r where r.tenant = ${tenant} and r.type = ${type} and r.id = ${id}`)
  }

  function prepare(view: View): Prepared {
    const key = view.edges.map((one) => `${one.side} ${maxOf(one) !== undefined}`).join()
    const statement = statements.get(key) ?? compiled(view)
    statements.set(key, statement)
    const limits = view.edges.map((one, index) => [`limit${index}`, (maxOf(one) ?? 0) + 1])
    const made = { statement, values: Object.fromEntries(limits) as Values }
    prepared.set(view, made)
    return made
  }

  /** Edge attributes with more edges than the view wants are left out. */
  return function* read(tenant: string, { type, id }: Ref, view: View): Work<Stored | undefined> {
    const { statement, values } = prepared.get(view) ?? prepare(view)
    const asked = call(statement, { ...values, tenant, type, id }, 'one')
    const [answer] = yield [{ ...asked, alone: true }]
    const row = answer?.rows[0] as Row | undefined
    if (row === undefined) return undefined
    const edges: Record<string, string> = {}
    for (const [index, one] of view.edges.entries()) {
      const own = edgesIn(row[`edge${index}`])
      if (own.length <= (maxOf(one) ?? own.length)) {
        edges[one.attribute] = `[${edgeTexts(own, one)}]`
      }
    }
    const { version, created, modified, body } = row
    return { type, id, version, created, modified, body, edges }
  }
}

const maxOf = ({ max, streamAbove }: EdgeView) => max ?? streamAbove
