/**
 * Where in a row the values of a target lie, as SQL.
 *
 * The counterpart of `valuesOf` in match.ts: a target has one value at most (then there is nothing
 * in `from`), or one for every row of `from`.
 *
 * @module
 */

import type { Comparison, Target } from '../../protocol/filter/bound.ts'
import { byType, edgeColumns, type refSlots, type Side } from './edge-sql.ts'
import type { JsonPlace, Spelling } from './spelling.ts'
import { sql } from './sql.ts'
import type { Sql } from './statement.ts'

/** What a target is sought in. */
export type Scope =
  /** A row `r` of the resources. */
  | { readonly kind: 'resource' }
  /** Its `meta`, which lies in columns. */
  | { readonly kind: 'meta' }
  /** A row `e` of the edges. */
  | { readonly kind: 'edge'; readonly side: Side }
  /** A value in the body. */
  | { readonly kind: 'json'; readonly place: JsonPlace }

export interface Source {
  /** Tables and conditions; the values are those of their rows. */
  readonly from?: { readonly tables: Sql; readonly where?: Sql }
  /** The value as the comparison wants it, `NULL` when there is none that fits. */
  readonly value: (comparison: Comparison) => Sql
  /** Whether there is a value, fitting or not; absent when there always is one, and it fits. */
  readonly exists?: Sql
  readonly present: Sql
  /** For a value path: what the inner filter is sought in. */
  readonly scope: Scope
}

export interface SourceContext {
  readonly spelling: Spelling
  readonly refs: ReturnType<typeof refSlots>
  /** A name for a table that nobody has yet. */
  readonly alias: () => string
}

const TRUE = sql`1 = 1`
const FALSE = sql`1 = 0`

export function sourceOf(target: Target, scope: Scope, context: SourceContext): Source {
  switch (scope.kind) {
    case 'resource':
      return inResource(target, context)
    case 'meta':
      return inMeta(target.attribute.name, context)
    case 'edge':
      return inEdge(target.attribute.name, scope.side, context)
    case 'json': {
      const { place } = scope
      if (target.place.kind === 'self') return atPlace(place, context)
      return inJson(context.spelling.object(place), target, context)
    }
    default:
      return scope satisfies never
  }
}

function inResource(target: Target, context: SourceContext): Source {
  const { place, sub } = target
  switch (place.kind) {
    case 'id':
      return ofColumn(sql`r.id`, context)
    case 'meta':
      return inMeta(sub?.name, context)
    case 'edge': {
      const { side } = place.edge
      const from = {
        tables: edgeColumns(side).from,
        where: sql`e.tenant = r.tenant and ${edgeColumns(side).this} = r.id`,
      }
      return { ...inEdge(sub?.name, side, context), from }
    }
    case 'body':
    case 'element':
    case 'self':
      return inJson(sql`r.body`, target, context)
    default:
      return place satisfies never
  }
}

function inMeta(name: string | undefined, context: SourceContext): Source {
  switch (name) {
    case undefined:
      return { value: () => sql`null`, exists: TRUE, present: TRUE, scope: { kind: 'meta' } }
    case 'resourceType':
      return ofColumn(sql`r.type`, context)
    case 'created':
      return ofColumn(sql`r.created`, context)
    case 'lastModified':
      return ofColumn(sql`r.modified`, context)
    case 'version':
      return ofColumn(sql`('W/"' || r.version || '"')`, context)
    case 'location': {
      const uri = byType(sql`r.type`, context.refs, (ref) => sql`${ref} || r.id`, sql`null`)
      return ofNullable(sql`(${uri})`, context)
    }
    default:
      return nothing
  }
}

function inEdge(name: string | undefined, side: Side, context: SourceContext): Source {
  const { value, valueType, type, display } = edgeColumns(side)
  switch (name) {
    case undefined:
      return { value: () => sql`null`, exists: TRUE, present: TRUE, scope: { kind: 'edge', side } }
    case 'value':
      return ofColumn(value, context)
    case 'type':
      return ofColumn(type, context)
    case 'display':
      return ofNullable(display, context)
    case '$ref': {
      const uri = byType(valueType, context.refs, (ref) => sql`${ref} || ${value}`, sql`null`)
      return ofNullable(sql`(${uri})`, context)
    }
    default:
      return nothing
  }
}

const nothing: Source = {
  value: () => sql`null`,
  exists: FALSE,
  present: FALSE,
  scope: { kind: 'json', place: { json: sql`null`, path: [] } },
}

function ofColumn(column: Sql, { spelling }: SourceContext): Source {
  return {
    value: (comparison) => {
      if (comparison === 'fold') return spelling.fold(column)
      return comparison === 'exact' ? spelling.exact(column) : column
    },
    present: TRUE,
    scope: nothing.scope,
  }
}

function ofNullable(column: Sql, context: SourceContext): Source {
  return {
    ...ofColumn(column, context),
    exists: sql`${column} is not null`,
    present: sql`coalesce(${column}, '') <> ''`,
  }
}

function inJson(json: Sql, { urn, attribute, sub }: Target, context: SourceContext): Source {
  const path = [...(urn === undefined ? [] : [urn]), attribute.name]
  const { spelling, alias } = context
  if (!attribute.multiValued) {
    if (sub === undefined) return atPlace({ json, path }, context)
    const place = { json, path: [...path, sub.name] }
    return sub.multiValued ? elementsAt(place, context) : atPlace(place, context)
  }
  if (sub === undefined) return elementsAt({ json, path }, context)
  const element = alias()
  const tables = spelling.elements({ json, path }, element)
  const place = { json: spelling.object({ element }), path: [sub.name] }
  if (!sub.multiValued) return { ...atPlace(place, context), from: { tables } }
  const inner = elementsAt(place, context)
  return inner.from === undefined
    ? inner
    : { ...inner, from: { ...inner.from, tables: sql`${tables}, ${inner.from.tables}` } }
}

function elementsAt(place: JsonPlace, context: SourceContext): Source {
  const element = context.alias()
  const tables = context.spelling.elements(place, element)
  return { ...atPlace({ element }, context), from: { tables } }
}

function atPlace(place: JsonPlace, { spelling }: SourceContext): Source {
  return {
    value: (comparison) => comparable(place, comparison, spelling),
    exists: spelling.exists(place),
    present: spelling.present(place),
    scope: { kind: 'json', place },
  }
}

// As `normalise` in compare.ts.
function comparable(place: JsonPlace, comparison: Comparison, spelling: Spelling): Sql {
  switch (comparison) {
    case 'fold':
      return spelling.fold(spelling.text(place))
    case 'exact':
      return spelling.text(place)
    case 'number':
      return spelling.number(place)
    case 'instant':
      return spelling.instant(spelling.text(place))
    case 'boolean':
      return spelling.boolean(place)
    default:
      return comparison satisfies never
  }
}
