/**
 * Reads edges for whoever shows them: those of one resource, of a page of them, or so many behind one.
 *
 * People of one page are members of the same groups. So their edges are read without labels, from the
 * index alone, and what each group is called is asked once.
 *
 * @module
 */

import type { EdgeEnd, EdgeView, Stored, TenantStore, View } from '../../store/store.ts'
import {
  type EdgePart,
  edgeColumns,
  edgeOwners,
  edgeRows,
  edgeTuples,
  type Side,
} from './edge-sql.ts'
import { type Edge, edgesIn, edgeTexts } from './edge-text.ts'
import type { Head } from './resources.ts'
import type { Spelling } from './spelling.ts'
import { sql } from './sql.ts'
import { type Sql, slot, type Values } from './statement.ts'
import { type Call, call, rows, type Work } from './work.ts'

export function edgeReading(spelling: Spelling) {
  const [tenant, id] = [slot('tenant'), slot('id')]
  const ids = spelling.list(slot('ids'))
  const limit = spelling.limit(slot('limit'))

  // One edge more than there may be tells that there are too many.
  const reads = { owner: readsFrom('owner'), member: readsFrom('member') }
  function readsFrom(side: Side) {
    const behind = sql`and ${edgeColumns(side).value} > ${slot('after')}`
    const ofOne = (most: Sql | undefined) => sql`
      select ${id} as id, p.edges
      from (${edgeTuples(spelling, side, sql`${id}`, most && { limit: most })}) p`
    const ofEach = (part: EdgePart | undefined) =>
      side === 'owner'
        ? edgeTuples(spelling, side, sql`i.value`, part)
        : edgeOwners(spelling, sql`i.value`, part)
    const ofMany = (most: Sql | undefined) => sql`
      select i.value as id, (${ofEach(most && { limit: most })}) as edges from ${ids} i`
    return {
      one: spelling.compile<EdgesOf>(ofOne(limit)),
      oneWhole: spelling.compile<EdgesOf>(ofOne(undefined)),
      many: spelling.compile<EdgesOf>(ofMany(limit)),
      manyWhole: spelling.compile<EdgesOf>(ofMany(undefined)),
      // A row each: a thousand of them cost less than one with the text of all.
      page: spelling.compile<EdgeRow>(edgeRows(side, sql`${id}`, { limit, behind })),
    }
  }

  const named = spelling.found(sql`${ids} i`, {
    ...{ table: 'resources', as: 'o', where: sql`o.tenant = ${tenant} and o.id = i.value` },
  })
  const labels = spelling.compile<EdgeRow>(sql`
    select o.id as value, o.type as type, o.label as label ${named}`)

  const reading = (tenant: string, ids: readonly string[], view: EdgeView): Call => {
    const max = maxOf(view)
    const { one, oneWhole, many, manyWhole } = reads[view.side]
    const limit: Values = max === undefined ? {} : { limit: max + 1 }
    const [only] = ids
    if (only !== undefined && ids.length === 1) {
      return call(max === undefined ? oneWhole : one, { tenant, id: only, ...limit }, 'one')
    }
    const values = { tenant, ids: JSON.stringify(ids), ...limit }
    return call(max === undefined ? manyWhole : many, values, 'rows')
  }

  // The text of the edges of each resource, where they are few enough to be shown.
  function* textsOf(
    tenant: string,
    view: EdgeView,
    found: readonly EdgesOf[],
  ): Work<ReadonlyMap<string, string>> {
    const texts = new Map<string, string>()
    const most = maxOf(view) ?? Number.POSITIVE_INFINITY
    if (view.side === 'member' && found.length > 1) {
      const owned = found.map(({ id, edges }) => ({ id, owners: ownersIn(edges) }))
      const shown = owned.filter(({ owners }) => owners.length <= most)
      const named = yield* namedOwners(tenant, view, shown)
      for (const { id, owners } of shown) texts.set(id, joined(owners, named))
    } else {
      for (const { id, edges } of found) {
        const own = edgesIn(edges)
        if (own.length <= most) texts.set(id, edgeTexts(own, view))
      }
    }
    return texts
  }

  // How each of the owners shows.
  function* namedOwners(
    tenant: string,
    view: EdgeView,
    owned: readonly { readonly owners: readonly string[] }[],
  ): Work<ReadonlyMap<string, string>> {
    const ids = new Set<string>()
    for (const { owners } of owned) for (const owner of owners) ids.add(owner)
    const named =
      ids.size === 0 ? [] : yield* rows(labels, { tenant, ids: JSON.stringify([...ids]) })
    return new Map(named.map((row) => [row.value, edgeTexts([edgeOf(row)], view)]))
  }

  return {
    /** Resources with the edges of a view, long ones left out. */
    *completed(tenant: string, heads: readonly Head[], view: View): Work<Stored[]> {
      const ids = heads.map(({ id }) => id)
      const calls = ids.length === 0 ? [] : view.edges.map((edge) => reading(tenant, ids, edge))
      const answers = calls.length === 0 ? [] : yield calls
      const shown: { readonly attribute: string; readonly texts: ReadonlyMap<string, string> }[] =
        []
      for (const [index, edge] of view.edges.entries()) {
        const found = (answers[index]?.rows ?? []) as readonly EdgesOf[]
        shown.push({ attribute: edge.attribute, texts: yield* textsOf(tenant, edge, found) })
      }
      return heads.map(({ type, id, version, created, modified, body }) => {
        const edges: Record<string, string> = {}
        for (const { attribute, texts } of shown) {
          const own = texts.get(id)
          if (own !== undefined) edges[attribute] = `[${own}]`
        }
        return { type, id, version, created, modified, body, edges }
      })
    },

    /** So many edges behind one of them. */
    *page(
      tenant: string,
      id: string,
      { side }: EdgeView,
      after: string,
      limit: number,
    ): Work<readonly Edge[]> {
      const found = yield* rows(reads[side].page, { tenant, id, after, limit })
      return found.map(edgeOf)
    },

    /** The other ends of so many edges behind one of them. */
    *ends(
      tenant: string,
      { id, side, after, limit }: Parameters<TenantStore['edges']>[0],
    ): Work<readonly EdgeEnd[]> {
      const values = { tenant, id, after: after ?? '', limit }
      const found = yield* rows(reads[side].page, values)
      return found.map(({ value, type, label }) => ({ id: value, type, label }))
    },
  }
}

const maxOf = ({ max, streamAbove }: EdgeView) => max ?? streamAbove

interface EdgeRow {
  readonly value: string
  readonly type: string
  readonly label: string | null
}

const edgeOf = ({ value, type, label }: EdgeRow): Edge => [value, type, label]

interface EdgesOf {
  readonly id: string
  /** As {@link edgesIn} reads it; or as {@link ownersIn}, of many members. */
  readonly edges: string | null
}

const ownersIn = (json: string | null): readonly string[] =>
  json === null ? [] : (JSON.parse(json) as string[])

function joined(ids: readonly string[], texts: ReadonlyMap<string, string>): string {
  let text = ''
  for (const id of ids) {
    const one = texts.get(id)
    if (one !== undefined) text += text === '' ? one : `,${one}`
  }
  return text
}
