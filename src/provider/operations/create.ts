/**
 * Creating a resource (RFC 7644 §3.3), or bringing back the account that a DELETE suspended
 * (design §6).
 *
 * @module
 */

import type { JsonObject, JsonValue } from '../../protocol/json.ts'
import { idsOf } from '../../protocol/patch/members.ts'
import { acceptResource } from '../../protocol/resource/accept.ts'
import { bodyText } from '../../protocol/resource/body.ts'
import { difference } from '../../protocol/resource/difference.ts'
import type { Projection } from '../../protocol/resource/project.ts'
import type { ResourceType } from '../../protocol/schema/resource-type.ts'
import { fold } from '../../protocol/text.ts'
import type { NewResource, Restorable } from '../../store/store.ts'
import { type Answer, resourceAnswer } from '../answer.ts'
import { told } from '../change.ts'
import { type Context, writeContext } from '../context.ts'
import { asSent } from '../failures.ts'
import { labelOf, membersOf, ownedEdge, recordLookups } from '../record.ts'
import { hashSecrets } from '../secrets.ts'
import { viewOf } from '../view.ts'

/** 201 with the resource as stored. @throws {ScimError} 400, 409 `uniqueness`, 413 */
export async function create(
  context: Context,
  type: ResourceType,
  input: JsonValue,
  projection: Projection,
): Promise<Answer> {
  const { provider, principal, tenant, tolerate } = context
  const { limits } = provider
  const { body, edges, secrets } = acceptResource(input, type, { tolerate, limits: limits.value })
  const edge = ownedEdge(type)
  const ids = edge === undefined ? [] : idsOf(edges[edge.attribute] ?? [], edge.attribute)
  const resource: NewResource = {
    type: type.name,
    id: provider.newId(),
    body: bodyText(body, type, limits.value),
    label: labelOf(body, type),
    lookups: recordLookups(body, type, principal.settings),
    members: membersOf(ids, limits),
    memberTypes: edge?.types ?? [],
    secrets: await hashSecrets(secrets, provider),
    ...(type.suspendBy === undefined || principal.settings.recreate === 'new'
      ? {}
      : {
          restore: {
            ...suspendedAs(body, type.suspendBy),
            what: (kept) => changed(kept, body, secrets),
          },
        }),
    what: told(difference({}, body), secrets),
  }
  const view = viewOf(provider, type, projection)
  const stored = await tenant
    .create(resource, { ...writeContext(context), view })
    .catch(asSent(() => body))
  return resourceAnswer(201, stored, type, projection, provider)
}

/** Against what was kept, so that what nobody sent again is told as lost. */
function changed(
  { body, secrets: had }: Restorable,
  after: JsonObject,
  secrets: Readonly<Record<string, string>>,
): JsonObject {
  const lost = Object.fromEntries(had.map((name) => [name, null]))
  return told(difference(JSON.parse(body) as JsonObject, after), { ...lost, ...secrets })
}

/** Under what a suspended record is found again. */
export function suspendedAs(body: { readonly [key: string]: JsonValue }, attribute: string) {
  const externalId = body.externalId
  return {
    name: fold(String(body[attribute])),
    externalId: typeof externalId === 'string' ? externalId : null,
  }
}
