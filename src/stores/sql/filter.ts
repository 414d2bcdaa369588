/**
 * A filter as SQL, over a row `r` of the resources or a row `e` of the edges.
 *
 * Answers what `match` answers on the same data. SQL's third truth value is kept out: every leaf is
 * either over columns that are never null, or says `is true`, so that `not` means not.
 *
 * An attribute that has lookups is sought there. A value `""` has none, so a literal `""` and the
 * operators that can match below others go to the body.
 *
 * @module
 */

import { sql } from 'kysely'
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
import { type Slot, type Sql, slot } from './statement.ts'

export interface FilterContext {
  readonly spelling: Spelling
  readonly refs: ReturnType<typeof refSlots>
  /** Paths that have lookups, of the resource type in the slot `type`. */
  readonly lookups: readonly string[]
  readonly type: Slot
  /** Of the names of the literals' slots. */
  readonly prefix: string
}

/** The condition. Its literals are the slots of {@link literals} under the same prefix. */
export function condition(filter: BoundFilter, scope: Scope, context: FilterContext): Sql {
  const { comparisons } = shape(filter)
  if (new Set(comparisons).size < comparisons.length) {
    // A node that stands in two places has two literals to other filters of this shape.
    return condition(JSON.parse(JSON.stringify(filter)) as BoundFilter, scope, context)
  }
  const slots = new Map(
    comparisons.map((node, index) => [node, literalSlots(context.prefix, index)] as const),
  )
  let aliases = 0
  return translate(filter, scope, {
    ...context,
    literal: (node) => slots.get(node) as LiteralSlots,
    alias: () => `j${aliases++}`,
  })
}

/** Whether a value path or comparison is, or demands, that an edge's other end be one resource. */
export function namesOther(filter: BoundFilter): boolean {
  return equalTo(filter, ({ attribute }) => attribute.name === 'value') !== undefined
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
  const looked = compareLookup(node, scope, context)
  if (looked !== undefined) return looked
  const { value: literal } = context.literal(node)
  const source = sourceOf(target, scope, context)
  const value = source.value(comparison)

  if (isOther(target, scope) && operator === 'eq') {
    const other = edgeOf(target, scope)
    const is = comparison === 'fold' ? otherIs(other.value, literal) : sql`${value} = ${literal}`
    return scope.kind === 'edge'
      ? is
      : sql`r.id in (
      select ${other.this} from edges e where e.tenant = ${slot('tenant')} and ${is})`
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

function tested(
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

  if (source.scope.kind === 'edge' && namesOther(node.filter)) {
    return sql`r.id in (select ${edgeColumns(source.scope.side).this} from edges e
      where e.tenant = ${slot('tenant')} and ${inner})`
  }
  const found = some(source.from, sql`${source.exists ?? sql`1 = 1`} and ${inner}`)
  const narrowed = narrowedBy(node, scope, context)
  return narrowed === undefined ? found : sql`(${narrowed} and ${found})`
}

// `emails[type eq "work" and value eq "x"]` is true of no resource of which `emails.value eq "x"` is
// not, and that is quickly known.
function narrowedBy(node: BoundValuePath, scope: Scope, context: Context): Sql | undefined {
  const { target } = node
  const hasLookup = ({ place, attribute }: Target) =>
    place.kind === 'element' &&
    context.lookups.includes(`${target.attribute.name}.${attribute.name}`)
  const equal = target.urn === undefined ? equalTo(node.filter, hasLookup) : undefined
  if (equal === undefined || equal.value === '') return undefined
  const whole = { ...target, sub: equal.target.attribute }
  return compareLookup({ ...equal, target: whole }, scope, {
    ...context,
    literal: () => context.literal(equal),
  })
}

/** The comparison by `eq` that a filter is, or cannot do without. */
function equalTo(filter: BoundFilter, of: (target: Target) => boolean): BoundCompare | undefined {
  if (filter.kind === 'compare') {
    return filter.operator === 'eq' && of(filter.target) ? filter : undefined
  }
  if (filter.kind !== 'and') return undefined
  for (const part of filter.filters) {
    const found = equalTo(part, of)
    if (found !== undefined) return found
  }
  return undefined
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

function compareLookup(node: BoundCompare, scope: Scope, context: Context): Sql | undefined {
  const path = scope.kind === 'resource' ? lookupPath(node, context.lookups) : undefined
  if (path === undefined) return undefined
  const { text, end } = context.literal(node)
  const among = (test: Sql) => sql`r.id in (select l.id from lookups l
    where l.tenant = ${slot('tenant')} and l.type = ${context.type} and l.attribute = ${path}
    ${test})`
  switch (node.operator) {
    case 'ne':
      return sql`(${among(sql`and l.value <> ${text}`)} or not ${among(sql``)})`
    case 'sw':
      return among(sql`and l.value >= ${text} and l.value < ${end}`)
    default:
      return among(sql`and ${tested(node.operator, sql`l.value`, text, context.spelling)}`)
  }
}

const isOther = ({ place, attribute, sub }: Target, scope: Scope) =>
  scope.kind === 'edge'
    ? attribute.name === 'value'
    : scope.kind === 'resource' && place.kind === 'edge' && sub?.name === 'value'

function edgeOf({ place }: Target, scope: Scope) {
  if (scope.kind === 'edge') return edgeColumns(scope.side)
  return edgeColumns(place.kind === 'edge' ? place.edge.side : 'owner')
}

// An id whose folded form is another has a lookup of it (write.ts), so that the edges' keys serve.
const otherIs = (column: Sql, folded: Slot) => sql`${column} in (
  select ${folded} union all
  select l.id from lookups l where l.tenant = ${slot('tenant')} and l.type = ''
    and l.attribute = 'id' and l.value = ${folded})`
