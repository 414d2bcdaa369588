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
import type { EdgeView, QueryPart, Stored, StoredPage, StoreQuery, View } from '../store.ts'
import { inOrder, type Keyed, sortValue } from './order.ts'
import type { Element, Row } from './row.ts'

export interface SearchQuestions {
  rows(type: string): readonly Row[]
  elements(id: string, view: Pick<EdgeView, 'side' | 'refs'>): readonly Element[]
  stored(row: Row, view: View): Stored
}

export function search(query: StoreQuery, questions: SearchQuestions): StoredPage {
  if (query.signal?.aborted) throw new DOMException('The search was given up', 'AbortError')
  const found = query.parts.flatMap((part) => matching(part, questions))
  const sort = query.parts.find((part) => part.sort !== undefined)?.sort
  const ordered = sort === undefined ? found : found.sort(inOrder(sort.descending))
  return {
    total: found.length,
    resources: ordered
      .slice(query.offset, query.offset + query.limit)
      .map(({ row, part }) => questions.stored(row, part.view)),
  }
}

interface Found extends Keyed {
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
      id: row.id,
      value: sort && sortValue(sort.target, full),
    }))
    .sort((left, right) => compareText(left.id, right.id))
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
