/**
 * A filter as a condition in SQL, on one row `r` of the resources or one row `e` of the edges.
 *
 * Answers what `match` answers on the same data. SQL's third truth value is kept out: every leaf is
 * either over columns that are never null, or says `is true`, so that `not` means not.
 *
 * It is asked of rows that are at hand already; how to come to few of them is said in candidates.ts.
 * So it reads the row and what hangs on it, and never a set of rows. Whether a value is equal is
 * looked up where there are lookups, as that needs no body.
 *
 * @module
 */

import type {
  BoundCompare,
  BoundFilter,
  BoundPresent,
  BoundValuePath,
  Target,
} from '../../protocol/filter/bound.ts'
import { edgeColumns, type refSlots } from './edge-sql.ts'
import { type LiteralSlots, literalSlots, shape } from './shape.ts'
import { type Scope, type Source, sourceOf } from './source.ts'
import type { Spelling } from './spelling.ts'
import { sql } from './sql.ts'
import { type Slot, type Sql, slot } from './statement.ts'

export interface FilterContext {
  readonly spelling: Spelling
  readonly refs: ReturnType<typeof refSlots>
  /** Paths that have lookups. */
  readonly lookups: readonly string[]
  /** Of the names of the literals' slots. */
  readonly prefix: string
}

/** The condition; its literals are the slots of `literals` in shape.ts, under the same prefix. */
export function condition(filter: BoundFilter, scope: Scope, context: FilterContext): Sql {
  const { tree, literal } = literalsIn(filter, context.prefix)
  let aliases = 0
  return translate(tree, scope, { ...context, literal, alias: () => `j${aliases++}` })
}

export interface Literals {
  readonly tree: BoundFilter
  readonly literal: (node: BoundCompare) => LiteralSlots
}

/** A filter each of whose comparisons has slots for its literal. */
export function literalsIn(filter: BoundFilter, prefix: string): Literals {
  const { comparisons } = shape(filter)
  if (new Set(comparisons).size < comparisons.length) {
    // A node that stands in two places has two literals to other filters of this shape.
    return literalsIn(JSON.parse(JSON.stringify(filter)) as BoundFilter, prefix)
  }
  const slots = new Map(
    comparisons.map((node, index) => [node, literalSlots(prefix, index)] as const),
  )
  return { tree: filter, literal: (node: BoundCompare) => slots.get(node) as LiteralSlots }
}

interface Context extends FilterContext {
  readonly literal: (node: BoundCompare) => LiteralSlots
  readonly alias: () => string
}

function translate(filter: BoundFilter, scope: Scope, context: Context): Sql {
  switch (filter.kind) {
    case 'and':
    case 'or':
      return joined(
        filter.kind,
        filter.filters.map((one) => translate(one, scope, context)),
      )
    case 'not':
      return sql`not (${translate(filter.filter, scope, context)})`
    case 'compare':
      return compare(filter, scope, context)
    case 'present':
      return present(filter, scope, context)
    case 'value':
      return valuePath(filter, scope, context)
    default:
      return filter satisfies never
  }
}

// In halves, because a database bounds how deep an expression may be and `a or b or c …` is deep.
function joined(operator: 'and' | 'or', conditions: readonly Sql[]): Sql {
  const [only] = conditions
  if (only === undefined) return operator === 'and' ? sql`1 = 1` : sql`1 = 0`
  if (conditions.length === 1) return only
  const middle = Math.ceil(conditions.length / 2)
  const left = joined(operator, conditions.slice(0, middle))
  const right = joined(operator, conditions.slice(middle))
  return sql`(${left} ${sql.raw(operator)} ${right})`
}

function compare(node: BoundCompare, scope: Scope, context: Context): Sql {
  const { target, operator, comparison } = node
  const looked = lookedUp(node, scope, context)
  if (looked !== undefined) return looked
  const { value: literal } = context.literal(node)
  const source = sourceOf(target, scope, context)
  const value = source.value(comparison)

  if (operator === 'eq' && comparison === 'fold' && isOther(target, scope)) {
    const is = otherIs(edgeOf(target, scope).value, literal)
    return source.from === undefined ? is : some(source.from, is)
  }
  if (operator === 'ne') return differs(source, value, literal)
  const test = tested(operator, value, literal, context.spelling)
  if (source.from !== undefined) return some(source.from, test)
  return source.exists === undefined ? test : sql`(${test}) is true`
}

// Where there is no value at all, `ne` matches; a value that does not fit differs.
function differs({ from, exists }: Source, value: Sql, literal: Slot): Sql {
  if (exists === undefined && from === undefined) return sql`${value} <> ${literal}`
  const different = sql`${value} is distinct from ${literal}`
  if (from === undefined) return different
  const there = exists ?? sql`1 = 1`
  return sql`(${some(from, sql`${there} and ${different}`)} or not ${some(from, there)})`
}

