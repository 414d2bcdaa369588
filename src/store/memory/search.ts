/**
 * Searching by building every representation and asking `match`.
 *
 * @module
 */

import type { BoundFilter } from '../../protocol/filter/bound.ts'
import { match } from '../../protocol/filter/match.ts'
import type { JsonObject } from '../../protocol/json.ts'
import type { EdgeAttribute } from '../../protocol/schema/resource-type.ts'
import { compareText } from '../../protocol/text.ts'
import { entityTag } from '../../protocol/version.ts'
import {
  type EdgeView,
  type Place,
  type QueryPart,
  requireWaiting,
  type Stored,
  type StoredPage,
  type StoreQuery,
  type View,
} from '../store.ts'
import { inOrder, sortValue } from './order.ts'
import type { Element, Row } from './row.ts'

export interface SearchQuestions {
  rows(type: string): readonly Row[]
  elements(id: string, view: Pick<EdgeView, 'side' | 'refs'>): readonly Element[]
  stored(row: Row, view: View): Stored
}

export function search(query: StoreQuery, questions: SearchQuestions): StoredPage {
  requireWaiting(query.waiting?.signal)
  const found = query.parts.flatMap((part) => matching(part, questions))
  const order = inOrderOf(query)
  const ordered = found.sort(order)
  const { from, limit } = query
  const behind = from && ordered.filter((one) => order(one, from.place) > 0).length
  const before = from && ordered.filter((one) => order(one, from.place) < 0).length
  const end = from?.side === 'before' ? (before ?? 0) : ordered.length
  const start =
    from === undefined
      ? query.offset
      : from.side === 'after'
        ? ordered.length - (behind ?? 0)
        : Math.max(0, end - limit)
  const page = ordered.slice(start, Math.min(end, start + limit))
  const [first, last] = [page[0], page.at(-1)]
  return {
    total: found.length,
    resources: page.map(({ row, part }) => questions.stored(row, part.view)),
    ...(first && start > 0 ? { previous: placeOf(first, query) } : {}),
    ...(last && start + page.length < ordered.length ? { next: placeOf(last, query) } : {}),
  }
}

/** By the sort key when there is one, else by type and id. */
function inOrderOf({ parts }: StoreQuery): (left: Place, right: Place) => number {
  const sort = parts.find((part) => part.sort !== undefined)?.sort
  if (sort !== undefined) return inOrder(sort.descending)
  const rank = new Map(parts.map(({ type }, index) => [type, index]))
  return (left, right) =>
    (rank.get(left.type) ?? 0) - (rank.get(right.type) ?? 0) || compareText(left.id, right.id)
}

function placeOf({ type, id, key }: Found, { parts }: StoreQuery): Place {
  const isSorted = parts.some((part) => part.sort !== undefined)
  return { type, id, ...(isSorted ? { key } : {}) }
}

interface Found extends Required<Place> {
  readonly row: Row
  readonly part: QueryPart
}

// The resources of one part that match, in the order of their ids.
function matching(part: QueryPart, questions: SearchQuestions): Found[] {
  const { type, filter, sort } = part
  const edges = filter === undefined ? [] : edgesIn(filter)
  return questions
    .rows(type)
    .map((row) => ({ row, full: representation(row, part, edges, questions) }))
    .filter(({ full }) => filter === undefined || match(filter, full))
    .map(({ row, full }) => ({
      row,
      part,
      type,
      id: row.id,
      key: (sort && sortValue(sort.target, full)) ?? null,
    }))
}

function representation(
  row: Row,
  part: QueryPart,
  edges: readonly EdgeAttribute[],
  questions: SearchQuestions,
): JsonObject {
  const full: Record<string, JsonObject[string]> = { ...JSON.parse(row.body), id: row.id }
  for (const { attribute, side } of edges) {
    const elements = questions.elements(row.id, { side, refs: part.refs })
    if (elements.length > 0) full[attribute] = elements
  }
  const endpoint = part.refs[row.type]
  full.meta = {
    resourceType: row.type,
    created: new Date(row.created).toISOString(),
    lastModified: new Date(row.modified).toISOString(),
    ...(endpoint === undefined ? {} : { location: `${endpoint}${row.id}` }),
    version: entityTag(row.version),
  }
  return full
}

function edgesIn(filter: BoundFilter): EdgeAttribute[] {
  switch (filter.kind) {
    case 'and':
    case 'or':
      return filter.filters.flatMap(edgesIn)
    case 'not':
      return edgesIn(filter.filter)
    case 'compare':
    case 'present':
    case 'value':
      return filter.target.place.kind === 'edge' ? [filter.target.place.edge] : []
    default:
      return filter satisfies never
  }
}
