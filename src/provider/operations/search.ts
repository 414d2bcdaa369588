/**
 * Searching resources of one type, or of all at the root (RFC 7644 §3.4.2, §3.4.3), by index or by
 * cursor (RFC 9865). A client that names neither pages by index (§2.4 there).
 *
 * @module
 */

import type { Filter } from '../../protocol/filter/ast.ts'
import { bindFilter } from '../../protocol/filter/bind.ts'
import { bindFilterAtRoot } from '../../protocol/filter/bind-root.ts'
import { parseFilter } from '../../protocol/filter/parser.ts'
import { type Projection, projection } from '../../protocol/resource/project.ts'
import type { ResourceType } from '../../protocol/schema/resource-type.ts'
import { openCursor, sealCursor } from '../../protocol/search/cursor.ts'
import { listResponse } from '../../protocol/search/page.ts'
import type { SearchRequest } from '../../protocol/search/request.ts'
import { bindSortBy, bindSortByAtRoot } from '../../protocol/search/sort.ts'
import type { Patience, Place, QueryPart, StoredPage, Waiting } from '../../store/store.ts'
import { type Answer, representation } from '../answer.ts'
import type { Context } from '../context.ts'
import { viewOf } from '../view.ts'

/** Somebody who watches a list come. */
export interface Watching {
  readonly patience?: Patience
  readonly onPage?: (page: Pick<StoredPage, 'isAtLeast'>) => void
}

/**
 * 200 with a ListResponse; an empty one where nothing matches.
 *
 * @param types Several at the root: there an attribute that a type does not have has no value.
 * @param watching A ListResponse cannot say that it was cut short, so whoever has patience is told.
 * @throws {ScimError} 400 `invalidFilter`, `invalidValue`, `tooMany`, `invalidCursor`,
 * `expiredCursor` or `invalidCount`
 */
export async function search(
  context: Context,
  types: readonly ResourceType[],
  request: SearchRequest,
  waiting: Waiting = {},
  watching: Watching = {},
): Promise<Answer> {
  const { provider, tenant, tolerate } = context
  const { limits } = provider
  const filter =
    request.filter === undefined
      ? undefined
      : parseFilter(request.filter, { tolerate, limits: limits.filter })
  const projections = new Map(types.map((type) => [type.name, projection(type, request)]))
  const cursors = cursorsOf(context, types, request)
  const page = await tenant.search({
    parts: types.map((type) => part(context, type, types, filter, request, projections)),
    offset: request.startIndex - 1,
    ...(cursors?.from === undefined ? {} : { from: cursors.from }),
    limit: Math.min(request.count ?? limits.defaultPage, limits.page),
    ...(watching.patience && { patience: watching.patience }),
    waiting,
  })
  watching.onPage?.(page)
  const byName = new Map(types.map((type) => [type.name, type]))
  const resources = page.resources.map((stored) => {
    const type = byName.get(stored.type) as ResourceType
    return representation(stored, type, projections.get(type.name) as Projection, provider)
  })
  const body = listResponse({
    totalResults: page.total,
    resources,
    ...(cursors === undefined ? { startIndex: request.startIndex } : cursors.around(page)),
  })
  return { status: 200, body }
}

// Where the page of a cursor begins, and the cursors that its answer has; nothing without a cursor.
function cursorsOf(
  { provider, principal }: Context,
  types: readonly ResourceType[],
  request: SearchRequest,
) {
  const { cursor } = request
  if (cursor === undefined) return undefined
  const { seal, limits } = provider
  const now = provider.now()
  const context = { tenant: principal.tenant, types: types.map(({ name }) => name), request }
  const sealed = (side: 'after' | 'before', place: Place | undefined) =>
    place && sealCursor({ side, place }, context, now, seal)
  const from = cursor === '' ? undefined : openCursor(cursor, context, now, limits.cursor, seal)
  return {
    from,
    around: ({ previous, next }: StoredPage) => ({
      previousCursor: from && sealed('before', previous),
      nextCursor: sealed('after', next),
    }),
  }
}

function part(
  { provider, tolerate }: Context,
  type: ResourceType,
  types: readonly ResourceType[],
  filter: Filter | undefined,
  request: SearchRequest,
  projections: ReadonlyMap<string, Projection>,
): QueryPart {
  const { sortBy, descending } = request
  const alone = types.length === 1
  const bind = (given: Filter) =>
    alone ? bindFilter(given, type, tolerate) : bindFilterAtRoot(given, type, types, tolerate)
  const target = (path: string) =>
    alone ? bindSortBy(path, type) : bindSortByAtRoot(path, type, types)
  return {
    type: type.name,
    view: viewOf(provider, type, projections.get(type.name) as Projection),
    lookups: type.lookups,
    refs: provider.refs,
    ...(filter === undefined ? {} : { filter: bind(filter) }),
    ...(sortBy === undefined ? {} : { sort: { target: target(sortBy), descending } }),
  }
}
