/**
 * A search as statements and their values, made in the thread that carries it out (search.ts).
 *
 * Each part of a query has a way for each set of candidates that its filter has (candidates.ts), and
 * one that walks over every resource of the type in order. Which of them is taken is decided by what
 * is in the database at that moment; so all are written down.
 *
 * @module
 */

import type { BoundFilter } from '../../protocol/filter/bound.ts'
import type { Patience, QueryPart, StoreQuery, View } from '../../store/store.ts'
import { type Candidates, candidates, upTo } from './candidates.ts'
import { refSlots, refValues } from './edge-sql.ts'
import { condition, isByKeys } from './filter.ts'
import { Lru } from './lru.ts'
import { type Page, pageOf, pageValues, patienceOf } from './page-sql.ts'
import type { Head } from './resources.ts'
import { literals, type Shape, shape, targetKey } from './shape.ts'
import { isAlwaysLookedUp, orderedLookups, sortKey } from './sort.ts'
import type { Spelling } from './spelling.ts'
import { sql } from './sql.ts'
import { type Slot, type Sql, type Statement, slot, type Values } from './statement.ts'

export interface Plan {
  readonly tenant: string
  /** There when the plan must give up rather than keep others waiting. */
  readonly near: Near | undefined
  readonly query: Pick<StoreQuery, 'offset' | 'limit' | 'from'>
  /** There when a page may be cut short and a total be a lower bound. */
  readonly patience: Patience | undefined
  readonly isSorted: boolean
  readonly views: Readonly<Record<string, View>>
  readonly parts: readonly PartPlan[]
  /** The page of several sorted parts, which are merged. */
  readonly merged?: Statement<FoundHead>
  readonly values: Values
}

/** How much a plan may read that is carried out where others wait for it. */
export interface Near {
  /** Entries of an index, to be counted or skipped. */
  readonly entries: number
  /** Resources to be looked into. */
  readonly looks: number
}

export interface PartPlan {
  readonly type: string
  /** Whether there is a filter; without one the tally has the total. */
  readonly isFiltered: boolean
  /** Its pages come in the order of an index, whatever they sort by. */
  readonly isInOrder: boolean
  readonly ways: readonly Way[]
  readonly walk: Pick<Way, 'page' | 'count' | 'stretch'>
  /** A walk in the order of lookups, good where so many of them are there as there are resources. */
  readonly ordered?: Pick<Way, 'page' | 'count'> & {
    readonly covered: Statement<{ total: number }>
  }
  /** Counts the resources that do not match, where an index knows them. */
  readonly complement?: Statement<{ total: number }>
}

/** How to come to the resources of a part, by candidates. */
export interface Way extends Pick<Candidates, 'reach' | 'isExact' | 'isDistinct' | 'isOrdered'> {
  /** Each candidate has to be looked into, beyond its keys. */
  readonly looks: boolean
  /** Of how many indexes, or parts of one, it is the union. */
  readonly sides: number
  /** How many candidates there are, up to the slot `cap`. */
  readonly probe: Statement<{ total: number }>
  readonly page: Statement<FoundHead>
  readonly count: Statement<{ total: number }>
  /** The page that is cut short, and where; of ways in the order of ids, for who has a {@link Patience}. */
  readonly stretch?: {
    readonly until: Statement<{ id: string }>
    readonly page: Statement<FoundHead>
  }
}

/** A row of a page, with its sort key where there is one. */
export type FoundHead = Head & { readonly k?: string | number | null }

/** Characters of a query's shape: those of about thirty comparisons, which take a few milliseconds. */
const LONG = 2_500

export type Planner = ReturnType<typeof planner>

type Compiled = Pick<Plan, 'parts' | 'merged'>

export function planner(spelling: Spelling) {
  const compiled = new Lru<Compiled>(200)

  return {
    /** A query, to be planned for one page or another of it. */
    prepare(tenant: string, { parts }: StoreQuery): Prepared {
      const filters = parts.map(({ filter }) => filter && shape(filter))
      const values: Values = Object.assign(
        { tenant },
        ...parts.map((part, index) => partValues(part, filters[index], index)),
      )
      const shapes = JSON.stringify(parts.map((part, index) => partKey(part, filters[index])))
      return {
        key: JSON.stringify([shapes, values]),
        isLong: shapes.length > LONG,
        plan: (query, near) => {
          const { offset, limit, from } = query
          const page = pageOf(query, spelling)
          return {
            tenant,
            near,
            query: { offset, limit, ...(from === undefined ? {} : { from }) },
            patience: patienceOf(query),
            isSorted: parts.some(({ sort }) => sort !== undefined),
            views: Object.fromEntries(parts.map(({ type, view }) => [type, view])),
            ...compiled.get(`${near !== undefined} ${page.key} ${shapes}`, () =>
              compile(spelling, parts, page, near !== undefined),
            ),
            values: { ...values, ...pageValues(query) },
          }
        },
      }
    },
  }
}

