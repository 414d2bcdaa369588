/**
 * Carries out a {@link Plan}: pages over resources (RFC 7644 §3.4.2, RFC 9865), and the exact number
 * of all that match.
 *
 * The way is chosen by looking: how many candidates each index has is counted up to a bound that
 * grows until one of them is through, so that the cost follows the smallest. What the tallies know,
 * what a page does not fill, and what was counted since the tenant's last change (totals.ts) is not
 * counted again.
 *
 * Somebody who watches has patience for so much: then counting ends at a bound, and a walk past what
 * does not match ends where it is, to be gone on with.
 *
 * A near plan is for the thread that serves everybody, or for the connection that others wait for.
 * It gives up, as `undefined`, as soon as more would have to be read than anyone should wait for.
 *
 * @module
 */

import type { Place, Stored, StoredPage, View } from '../../store/store.ts'
import type { Edges } from './edges.ts'
import type { FoundHead, PartPlan, Plan, Way } from './plan.ts'
import type { Values } from './statement.ts'
import type { Tallies } from './tallies.ts'
import { call, one, rows, type Work } from './work.ts'

/** A page is found by sorting up to so many candidates, before it is worth asking how many there are. */
const FEW = 20_000

/** What it costs to read resources here and there, in those that lie side by side. */
const APART = 5

/** Who has patience for a page only has it for so many resources again, to be told the total. */
const LOOKED_TWICE = 1_000

/** A page, and what is worth remembering of it. */
export interface Outcome {
  readonly page: StoredPage
  /** The tenant's last change the page has seen, when it was asked for. */
  readonly seq?: number
  /** Totals that had to be counted, by part. */
  readonly counted: readonly (number | undefined)[]
}

/** What is known already. */
export interface Known {
  readonly seq: number
  readonly totals: readonly (number | undefined)[]
}

/** What carries out plans needs of a database's statements. */
export interface SearchTables {
  readonly edges: Edges
  readonly tallies: Tallies
}

/** Carries out a plan; `undefined` when a near one would have to read too much. */
export function* carryOut(
  plan: Plan,
  { edges, tallies }: SearchTables,
  known?: Known,
): Work<Outcome | undefined> {
  const [only, another] = plan.parts
  if (only !== undefined && another === undefined) {
    const quick = yield* byPoint(plan, only)
    if (quick !== undefined) {
      return { page: yield* completed(plan, quick, quick.heads.length, edges), counted: [] }
    }
  }
  const tally = yield* tallies.read(plan.tenant)
  const seq = tally.get('') ?? 0
  const search = new Search(plan, tally, known?.seq === seq ? known.totals : [])
  try {
    const found = plan.merged === undefined ? yield* search.inTurn() : yield* search.merged()
    const total = search.totals.reduce<number>((sum, part) => sum + (part ?? 0), 0)
    const page = yield* completed(plan, found, total, edges)
    if (!search.isAtLeast) return { page, seq, counted: search.totals }
    return { page: { ...page, isAtLeast: true }, seq, counted: [] }
  } catch (error) {
    if (error instanceof TooMuch) return undefined
    throw error
  }
}

/** Thrown where a near plan gives up; nothing leaves this file. */
class TooMuch extends Error {}

interface Found {
  /** In order. */
  readonly heads: readonly FoundHead[]
  readonly hasPrevious: boolean
  readonly hasNext: boolean
  /** Where the walk was cut short. */
  readonly end?: Place
}

// A unique value is the commonest question, and needs nothing but its answer.
function* byPoint(plan: Plan, { ways }: PartPlan): Work<Found | undefined> {
  const { query } = plan
  const way = ways.find(({ reach }) => reach === 'point')
  if (way === undefined || query.from !== undefined || query.offset > 0 || query.limit < 1) {
    return undefined
  }
  const heads = yield* rows(way.page, { ...plan.values, limit: query.limit + 1, offset: 0 })
  return heads.length > query.limit ? undefined : { heads, hasPrevious: false, hasNext: false }
}

