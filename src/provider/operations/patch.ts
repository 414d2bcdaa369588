/**
 * Changing a resource by a PATCH (RFC 7644 §3.5.2).
 *
 * The answer is 200 with the resource, or 204 for one with more members than anyone reads by eye,
 * so that adding one member to a large group stays a small request (§3.5.2 allows either).
 *
 * @module
 */

import type { JsonObject, JsonValue } from '../../protocol/json.ts'
import { applyPatch } from '../../protocol/patch/apply.ts'
import type { MemberStep } from '../../protocol/patch/members.ts'
import { parsePatch } from '../../protocol/patch/message.ts'
import { bindOperations } from '../../protocol/patch/operation.ts'
import type { Projection } from '../../protocol/resource/project.ts'
import type { EdgeAttribute, ResourceType } from '../../protocol/schema/resource-type.ts'
import { entityTag, requireVersion } from '../../protocol/version.ts'
import type { EdgeChange, Stored } from '../../store/store.ts'
import { type Answer, resourceAnswer } from '../answer.ts'
import { bodyChange, deactivates } from '../change.ts'
import { type Context, writeContext } from '../context.ts'
import { asSent } from '../failures.ts'
import type { Provider } from '../options.ts'
import { membersOf, ownedEdge } from '../record.ts'
import { hashOperations } from '../secrets.ts'
import { boundedView, edgeView, locationOf, viewOf } from '../view.ts'
import { notFound } from './read.ts'

/** Above this many members a PATCH answers 204 unless a projection was asked for. */
const MEMBERS_IN_ANSWER = 100

/**
 * @param projected Whether the client named `attributes` or `excludedAttributes`; then the answer is
 * always 200.
 * @throws {ScimError} 400, 404, 409, 412, 413
 */
export async function patch(
  context: Context,
  type: ResourceType,
  id: string,
  input: JsonValue,
  projection: Projection,
  projected: boolean,
): Promise<Answer> {
  const { provider, principal, tenant, tolerate, preconditions } = context
  const { limits } = provider
  const message = parsePatch(input, tolerate, limits.patch)
  const bound = bindOperations(message, type, id, { tolerate, limits: limits.filter })
  const operations = await hashOperations(bound, provider)
  const edge = ownedEdge(type)
  const view = projected
    ? viewOf(provider, type, projection)
    : boundedView(provider, type, projection, MEMBERS_IN_ANSWER)
  let patched: JsonObject = {}
  let isLeaving = false
  const decide = (current: Stored) => {
    requireVersion(preconditions, current.version)
    const before = JSON.parse(current.body) as JsonObject
    const own = JSON.parse(current.body) as JsonObject
    const after = applyPatch(own, operations, type, { tolerate, limits: limits.value })
    patched = after.body
    isLeaving = deactivates(before, patched)
    return {
      ...bodyChange(before, after.body, type, principal.settings, limits.value, after.secrets),
      secrets: after.secrets,
      edges: edge === undefined ? [] : edgeChanges(after.members, edge, provider),
      memberTypes: edge?.types ?? [],
    }
  }
  const stored = await tenant
    .change(type.name, id, decide, { ...writeContext(context), view })
    .catch(asSent(() => patched))
  if (stored === undefined) throw notFound(type, id)
  if (view.edges.some(({ attribute }) => stored.edges[attribute] === undefined)) {
    return {
      status: 204,
      etag: entityTag(stored.version),
      contentLocation: locationOf(provider, type, id),
      deactivates: isLeaving,
    }
  }
  return { ...resourceAnswer(200, stored, type, projection, provider), deactivates: isLeaving }
}

function edgeChanges(
  steps: readonly MemberStep[],
  edge: EdgeAttribute,
  provider: Provider,
): EdgeChange[] {
  return steps.map((step) => {
    if (step.kind === 'removeMatching') return { ...step, view: edgeView(edge, provider.refs) }
    if (step.kind === 'remove') return step
    return { kind: step.kind, members: membersOf(step.ids, provider.limits) }
  })
}
