/**
 * One resource with its edges, in one statement. It is what is asked most.
 *
 * What depends on the view alone is made once for each view.
 *
 * @module
 */

import type { Stored, View } from '../../store/store.ts'
import type { Ref } from './changes.ts'
import type { Spelling } from './spelling.ts'
import { sql } from './sql.ts'
import { type Statement, slot, type Values } from './statement.ts'
import { columnsOf, storedOf, viewKey, viewValues, type WithEdges } from './with-edges.ts'
import { call, type Work } from './work.ts'

interface Prepared {
  readonly statement: Statement<WithEdges>
  readonly values: Values
}

export type OneResource = ReturnType<typeof oneResource>

export function oneResource(spelling: Spelling) {
  const [tenant, type, id] = [slot('tenant'), slot('type'), slot('id')]
  const statements = new Map<string, Statement<WithEdges>>()
  const prepared = new WeakMap<View, Prepared>()

  const compiled = (view: View) =>
    spelling.compile<WithEdges>(sql`
      select ${columnsOf(view, sql`${id}`, spelling)}
      from resources r where r.tenant = ${tenant} and r.type = ${type} and r.id = ${id}`)

  function prepare(view: View): Prepared {
    const key = viewKey(view)
    const statement = statements.get(key) ?? compiled(view)
    statements.set(key, statement)
    const made = { statement, values: viewValues(view) }
    prepared.set(view, made)
    return made
  }

  /** Edge attributes with more edges than the view wants are left out. */
  return function* read(tenant: string, { type, id }: Ref, view: View): Work<Stored | undefined> {
    const { statement, values } = prepared.get(view) ?? prepare(view)
    const asked = call(statement, { ...values, tenant, type, id }, 'one')
    const [answer] = yield [{ ...asked, alone: true }]
    const row = answer?.rows[0] as WithEdges | undefined
    return row && storedOf(type, row, view)
  }
}