class Search {
  readonly #plan: Plan
  readonly #tally: ReadonlyMap<string, number>
  readonly #known: readonly (number | undefined)[]
  /** By part; exact once {@link inTurn} or {@link merged} is through, unless they are lower bounds. */
  readonly totals: (number | undefined)[] = []
  isAtLeast = false
  #end: Place | undefined

  constructor(
    plan: Plan,
    tally: ReadonlyMap<string, number>,
    known: readonly (number | undefined)[],
  ) {
    this.#plan = plan
    this.#tally = tally
    this.#known = known
  }

  /** Parts follow each other. */
  *inTurn(): Work<Found> {
    const { parts, query } = this.#plan
    const { from, limit } = query
    const isBackwards = from?.side === 'before'
    const heads: FoundHead[] = []
    let skip = from === undefined ? query.offset : 0
    const at = from === undefined ? -1 : parts.findIndex(({ type }) => type === from.place.type)
    const turns = [...parts.entries()]
    for (const [index, part] of isBackwards ? turns.reverse() : turns) {
      const isPassed = from !== undefined && (isBackwards ? index > at : index < at)
      const wanted = isPassed ? 0 : limit + 1 - heads.length
      // The page of a part that the place is not in begins at its end.
      const place = index === at ? undefined : isBackwards ? BEHIND_ALL : BEFORE_ALL
      const found = yield* this.#part(index, part, limit === 0 ? 0 : wanted, skip, place)
      heads.push(...found)
      skip = Math.max(0, skip - (this.totals[index] ?? 0))
    }
    return this.#cut(heads)
  }