export function tested(
  operator: Exclude<BoundCompare['operator'], 'ne'>,
  value: Sql,
  literal: Slot,
  spelling: Spelling,
): Sql {
  switch (operator) {
    case 'eq':
      return sql`${value} = ${literal}`
    case 'gt':
      return sql`${value} > ${literal}`
    case 'ge':
      return sql`${value} >= ${literal}`
    case 'lt':
      return sql`${value} < ${literal}`
    case 'le':
      return sql`${value} <= ${literal}`
    case 'co':
      return spelling.contains(value, sql`${literal}`)
    case 'sw':
      return sql`substr(${value}, 1, length(${literal})) = ${literal}`
    case 'ew':
      return sql`length(${value}) >= length(${literal})
        and substr(${value}, length(${value}) - length(${literal}) + 1) = ${literal}`
    default:
      return operator satisfies never
  }
}

const some = ({ tables, where }: NonNullable<Source['from']>, test: Sql) =>
  where === undefined
    ? sql`exists (select 1 from ${tables} where ${test})`
    : sql`exists (select 1 from ${tables} where ${where} and ${test})`

function present({ target }: BoundPresent, scope: Scope, context: Context): Sql {
  const source = sourceOf(target, scope, context)
  return source.from === undefined ? source.present : some(source.from, source.present)
}

function valuePath(node: BoundValuePath, scope: Scope, context: Context): Sql {
  const { target } = node
  const source = sourceOf(target, scope, context)
  const inner = translate(node.filter, source.scope, context)
  if (source.from === undefined) return sql`(${source.exists ?? sql`1 = 1`} and ${inner})`

  return some(source.from, sql`${source.exists ?? sql`1 = 1`} and ${inner}`)
}

/** The path under which a comparison's attribute has lookups, if they can answer it. */
export function lookupPath(node: BoundCompare, lookups: readonly string[]): string | undefined {
  const { target, comparison, operator, value } = node
  const { place, urn, attribute, sub } = target
  if (place.kind !== 'body' || urn !== undefined || value === '') return undefined
  if (comparison === 'number' || comparison === 'instant') return undefined
  if (operator === 'lt' || operator === 'le') return undefined
  const path = sub === undefined ? attribute.name : `${attribute.name}.${sub.name}`
  return lookups.includes(path) ? path : undefined
}

// Of a single value only: several can be equal to a literal and differ from it. Not `exists`, of which
// a database may make a join that goes through everybody with that value.
function lookedUp(node: BoundCompare, scope: Scope, context: Context): Sql | undefined {
  const path = scope.kind === 'resource' ? equalityPath(node, context.lookups) : undefined
  if (path === undefined) return undefined
  const { operator } = node
  const { text } = context.literal(node)
  const equal = sql`((select 1 from lookups l where l.tenant = r.tenant and l.type = r.type
    and l.attribute = ${sql.lit(path)} and l.value = ${text} and l.id = r.id) is not null)`
  return operator === 'eq' ? equal : sql`not ${equal}`
}

function equalityPath(node: BoundCompare, lookups: readonly string[]): string | undefined {
  const { operator, target } = node
  const isMany = target.attribute.multiValued || target.sub?.multiValued === true
  return operator === 'eq' || (operator === 'ne' && !isMany) ? lookupPath(node, lookups) : undefined
}

/** Whether the condition on a resource's row reads its tenant, type and id and no more. */
export function isByKeys(filter: BoundFilter, lookups: readonly string[]): boolean {
  switch (filter.kind) {
    case 'and':
    case 'or':
      return filter.filters.every((one) => isByKeys(one, lookups))
    case 'not':
      return isByKeys(filter.filter, lookups)
    case 'compare':
      return isKey(filter.target) || equalityPath(filter, lookups) !== undefined
    case 'present':
    case 'value':
      return isKey(filter.target)
    default:
      return filter satisfies never
  }
}

const isKey = ({ place }: Target) => place.kind === 'id' || place.kind === 'edge'

const isOther = ({ place, attribute, sub }: Target, scope: Scope) =>
  scope.kind === 'edge'
    ? attribute.name === 'value'
    : scope.kind === 'resource' && place.kind === 'edge' && sub?.name === 'value'

function edgeOf({ place }: Target, scope: Scope) {
  if (scope.kind === 'edge') return edgeColumns(scope.side)
  return edgeColumns(place.kind === 'edge' ? place.edge.side : 'owner')
}

/** An id whose folded form is another has a lookup of it (writes.ts), so that the edges' keys serve. */
export const otherIs = (column: Sql, folded: Slot) => sql`${column} in (
  select ${folded} union all
  select l.id from lookups l where l.tenant = ${slot('tenant')} and l.type = ''
    and l.attribute = 'id' and l.value = ${folded})`
