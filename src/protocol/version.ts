/**
 * Versions and preconditions (RFC 7644 §3.14).
 *
 * They compare weakly, on purpose. RFC 9110 §13.1.1 asks for strong comparison in `If-Match`, but
 * RFC 7644 §3.5.1 itself sends `If-Match: W/"a330bc54f0671c9"`: compared strongly, every conforming
 * SCIM client would be refused.
 *
 * @module
 */

import { ScimError } from './errors.ts'

/** A version as an entity-tag: `7` → `W/"7"`, in `ETag` and `meta.version` alike. */
export function entityTag(version: number): string {
  return `W/"${version}"`
}

/** The headers that make a request conditional, as received; `null` when absent. */
export interface Preconditions {
  readonly ifMatch: string | null
  readonly ifNoneMatch: string | null
}

/**
 * Refuses a write that was prepared against another state of the resource.
 *
 * @throws {ScimError} 412 when `If-Match` lists no tag of `version`, or `If-None-Match` lists one.
 */
export function requireVersion(conditions: Preconditions, version: number): void {
  const current = entityTag(version)
  if (conditions.ifMatch !== null && !names(conditions.ifMatch, current)) {
    throw new ScimError(412, undefined, `The resource has changed; its version is ${current}`)
  }
  if (conditions.ifNoneMatch !== null && names(conditions.ifNoneMatch, current)) {
    throw new ScimError(412, undefined, `The resource is there already, in version ${current}`)
  }
}

/** Whether a read may answer 304: the client has this version already. */
export function isUnchanged(conditions: Preconditions, version: number): boolean {
  return conditions.ifNoneMatch !== null && names(conditions.ifNoneMatch, entityTag(version))
}

// e.g. 'W/"6", "7"' names W/"7"
//              ^
function names(header: string, current: string): boolean {
  const opaque = current.replace('W/', '')
  return header.split(',').some((tag) => {
    const trimmed = tag.trim()
    return trimmed === '*' || trimmed.replace(/^W\//, '') === opaque
  })
}