  /** Parts are merged into one order; every match of each has to be sorted. */
  *merged(): Work<Found> {
    const { parts, query, values, merged, near } = this.#plan
    for (const [index, part] of parts.entries()) {
      this.totals[index] = yield* this.#total(
        index,
        part,
        yield* this.#choose(index, part),
        undefined,
      )
    }
    const all = this.totals.reduce<number>((sum, total) => sum + (total ?? 0), 0)
    if (near !== undefined && all > near.looks) throw new TooMuch()
    if (query.limit === 0 || merged === undefined) return this.#cut([])
    const { limit, offset } = query
    return this.#cut(yield* rows(merged, { ...values, limit: limit + 1, offset }))
  }

  *#part(
    index: number,
    part: PartPlan,
    wanted: number,
    skip: number,
    elsewhere: string | undefined,
  ): Work<readonly FoundHead[]> {
    const { from } = this.#plan.query
    const choice = yield* this.#choose(index, part)
    const isWhole = from === undefined && skip === 0
    let heads: readonly FoundHead[] | undefined
    if (wanted > 0) {
      const values = {
        ...this.#plan.values,
        ...(from !== undefined && elsewhere !== undefined ? { place: elsewhere } : {}),
        limit: wanted,
        offset: skip,
      }
      const way = this.#pageOf(part, choice, wanted, skip)
      heads = yield* this.#read(part, way, values, wanted)
    }
    const fills = heads === undefined || heads.length >= wanted || this.#end !== undefined
    this.totals[index] = yield* this.#total(
      index,
      part,
      choice,
      isWhole && !fills ? heads?.length : undefined,
      heads?.length ?? 0,
    )
    return heads ?? []
  }

  *#read(
    { type, walk }: PartPlan,
    way: Pick<Way, 'page' | 'stretch'>,
    values: Values,
    wanted: number,
  ): Work<readonly FoundHead[]> {
    const { patience } = this.#plan
    const { page, stretch } = way
    if (patience === undefined || stretch === undefined) return yield* rows(page, values)
    const looked = Math.ceil(patience.looked / (way === walk ? 1 : APART))
    const last = yield* one(stretch.until, { ...values, looked })
    if (last === undefined) return yield* rows(page, values)
    const heads = yield* rows(stretch.page, { ...values, until: last.id })
    if (heads.length < wanted) this.#end = { type, id: last.id }
    return heads
  }

  /** The way to take, and how many candidates it has, when they had to be counted. */
  *#choose(
    index: number,
    { ways, walk, complement, isFiltered, type, isInOrder, ordered }: PartPlan,
  ): Work<Choice> {
    const { near, values, patience } = this.#plan
    const live = this.#tally.get(type) ?? 0
    const [first] = ways
    if (ordered !== undefined && live > 0) {
      if (near !== undefined && live > near.entries) throw new TooMuch()
      const covered = yield* one(ordered.covered, values)
      if (covered?.total === live) return { way: ordered, live }
    }
    if (first === undefined) {
      if (near !== undefined && live > near.looks && (isFiltered || !isInOrder)) {
        // Those that do not match are passed on the way; where they are few, it is no long one.
        const passed = complement && (yield* one(complement, { ...values, cap: near.looks }))
        if (passed === undefined || passed.total >= near.looks || !isInOrder) throw new TooMuch()
      }
      return { way: walk, live }
    }
    const narrow = ways.filter(({ reach }) => reach !== 'wide')
    if (narrow.length === 0) {
      if (near !== undefined && live > near.looks) throw new TooMuch()
      if (patience !== undefined && live > patience.looked) return { way: walk, live }
      return { way: first, exactly: first, live }
    }
    const [only] = narrow
    const known = this.#known[index]
    if (only?.isExact && only.isDistinct && narrow.length === 1 && known !== undefined) {
      const isPage = only.isOrdered && isInOrder
      if (near !== undefined && !isPage && known > near.entries) throw new TooMuch()
      return { way: only, exactly: only, live, size: known }
    }
    const { way, size, atLeast } = yield* this.#smallest(narrow, live)
    const isTooMuch = size === undefined || size > this.#bound(way, live)
    if (near !== undefined && isTooMuch) throw new TooMuch()
    return { way, exactly: way, live, atLeast, ...(size === undefined ? {} : { size }) }
  }

  // Counts each up to a bound that grows, until the smallest is through.
  *#smallest(
    ways: readonly Way[],
    live: number,
  ): Work<{ readonly way: Way; readonly size: number | undefined; readonly atLeast: number }> {
    const { values } = this.#plan
    const point = ways.find(({ reach }) => reach === 'point')
    if (point !== undefined) return { way: point, size: 1, atLeast: 0 }
    const most = Math.max(...ways.map((way) => this.#bound(way, live))) + 1
    const first = Math.min(most, ways.length > 1 ? 128 : FEW + 1)
    for (let cap = first; ; cap = Math.min(cap * 8, most)) {
      const answers = yield ways.map(({ probe }) => call(probe, { ...values, cap }, 'one'))
      const sizes = answers.map(({ rows: [row] }) => (row as { total: number }).total)
      const smallest = Math.min(...sizes)
      const way = ways[sizes.indexOf(smallest)] as Way
      if (smallest < cap) return { way, size: smallest, atLeast: smallest }
      if (cap >= most || ways.length === 1) return { way, size: undefined, atLeast: cap - 1 }
    }
  }

  // Beyond so many candidates the way is not taken as it is.
  #bound({ looks, sides }: Way, live: number): number {
    const { near, patience } = this.#plan
    const entries = near === undefined ? Math.max(FEW, live) : Math.ceil(near.entries / sides)
    const most = looks && near !== undefined ? near.looks : entries
    if (patience === undefined) return most
    return Math.min(most, looks ? patience.looked : patience.counted)
  }

  // Candidates that are not in order have to be sorted; where they are many, walking in order past
  // those that do not match comes to the end of a page sooner: of n resources and m matches it
  // passes n / m for each of the page's.
  #pageOf(
    { walk, isInOrder }: PartPlan,
    { way, exactly, size, live }: Choice,
    wanted: number,
    skip: number,
  ): Pick<Way, 'page' | 'stretch'> {
    const { near } = this.#plan
    if (near !== undefined && skip > near.entries) throw new TooMuch()
    if (exactly === undefined || exactly.isOrdered || !isInOrder) return way
    const candidates = size ?? live
    const passed = ((wanted + skip) * live) / Math.max(1, candidates)
    return near === undefined && passed < candidates ? walk : way
  }

  *#total(
    index: number,
    { type, isFiltered, complement }: PartPlan,
    { way, exactly, size, live, atLeast = 0 }: Choice,
    counted: number | undefined,
    seen = 0,
  ): Work<number> {
    const { near, values, patience } = this.#plan
    if (!isFiltered) return this.#tally.get(type) ?? 0
    if (counted !== undefined) return counted
    if (exactly?.isExact && exactly.isDistinct && size !== undefined && exactly.reach !== 'point') {
      return size
    }
    const known = this.#known[index]
    if (known !== undefined) return known
    if (patience !== undefined && live > patience.looked) {
      const looks = exactly === undefined || exactly.looks ? (size ?? live) : 0
      if (size === undefined || looks > LOOKED_TWICE) {
        this.isAtLeast = true
        return exactly?.isExact ? Math.max(seen, atLeast) : seen
      }
    }
    if (exactly === undefined && complement !== undefined) {
      const cap = near?.entries ?? Number.MAX_SAFE_INTEGER
      const others = (yield* one(complement, { ...values, cap }))?.total ?? 0
      if (others >= cap) throw new TooMuch()
      return (this.#tally.get(type) ?? 0) - others
    }
    return (yield* one(way.count, values))?.total ?? 0
  }

  // Takes off the row that only tells whether others follow, and turns what came backwards.
  #cut(heads: readonly FoundHead[]): Found {
    const { from, limit, offset } = this.#plan.query
    const isMore = heads.length > limit
    const kept = heads.slice(0, limit)
    const end = this.#end
    if (end !== undefined) {
      return { heads: kept, hasPrevious: from !== undefined, hasNext: true, end }
    }
    if (from?.side === 'before') {
      return { heads: kept.reverse(), hasPrevious: isMore, hasNext: true }
    }
    return { heads: kept, hasPrevious: from !== undefined || offset > 0, hasNext: isMore }
  }
}

