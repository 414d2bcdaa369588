/**
 * Reading one resource (RFC 7644 §3.4.1), conditionally (§3.14).
 *
 * @module
 */

import { ScimError } from '../../protocol/errors.ts'
import type { Projection } from '../../protocol/resource/project.ts'
import type { ResourceType } from '../../protocol/schema/resource-type.ts'
import { entityTag, isUnchanged } from '../../protocol/version.ts'
import { type Answer, resourceAnswer } from '../answer.ts'
import type { Context } from '../context.ts'
import { letGo } from '../pieces.ts'
import { readingView } from '../view.ts'

/** 200 with the resource, or 304. @throws {ScimError} 404 */
export async function read(
  context: Context,
  type: ResourceType,
  id: string,
  projection: Projection,
): Promise<Answer> {
  const { provider, tenant, preconditions } = context
  const stored = await tenant.read(type.name, id, readingView(provider, type, projection))
  if (stored === undefined) throw notFound(type, id)
  if (isUnchanged(preconditions, stored.version)) {
    await letGo(Object.values(stored.streams ?? {}))
    return { status: 304, etag: entityTag(stored.version) }
  }
  return resourceAnswer(200, stored, type, projection, provider)
}

/** 404 for an id that names no live resource of the type. */
export function notFound(type: ResourceType, id: string): ScimError {
  return new ScimError(404, undefined, `${type.name} ${JSON.stringify(id)} is not here`)
}