export interface Prepared {
  /** The same for every page of a query. */
  readonly key: string
  /** To plan it, and to have the database read the plan, is itself work that others would wait for. */
  readonly isLong: boolean
  /** @param near The bounds of a plan that is to give up rather than read much. */
  readonly plan: (query: StoreQuery, near?: Near) => Plan
}

function partKey({ type, sort, lookups, refs }: QueryPart, filter: Shape | undefined) {
  return [
    type,
    filter?.key,
    sort && [targetKey(sort.target), sort.descending],
    lookups,
    Object.keys(refs).length,
  ]
}

function partValues({ type, refs }: QueryPart, filter: Shape | undefined, index: number): Values {
  return {
    [`type${index}`]: type,
    ...(filter === undefined ? {} : literals(`p${index}v`, filter)),
    ...refValues(refs, `p${index}`),
  }
}

function compile(
  spelling: Spelling,
  parts: readonly QueryPart[],
  page: Page,
  isNear: boolean,
): Compiled {
  const rows = parts.map((part, index) => new PartRows(spelling, part, index, isNear))
  const [only, another] = rows
  const plans = rows.map((one) => one.plan(page))
  if (only === undefined || another === undefined || page.sort === undefined) {
    return { parts: plans }
  }
  const keyed = rows.map((one) => one.keyed(one.best()))
  return { parts: plans, merged: spelling.compile(page.sorted(sql.join(keyed, sql` union all `))) }
}

/** The rows of one part, as pieces of SQL. */
class PartRows {
  readonly #spelling: Spelling
  readonly #part: QueryPart
  readonly #type: Slot
  readonly #context: Parameters<typeof candidates>[1]
  readonly #watch: Sql
  readonly #candidates: readonly Candidates[]
  #condition: Sql | undefined

