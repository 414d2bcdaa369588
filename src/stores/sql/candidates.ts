/**
 * How to come to the few resources a filter can match, by an index.
 *
 * A set of candidates is a query for ids among which every match is. `and` has one for each of its
 * sides that an index knows, and whoever asks takes the smallest; `or` has the union of its sides'.
 * Where there is none, every resource of the type has to be looked at.
 *
 * A value `""` has no lookup, so a literal `""` and the operators that match below others are not
 * found by one.
 *
 * @module
 */

import type {
  BoundCompare,
  BoundFilter,
  BoundValuePath,
  Target,
} from '../../protocol/filter/bound.ts'
import { edgeColumns } from './edge-sql.ts'
import {
  type FilterContext,
  type Literals,
  literalsIn,
  lookupPath,
  otherIs,
  tested,
} from './filter.ts'
import { sql } from './sql.ts'
import { type Slot, type Sql, slot } from './statement.ts'

export interface Candidates {
  /** The query, with a condition on the id it gives. */
  readonly ids: (where: (id: Sql) => Sql) => Sql
  /** `point`: one or none. `range`: so many rows as it gives. `wide`: it reads many more. */
  readonly reach: 'point' | 'range' | 'wide'
  /** Every candidate is a match. */
  readonly isExact: boolean
  /** No id comes twice. */
  readonly isDistinct: boolean
  /** The index has them in the order of ids, so that a page of them costs a page. */
  readonly isOrdered: boolean
  /** Those of an `or`, of which these are the union. */
  readonly sides?: readonly Candidates[]
}

/**
 * Ids of candidates, each once, up to a limit; where fewer come, they are all. A union would be made
 * whole before the first of it is seen, so each of its sides is limited too.
 */
export function upTo({ ids, isDistinct, sides }: Candidates, limit: Sql): Sql {
  const each = isDistinct ? sql`` : sql`distinct`
  const found = sides === undefined ? ids(ALL) : joined(sides.map((side) => upTo(side, limit)))
  return sql`select ${each} c.id as id from (${found}) c ${limit}`
}

const ALL = () => sql`1 = 1`

interface Context extends FilterContext {
  readonly type: Slot
  readonly literal: Literals['literal']
}

/** The choices there are; none when no index helps. */
export function candidates(
  filter: BoundFilter,
  context: FilterContext & { readonly type: Slot },
): readonly Candidates[] {
  const { tree, literal } = literalsIn(filter, context.prefix)
  return choices(tree, { ...context, literal })
}

/** More choices than these are not weighed: somebody's long `and` is no reason for long planning. */
const CHOICES = 8

function choices(filter: BoundFilter, context: Context): readonly Candidates[] {
  switch (filter.kind) {
    case 'and': {
      const [only] = filter.filters
      if (only !== undefined && filter.filters.length === 1) return choices(only, context)
      return filter.filters
        .flatMap((one) => choices(one, context))
        .slice(0, CHOICES)
        .map((one) => ({ ...one, isExact: false }))
    }
    case 'or':
      return union(filter.filters.map((one) => choices(one, context)))
    case 'compare':
      return list(compared(filter, context))
    case 'present':
      return list(present(filter.target, context))
    case 'value':
      return list(valuePath(filter, context))
    case 'not':
      return []
    default:
      return filter satisfies never
  }
}

const list = (one: Candidates | undefined) => (one === undefined ? [] : [one])

// Every way to choose one of each side, while they are few; then the first of each.
function union(sides: readonly (readonly Candidates[])[]): readonly Candidates[] {
  if (sides.some((side) => side.length === 0)) return []
  const ways = sides.reduce((product, side) => product * side.length, 1)
  const combinations = sides.reduce<readonly (readonly Candidates[])[]>(
    (before, side) =>
      before.flatMap((chosen) =>
        (ways > CHOICES ? [narrowest(side)] : side).map((one) => [...chosen, one]),
      ),
    [[]],
  )
  return combinations.map((chosen) => {
    const [only] = chosen
    if (only === undefined) return NONE
    if (chosen.length === 1) return only
    return {
      ids: (where) => joined(chosen.map(({ ids }) => ids(where))),
      reach: chosen.some(({ reach }) => reach === 'wide') ? 'wide' : 'range',
      isExact: chosen.every(({ isExact }) => isExact),
      isDistinct: true,
      isOrdered: false,
      sides: chosen,
    }
  })
}

// `or` of nothing is what an attribute comes to that a type does not have.
const NONE: Candidates = {
  ids: (where) => sql`select r.id as id from resources r where 1 = 0 and ${where(sql`r.id`)}`,
  reach: 'point',
  isExact: true,
  isDistinct: true,
  isOrdered: true,
}

function narrowest(side: readonly Candidates[]): Candidates {
  const order = ['point', 'range', 'wide']
  return side.reduce((best, one) =>
    order.indexOf(one.reach) < order.indexOf(best.reach) ? one : best,
  )
}

// In halves, because a database bounds how many queries one union may have.
function joined(queries: readonly Sql[]): Sql {
  const [only] = queries
  if (only !== undefined && queries.length === 1) return only
  const middle = Math.ceil(queries.length / 2)
  const halves = [queries.slice(0, middle), queries.slice(middle)].map(
    (half, index) => sql`select id from (${joined(half)}) ${sql.ref(`u${index}`)}`,
  )
  return sql.join(halves, sql` union `)
}

