/**
 * Tree → filter text (RFC 7644 §3.4.2.2): what `parseFilter` reads back as the same tree.
 *
 * Used in messages and in tests. Names keep the client's spelling, operators are lower case, and a
 * bracket stands only where the tree would otherwise be another.
 *
 * @module
 */

import type { AttributePath, Filter, PatchPath } from './ast.ts'

/** `{ kind: 'not', … }` → `not (title pr)`. */
export function print(filter: Filter): string {
  switch (filter.kind) {
    case 'and':
      return filter.filters
        .map((part) => (isLogical(part) ? group(part) : print(part)))
        .join(' and ')
    case 'or':
      return filter.filters
        .map((part) => (part.kind === 'or' ? group(part) : print(part)))
        .join(' or ')
    case 'not':
      return `not ${group(filter.filter)}`
    case 'compare':
      return `${printPath(filter.path)} ${filter.operator} ${JSON.stringify(filter.value)}`
    case 'present':
      return `${printPath(filter.path)} pr`
    case 'value':
      return `${printPath(filter.path)}[${print(filter.filter)}]`
    default:
      return filter satisfies never
  }
}

/** `{ urn: 'urn:…:User', attribute: 'manager', sub: 'value' }` → `urn:…:User:manager.value`. */
export function printPath({ urn, attribute, sub }: AttributePath): string {
  return `${urn === undefined ? '' : `${urn}:`}${attribute}${sub === undefined ? '' : `.${sub}`}`
}

/** The `path` of a PATCH operation, as `parsePatchPath` reads it. */
export function printPatchPath({ path, filter, sub }: PatchPath): string {
  const brackets = filter === undefined ? '' : `[${print(filter)}]`
  return `${printPath(path)}${brackets}${sub === undefined ? '' : `.${sub}`}`
}

function group(filter: Filter): string {
  return `(${print(filter)})`
}

function isLogical(filter: Filter): boolean {
  return filter.kind === 'and' || filter.kind === 'or'
}
