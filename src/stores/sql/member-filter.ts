/**
 * Members by a filter, as in PATCH `members[display sw "A"]` (RFC 7644 §3.5.2.2).
 *
 * @module
 */

import type { BoundFilter } from '../../protocol/filter/bound.ts'
import type { EdgeView } from '../../store/store.ts'
import { edgeColumns, refSlots, refValues } from './edge-sql.ts'
import { condition } from './filter.ts'
import { Lru } from './lru.ts'
import { literals, shape } from './shape.ts'
import type { Spelling } from './spelling.ts'
import { sql } from './sql.ts'
import { type Statement, slot } from './statement.ts'
import { rows, type Work } from './work.ts'

export type MemberFilter = ReturnType<typeof memberFilter>

export function memberFilter(spelling: Spelling) {
  const compiled = new Lru<Statement<{ id: string }>>(100)

  return {
    /** The ids at the other end of the edges of a resource that match, in order. */
    *matching(
      tenant: string,
      id: string,
      filter: BoundFilter,
      { side, refs }: EdgeView,
    ): Work<readonly string[]> {
      const form = shape(filter)
      const count = Object.keys(refs).length
      const statement = compiled.get(`${side} ${count} ${form.key}`, () => {
        const columns = edgeColumns(side)
        const context = {
          spelling,
          refs: refSlots(count, ''),
          lookups: [],
          prefix: 'v',
        }
        const matches = condition(filter, { kind: 'edge', side }, context)
        return spelling.compile(sql`select ${columns.value} as id from ${columns.from}
          where e.tenant = ${slot('tenant')} and ${columns.this} = ${slot('id')} and ${matches}
          order by ${columns.value}`)
      })
      const values = { tenant, id, ...literals('v', form), ...refValues(refs, '') }
      return (yield* rows(statement, values)).map((row) => row.id)
    },
  }
}
