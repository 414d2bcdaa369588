/**
 * Replacing a resource (RFC 7644 §3.5.1): what the client leaves out is gone. Kept are only what it
 * cannot write, what it may not change again, and what it can never read back, such as a password.
 *
 * @module
 */

import type { JsonObject, JsonValue } from '../../protocol/json.ts'
import { idsOf } from '../../protocol/patch/members.ts'
import { acceptResource } from '../../protocol/resource/accept.ts'
import { keepImmutable } from '../../protocol/resource/immutable.ts'
import type { Projection } from '../../protocol/resource/project.ts'
import type { ResourceType } from '../../protocol/schema/resource-type.ts'
import { requireVersion } from '../../protocol/version.ts'
import type { EdgeChange, Stored } from '../../store/store.ts'
import { type Answer, resourceAnswer } from '../answer.ts'
import { bodyChange, deactivates } from '../change.ts'
import { type Context, writeContext } from '../context.ts'
import { asSent } from '../failures.ts'
import { membersOf, ownedEdge } from '../record.ts'
import { hashSecrets } from '../secrets.ts'
import { viewOf } from '../view.ts'
import { notFound } from './read.ts'

/** 200 with the resource as it is then. @throws {ScimError} 400, 404, 409, 412, 413 */
export async function replace(
  context: Context,
  type: ResourceType,
  id: string,
  input: JsonValue,
  projection: Projection,
): Promise<Answer> {
  const { provider, principal, tenant, tolerate, preconditions } = context
  const { limits } = provider
  const accepted = acceptResource(input, type, { tolerate, limits: limits.value })
  const secrets = await hashSecrets(accepted.secrets, provider)
  const edge = ownedEdge(type)
  const edges: EdgeChange[] = []
  if (edge !== undefined) {
    const ids = idsOf(accepted.edges[edge.attribute] ?? [], edge.attribute)
    edges.push({ kind: 'replace', members: membersOf(ids, limits) })
  }
  let isLeaving = false
  const decide = (current: Stored) => {
    requireVersion(preconditions, current.version)
    const before = JSON.parse(current.body) as JsonObject
    const after = keepImmutable(before, accepted.body, type)
    isLeaving = deactivates(before, after)
    return {
      ...bodyChange(before, after, type, principal.settings, limits.value, secrets),
      secrets,
      edges,
      memberTypes: edge?.types ?? [],
    }
  }
  const write = { ...writeContext(context), view: viewOf(provider, type, projection) }
  const stored = await tenant
    .change(type.name, id, decide, write)
    .catch(asSent(() => accepted.body))
  if (stored === undefined) throw notFound(type, id)
  return { ...resourceAnswer(200, stored, type, projection, provider), deactivates: isLeaving }
}
