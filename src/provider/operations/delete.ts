/**
 * Deleting a resource (RFC 7644 §3.6). From then on it is nowhere, and its names are free.
 *
 * A type with `suspendBy` keeps the record behind it: deleting a user suspends the account (design
 * §6, decisions/003).
 *
 * @module
 */

import type { JsonObject } from '../../protocol/json.ts'
import { valuesAt } from '../../protocol/resource/body.ts'
import type { AttributeChange } from '../../protocol/resource/difference.ts'
import type { ResourceType } from '../../protocol/schema/resource-type.ts'
import { requireVersion } from '../../protocol/version.ts'
import type { Answer } from '../answer.ts'
import { told } from '../change.ts'
import { type Context, writeContext } from '../context.ts'
import { keptValues, recordLookups } from '../record.ts'
import { suspendedAs } from './create.ts'
import { notFound } from './read.ts'

/** 204. @throws {ScimError} 404, 412 */
export async function remove(context: Context, type: ResourceType, id: string): Promise<Answer> {
  const { principal, tenant, preconditions } = context
  const deleted = await tenant.delete(
    type.name,
    id,
    (current) => {
      requireVersion(preconditions, current.version)
      const body = JSON.parse(current.body) as JsonObject
      const lookups = recordLookups(body, type, principal.settings)
      return {
        lookups,
        ...(type.suspendBy === undefined
          ? {}
          : {
              suspend: {
                ...suspendedAs(body, type.suspendBy),
                values: keptValues(id, lookups, type),
              },
            }),
        what: type.suspendBy === undefined ? told(lost(body, type), {}) : {},
      }
    },
    writeContext(context),
  )
  if (!deleted) throw notFound(type, id)
  return { status: 204 }
}

/** What was gone for good is called so by the log alone: with nothing kept, it says which name it had. */
function lost(body: JsonObject, { label }: ResourceType): readonly AttributeChange[] {
  return label.flatMap((path) => {
    const [before] = valuesAt(body, path)
    return before === undefined ? [] : [{ path, before }]
  })
}
