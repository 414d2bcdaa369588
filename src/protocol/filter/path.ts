/**
 * Attribute paths on their own: of `sortBy` and `attributes` (RFC 7644 §3.10), and the `path` of a
 * PATCH operation (§3.5.2), which may have a filter in brackets.
 *
 * A path that is only a schema's URN parses as well, as that URN's last part behind the rest of it;
 * see `schemaOf` in `target.ts`.
 *
 * @module
 */

import { invalidPath, type ScimError } from '../errors.ts'
import type { AttributePath, PatchPath } from './ast.ts'
import { attributePath } from './attribute-path.ts'
import type { FilterOptions } from './options.ts'
import { FilterParser } from './parser.ts'

/**
 * Parses `attrPath`. Throws what `fail` makes of a detail, since who asks knows the `scimType`.
 */
export function parsePath(text: string, fail: (detail: string) => ScimError): AttributePath {
  const path = attributePath(text)
  if (path === undefined) throw fail(`"${shorten(text)}" is not an attribute path`)
  return path
}

/**
 * Parses `PATH = attrPath / valuePath [subAttr]`.
 *
 * ```ts
 * parsePatchPath('members[value eq "2819c223"].display', options)
 * // { path: { attribute: 'members' }, filter: { kind: 'compare', … }, sub: 'display' }
 * ```
 *
 * @throws {ScimError} 400 `invalidPath`; 400 `invalidFilter` for what is wrong inside the brackets.
 */
export function parsePatchPath(text: string, options: FilterOptions): PatchPath {
  const parser = new FilterParser(text, options, 'path', invalidPath)
  const path = parser.path()
  const filter = parser.brackets()
  const sub = parser.sub()
  parser.end(filter === undefined ? '"[" or the end' : 'a sub-attribute or the end')
  return {
    path,
    ...(filter === undefined ? {} : { filter }),
    ...(sub === undefined ? {} : { sub }),
  }
}

function shorten(text: string): string {
  return text.length > 80 ? `${text.slice(0, 80)}…` : text
}