  constructor(spelling: Spelling, part: QueryPart, index: number, isNear: boolean) {
    this.#spelling = isNear ? withoutWatch(spelling) : spelling
    this.#part = part
    this.#type = slot(`type${index}`)
    this.#context = {
      spelling: this.#spelling,
      refs: refSlots(Object.keys(part.refs).length, `p${index}`),
      lookups: part.lookups,
      prefix: `p${index}v`,
      type: this.#type,
    }
    this.#watch = this.#spelling.watch ?? TRUE
    this.#candidates = part.filter === undefined ? [] : candidates(part.filter, this.#context)
  }

  best(): Candidates | undefined {
    return this.#candidates.find(({ reach }) => reach !== 'wide') ?? this.#candidates[0]
  }

  plan(page: Page): PartPlan {
    const { type, filter, sort } = this.#part
    const isInOrder = sort === undefined || this.#isInLookupOrder()
    const ordered = isInOrder ? undefined : this.#ordered(page)
    const complement = filter && this.#complement(filter)
    return {
      type,
      isFiltered: filter !== undefined,
      isInOrder,
      ways: this.#candidates.map((one) => ({
        reach: one.reach,
        isExact: one.isExact,
        isDistinct: one.isDistinct,
        isOrdered: one.isOrdered && sort === undefined,
        sides: sidesOf(one),
        looks: sort !== undefined || !(one.isExact || this.#isByKeys()),
        probe: this.#compile(sql`select count(*) as total from
          (${upTo(one, this.#spelling.limit(slot('cap')))}) p`),
        page: this.#page(page, one),
        count: this.#count(one),
        ...(page.isPatient && one.isOrdered && !one.isExact
          ? { stretch: this.#stretch(page, one) }
          : {}),
      })),
      walk: {
        page: this.#page(page, undefined),
        count: this.#count(undefined),
        ...(page.isPatient ? { stretch: this.#stretch(page, undefined) } : {}),
      },
      ...(complement === undefined ? {} : { complement }),
      ...(ordered === undefined ? {} : { ordered }),
    }
  }

  #stretch(page: Page, among: Candidates | undefined): NonNullable<Way['stretch']> {
    const all = (where: (id: Sql) => Sql) => sql`select r.id as id from resources r
      where r.tenant = ${slot('tenant')} and r.type = ${this.#type} and ${where(sql`r.id`)}`
    return {
      until: this.#compile(page.until(among?.ids ?? all)),
      page: this.#compile(page.inIdOrderUntil((where) => this.#ids(among, where))),
    }
  }

  #ordered(page: Page): PartPlan['ordered'] {
    const from = this.#lookupOrder()
    if (from === undefined || page.isNull) return undefined
    return {
      page: this.#compile(page.inLookupOrder(from)),
      count: this.#count(undefined),
      covered: this.#compile(sql`select count(*) as total ${from}`),
    }
  }

  /** Type, id and sort key of every match. */
  keyed(among: Candidates | undefined): Sql {
    const { sort } = this.#part
    let aliases = 0
    const context = { ...this.#context, alias: () => `s${aliases++}` }
    const key = sort === undefined ? sql`null` : sortKey(sort.target, context)
    return sql`select r.type as type, r.id as id, ${key} as k from ${this.#rows(among)}`
  }

  #page(page: Page, among: Candidates | undefined): Statement<FoundHead> {
    if (page.sort !== undefined) {
      const lookups = this.#isInLookupOrder() ? this.#lookupOrder() : undefined
      return this.#compile(
        lookups === undefined ? page.sorted(this.keyed(among)) : page.inLookupOrder(lookups),
      )
    }
    if (among?.reach === 'point' && page.start === 'offset') {
      return this.#compile(page.single((where) => this.#ids(among, where)))
    }
    if (among === undefined && page.straight !== undefined) {
      const rows = this.#rows(undefined)
      return this.#compile(page.straight((where) => sql`${rows} and ${where(sql`r.id`)}`))
    }
    return this.#compile(page.inIdOrder((where) => this.#ids(among, where)))
  }

  // Ids of matches, each once. A residual of the filter is asked of each candidate's row.
  #ids(among: Candidates | undefined, where: (id: Sql) => Sql): Sql {
    if (among === undefined) {
      return sql`select r.type as type, r.id as id from ${this.#rows(among)} and ${where(sql`r.id`)}`
    }
    const each = among.isDistinct ? sql`` : sql`distinct`
    if (among.isExact) {
      return sql`select ${each} ${this.#type} as type, c.id as id from (${among.ids(where)}) c`
    }
    return sql`select ${each} r.type as type, r.id as id from ${this.#keys(among.ids(where))}`
  }

  #count(among: Candidates | undefined): Statement<{ total: number }> {
    if (among === undefined) {
      return this.#compile(sql`select count(*) as total from ${this.#rows(undefined)}`)
    }
    return this.#compile(sql`select count(*) as total from (${this.#ids(among, () => TRUE)}) m`)
  }

  // The matches as a table `r` with its conditions: whole rows, in no order.
  #rows(among: Candidates | undefined): Sql {
    if (among === undefined) {
      return sql`resources r where r.tenant = ${slot('tenant')} and r.type = ${this.#type}
        and ${this.#watch} and ${this.#residual()}`
    }
    const ids = among.isDistinct
      ? among.ids(() => TRUE)
      : sql`select distinct d.id as id from (${among.ids(() => TRUE)}) d`
    return this.#joined(ids, among.isExact ? TRUE : this.#residual())
  }

  // `cross join` tells SQLite to begin with the candidates.
  #joined(ids: Sql, residual: Sql): Sql {
    return sql`(${ids}) c cross join resources r where r.tenant = ${slot('tenant')}
      and r.type = ${this.#type} and r.id = c.id and ${this.#watch} and ${residual}`
  }

  // Where a filter asks for keys alone, the rows are left where they are.
  #keys(ids: Sql): Sql {
    if (!this.#isByKeys()) return this.#joined(ids, this.#residual())
    return sql`(select ${slot('tenant')} as tenant, ${this.#type} as type, c.id as id
      from (${ids}) c) r where ${this.#watch} and ${this.#residual()}`
  }

  #isByKeys(): boolean {
    const { filter, lookups } = this.#part
    return filter === undefined || isByKeys(filter, lookups)
  }

  // Once for all the statements it stands in.
  #residual(): Sql {
    const { filter } = this.#part
    this.#condition ??=
      filter === undefined ? TRUE : condition(filter, { kind: 'resource' }, this.#context)
    return this.#condition
  }

  #complement(filter: BoundFilter): Statement<{ total: number }> | undefined {
    const inner =
      filter.kind === 'not'
        ? filter.filter
        : filter.kind === 'compare' && filter.operator === 'ne' && isSingle(filter.target)
          ? ({ ...filter, operator: 'eq' } as const)
          : undefined
    if (inner === undefined) return undefined
    const [found] = candidates(inner, this.#context)
    if (found === undefined || !found.isExact || found.reach === 'wide') return undefined
    const each = found.isDistinct ? sql`` : sql`distinct`
    return this.#compile(sql`select count(*) as total from
      (select ${each} c.id from (${found.ids(() => TRUE)}) c ${this.#spelling.limit(slot('cap'))}) p`)
  }

  #isInLookupOrder(): boolean {
    const { sort } = this.#part
    return sort !== undefined && isAlwaysLookedUp(sort.target) && this.#lookupOrder() !== undefined
  }

  // Lookups in the order of the sort, where there is nothing but a sort.
  #lookupOrder(): Sql | undefined {
    const { sort, filter, lookups } = this.#part
    const path = sort && filter === undefined ? orderedLookups(sort.target, lookups) : undefined
    if (path === undefined) return undefined
    return sql`from lookups l where l.tenant = ${slot('tenant')} and l.type = ${this.#type}
      and l.attribute = ${sql.lit(path)}`
  }

  #compile<Row>(query: Sql): Statement<Row> {
    return this.#spelling.compile<Row>(query)
  }
}

const TRUE = sql`1 = 1`

const sidesOf = ({ sides }: Candidates): number =>
  sides === undefined ? 1 : sides.reduce((sum, side) => sum + sidesOf(side), 0)

const isSingle = ({
  attribute,
  sub,
}: {
  attribute: { multiValued: boolean }
  sub?: { multiValued: boolean }
}) => !attribute.multiValued && sub?.multiValued !== true

function withoutWatch({ watch: _, ...spelling }: Spelling): Spelling {
  return spelling
}