function compared(node: BoundCompare, context: Context): Candidates | undefined {
  const { target, operator, comparison } = node
  const { value: literal, text, end } = context.literal(node)
  const { place, sub } = target
  if (place.kind === 'id' && comparison === 'exact') {
    if (operator === 'eq') {
      return { ...ofResources(sql`r.id = ${literal}`, context), reach: 'point' }
    }
    if (operator === 'sw') {
      const begun = ofResources(sql`r.id >= ${text} and r.id < ${end}`, context)
      return { ...begun, isOrdered: true }
    }
  }
  if (place.kind === 'meta' && (sub?.name === 'created' || sub?.name === 'lastModified')) {
    if (operator === 'ne') return undefined
    const column = sub.name === 'created' ? sql`r.created` : sql`r.modified`
    return ofResources(tested(operator, column, literal, context.spelling), context)
  }
  if (place.kind === 'edge') {
    return sub?.name === 'value' && operator === 'eq' ? ofEdges(target, node, context) : undefined
  }
  return lookedUp(target, node, context)
}

const ofResources = (test: Sql, { type }: Context): Candidates => ({
  ids: (where) => sql`select r.id as id from resources r where r.tenant = ${slot('tenant')}
    and r.type = ${type} and ${test} and ${where(sql`r.id`)}`,
  reach: 'range',
  isExact: true,
  isDistinct: true,
  isOrdered: false,
})

function ofEdges(target: Target, node: BoundCompare, context: Context): Candidates | undefined {
  if (target.place.kind !== 'edge') return undefined
  const { side } = target.place.edge
  const { this: id, value } = edgeColumns(side)
  const { value: literal } = context.literal(node)
  const is = node.comparison === 'fold' ? otherIs(value, literal) : sql`${value} = ${literal}`
  const own = side === 'owner' ? sql`e.owner_type` : sql`e.member_type`
  return {
    ids: (where) => sql`select ${id} as id from edges e where e.tenant = ${slot('tenant')}
      and ${is} and ${own} = ${context.type} and ${where(id)}`,
    reach: 'range',
    isExact: true,
    // Of ids that differ in letter case alone, two may be meant.
    isDistinct: node.comparison === 'exact',
    isOrdered: node.comparison === 'exact',
  }
}

function lookedUp(target: Target, node: BoundCompare, context: Context): Candidates | undefined {
  const path = lookupPath({ ...node, target }, context.lookups)
  if (path === undefined) return undefined
  const { text, end } = context.literal(node)
  const isUnique = target.attribute.uniqueness !== 'none' && target.sub === undefined
  const isMany = target.attribute.multiValued || target.sub?.multiValued === true
  const test =
    node.operator === 'sw'
      ? sql`l.value >= ${text} and l.value < ${end}`
      : node.operator === 'ne'
        ? undefined
        : tested(node.operator, sql`l.value`, text, context.spelling)
  if (test === undefined) return undefined
  const isEqual = node.operator === 'eq'
  const isRange = isEqual || ['sw', 'gt', 'ge'].includes(node.operator)
  return {
    ids: ofLookups(path, test, context, isRange ? undefined : context.spelling.watch),
    reach: isEqual && isUnique ? 'point' : isRange ? 'range' : 'wide',
    isExact: true,
    isDistinct: isEqual || !isMany,
    isOrdered: isEqual,
  }
}

function ofLookups(
  path: string,
  test: Sql,
  { type }: Context,
  watch = sql`1 = 1`,
): Candidates['ids'] {
  return (where) => sql`select l.id as id from lookups l where l.tenant = ${slot('tenant')}
    and l.type = ${type} and l.attribute = ${sql.lit(path)}
    and ${watch} and ${test} and ${where(sql`l.id`)}`
}

// What is not empty has a lookup, and nothing else has.
function present({ place, urn, attribute, sub }: Target, context: Context): Candidates | undefined {
  if (place.kind !== 'body' || urn !== undefined) return undefined
  const path = sub === undefined ? attribute.name : `${attribute.name}.${sub.name}`
  if (!context.lookups.includes(path)) return undefined
  return {
    ids: ofLookups(path, sql`1 = 1`, context),
    reach: 'range',
    isExact: true,
    isDistinct: !attribute.multiValued && sub?.multiValued !== true,
    isOrdered: false,
  }
}

// `emails[type eq "work" and value eq "x"]` is true of no resource of which `emails.value eq "x"` is
// not, and that is quickly known.
function valuePath(node: BoundValuePath, context: Context): Candidates | undefined {
  const { target } = node
  const isWhole = node.filter.kind === 'compare'
  if (target.place.kind === 'edge') {
    const equal = equalTo(node.filter, ({ attribute }) => attribute.name === 'value')
    const found = equal && ofEdges(target, equal, context)
    return found && { ...found, isExact: isWhole }
  }
  const hasLookup = ({ place, attribute }: Target) =>
    place.kind === 'element' &&
    context.lookups.includes(`${target.attribute.name}.${attribute.name}`)
  const equal = target.urn === undefined ? equalTo(node.filter, hasLookup) : undefined
  if (equal === undefined || equal.value === '') return undefined
  const found = lookedUp({ ...target, sub: equal.target.attribute }, equal, context)
  return found && { ...found, isExact: isWhole }
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
