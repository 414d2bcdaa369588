/**
 * Who has this value of an indexed attribute: `userName eq "x"`, `displayName sw "x"`. It is what a
 * client asks before each create and each update, so it goes by one statement, made once for each
 * attribute and view; nothing is planned, and nothing is counted.
 *
 * A few resources are read at most. When all of them came, so many match; when not, nothing is said,
 * and the search goes the way of all others (search.ts).
 *
 * @module
 */

import type { QueryPart, StoredPage, StoreQuery, View } from '../../store/store.ts'
import { lookupPath } from './filter.ts'
import { afterPrefix } from './shape.ts'
import type { Spelling } from './spelling.ts'
import { sql } from './sql.ts'
import { type Statement, slot, type Values } from './statement.ts'
import { columnsOf, storedOf, viewKey, viewValues, type WithEdges } from './with-edges.ts'
import { call, type Work } from './work.ts'

/** What is read in vain where more match costs less than planning does. */
const FEW = 16

/** A search that can go directly. */
export interface Direct {
  readonly part: QueryPart
  /** Of the lookups. */
  readonly path: string
  readonly operator: 'eq' | 'sw'
  readonly value: string
  /** Resources the page takes. */
  readonly limit: number
}

/** A query as a direct one, or `undefined` where it has to be planned. */
export function directly({ parts, offset, from, limit }: StoreQuery): Direct | undefined {
  const [part, another] = parts
  const isFirstPage = offset === 0 && from === undefined && limit > 0
  if (part === undefined || another !== undefined || !isFirstPage) return undefined
  const { filter, sort, lookups } = part
  if (sort !== undefined || filter?.kind !== 'compare') return undefined
  const { operator, target, value } = filter
  // Of several values of one resource, several can begin alike.
  const isMany = target.attribute.multiValued || target.sub?.multiValued === true
  if (operator !== 'eq' && (operator !== 'sw' || isMany)) return undefined
  const path = lookupPath(filter, lookups)
  if (path === undefined) return undefined
  return { part, path, operator, value: String(value), limit: Math.min(limit, FEW) }
}

export type DirectSearch = ReturnType<typeof directSearch>

export function directSearch(spelling: Spelling) {
  const [tenant, type, value] = [slot('tenant'), slot('type'), slot('value')]
  const most = spelling.limit(slot('most'))
  const statements = new Map<string, Statement<WithEdges>>()
  const values = new WeakMap<View, { readonly key: string; readonly own: Values }>()

  // `eq` finds ids in the order of the index. What `sw` finds has to be sorted, and so is cut before.
  // A cross join, so that SQLite begins with the lookups.
  function compiled({ part, path, operator }: Direct): Statement<WithEdges> {
    const columns = columnsOf(part.view, sql`r.id`, spelling)
    const entries = sql`l.tenant = ${tenant} and l.type = ${type} and l.attribute = ${sql.lit(path)}`
    const theirs = sql`r.tenant = ${tenant} and r.type = ${type}`
    return spelling.compile<WithEdges>(
      operator === 'eq'
        ? sql`select ${columns} from lookups l cross join resources r
            where ${entries} and l.value = ${value} and ${theirs} and r.id = l.id
            order by l.id ${most}`
        : sql`select ${columns} from (
              select l.id from lookups l
              where ${entries} and l.value >= ${value} and l.value < ${slot('end')} ${most}
            ) f cross join resources r
            where ${theirs} and r.id = f.id order by r.id`,
    )
  }

  function ofView(view: View) {
    const made = { key: viewKey(view), own: viewValues(view) }
    values.set(view, made)
    return made
  }

  /** The page, or `undefined` when more match than it takes. */
  return function* search(tenant: string, asked: Direct): Work<StoredPage | undefined> {
    const { part, path, operator, value, limit } = asked
    const { key, own } = values.get(part.view) ?? ofView(part.view)
    const name = `${operator} ${path} ${key}`
    const statement = statements.get(name) ?? compiled(asked)
    statements.set(name, statement)
    const end = operator === 'sw' ? afterPrefix(value) : ''
    const bound = { ...own, tenant, type: part.type, value, end, most: limit + 1 }
    const [answer] = yield [{ ...call(statement, bound, 'rows'), alone: true }]
    const rows = (answer?.rows ?? []) as readonly WithEdges[]
    if (rows.length > limit) return undefined
    return {
      total: rows.length,
      resources: rows.map((row) => storedOf(part.type, row, part.view)),
    }
  }
}
