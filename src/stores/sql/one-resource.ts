/**
 * One resource with its edges, in one statement.
 *
 * It is what is asked most, and one statement is of one state of the database by itself: no
 * transaction around it, and one journey to a server. What depends on the view alone is made once for
 * each view.
 *
 * @module
 */

import { sql } from 'kysely'
import type { EdgeView, Stored, View } from '../../store/store.ts'
import type { Ref } from './changes.ts'
import { edgeColumns, edgeText, refSlots, refText, refValues } from './edge-sql.ts'
import type { Head } from './resources.ts'
import type { Spelling } from './spelling.ts'
import { type Statement, slot, type Values } from './statement.ts'
import { call, type Work } from './work.ts'

/** For each edge attribute of the view `edge0`, `edge1` …: its items; `null` where they are too many. */
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
    const columns = edgeColumns(view.side)
    const at = sql`e.tenant = ${tenant} and ${columns.this} = ${id}`
    const item = edgeText(spelling, view.side, refSlots(sizeOf(view), `edge${index}`))
    const items = sql`coalesce((
      select ${spelling.gathered(sql`t.item`)} from (
        select ${item} as item from ${columns.from} where ${at} order by ${columns.value}) t), '')`
    const name = sql.ref(`edge${index}`)
    if (maxOf(view) === undefined) return sql`, ${items} as ${name}`
    const max = slot(`max${index}`)
    return sql`, case when (
      select count(*) from (select 1 from edges e where ${at} limit ${max} + 1) c
    ) <= ${max} then ${items} end as ${name}`
  }

  function compiled(view: View): Statement<Row> {
    return spelling.compile<Row>(sql`
      select r.type, r.id, r.version, r.created, r.modified, r.body
        ${sql.join(view.edges.map(edge), sql` `)}
      from resources r where r.tenant = ${tenant} and r.type = ${type} and r.id = ${id}`)
  }

  function prepare(view: View): Prepared {
    const key = view.edges
      .map((one) => `${one.side} ${sizeOf(one)} ${maxOf(one) !== undefined}`)
      .join()
    const statement = statements.get(key) ?? compiled(view)
    statements.set(key, statement)
    const values = view.edges.map((one, index) => ({
      ...refValues(one.refs, `edge${index}`, refText),
      [`max${index}`]: maxOf(one) ?? null,
    }))
    const made = { statement, values: Object.assign({}, ...values) as Values }
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
    for (const [index, { attribute }] of view.edges.entries()) {
      const items = row[`edge${index}`]
      if (items !== null) edges[attribute] = `[${items}]`
    }
    const { version, created, modified, body } = row
    return { type, id, version, created, modified, body, edges }
  }
}

const sizeOf = ({ refs }: EdgeView) => Object.keys(refs).length
const maxOf = ({ max, streamAbove }: EdgeView) => max ?? streamAbove