interface Choice {
  readonly way: Pick<Way, 'page' | 'count' | 'stretch'>
  /** The way, when it is by candidates. */
  readonly exactly?: Way
  /** Of the candidates, when they were counted to their end. */
  readonly size?: number
  /** Of the candidates, when counting was given up. */
  readonly atLeast?: number
  /** Resources of the type. */
  readonly live: number
}

const NO_EDGES: View = { edges: [] }

// Every id is between these.
const BEFORE_ALL = ''
const BEHIND_ALL = '\u{10ffff}'

function* completed(
  { tenant, views, isSorted }: Plan,
  { heads, hasPrevious, hasNext, end }: Found,
  total: number,
  edges: Edges,
): Work<StoredPage> {
  const resources: Stored[] = []
  const complete = new Map<string, Stored>()
  const types = new Set(heads.map(({ type }) => type))
  for (const type of types) {
    const own = heads.filter((head) => head.type === type)
    const view = views[type] ?? NO_EDGES
    for (const stored of yield* edges.completed(tenant, own, view)) {
      if (types.size === 1) resources.push(stored)
      else complete.set(stored.id, stored)
    }
  }
  if (types.size > 1) resources.push(...heads.flatMap(({ id }) => complete.get(id) ?? []))
  const placeOf = ({ type, id, k }: FoundHead): Place => ({
    type,
    id,
    ...(isSorted ? { key: k ?? null } : {}),
  })
  const [first, last] = [heads[0], heads.at(-1)]
  return {
    total,
    resources,
    ...(first !== undefined && hasPrevious ? { previous: placeOf(first) } : {}),
    ...(end !== undefined
      ? { next: end }
      : last !== undefined && hasNext
        ? { next: placeOf(last) }
        : {}),
  }
}
