/**
 * Of a refusal for uniqueness: which value it is about, and who holds it now.
 *
 * The answer to the client names what it sent and nobody else's record; here somebody looks who may see
 * every record of the tenant. A value that is free by now may be that of an account that was suspended
 * since: then that one is the holder.
 *
 * @module
 */

import type { JsonObject } from '../../protocol/json.ts'
import { groupType, userType } from '../../protocol/schema/core/types.ts'
import type { ResourceType } from '../../protocol/schema/resource-type.ts'
import { fold } from '../../protocol/text.ts'
import { takenIn } from '../../provider/failures.ts'
import type { TenantStore } from '../../store/store.ts'
import { contextOf } from './as-operator.ts'
import { list } from './list.ts'
import { displayNameOf } from './rows.ts'
import type { AdviceView, ClashView } from './types.ts'

interface Refused {
  readonly status: number
  readonly path: string
  readonly detail?: string | null | undefined
  /** What the request was about, which holds its own values rightly. */
  readonly resource?: string | null | undefined
}

type Asked = Parameters<typeof contextOf>[0]

/** The advice, with what clashed if anything did. */
export async function withClash(
  advice: AdviceView | null,
  call: Asked,
  one: Refused,
): Promise<AdviceView | null> {
  const taken = one.status === 409 ? takenIn(one.detail ?? '') : undefined
  const type = [userType, groupType].find(({ endpoint }) => isBelow(endpoint, one.path))
  if (advice === null || taken === undefined || !type?.lookups.includes(taken.attribute)) {
    return advice
  }
  return { ...advice, clash: { ...taken, holder: await holderOf(call, type, taken, one.resource) } }
}

const isBelow = (endpoint: string, path: string) =>
  `${path.toLowerCase()}/`.startsWith(`${endpoint.toLowerCase()}/`)

type Taken = Pick<ClashView, 'attribute' | 'value'>

async function holderOf(
  call: Asked,
  type: ResourceType,
  { attribute, value }: Taken,
  own: string | null | undefined,
): Promise<ClashView['holder']> {
  const filter = `${attribute} eq ${JSON.stringify(value)}`
  const shown = ['userName', 'displayName', 'name'].filter((name) => type.attribute(name))
  const { resources } = await list(contextOf(call), type, { filter, count: 2 }, shown)
  const live = (found: JsonObject | undefined) =>
    found && {
      ...{ type: type.name, id: String(found.id), suspendedAt: null },
      display: displayNameOf(found) ?? value,
    }
  return (
    live(resources.find(({ id }) => id !== own)) ??
    (await suspendedHolder(call.rows, type, { attribute, value })) ??
    live(resources[0]) ??
    null
  )
}

/** Of suspended accounts the newest that goes by this name; only by its name would one be restored. */
async function suspendedHolder(
  rows: TenantStore,
  { name, suspendBy }: ResourceType,
  { attribute, value }: Taken,
): Promise<ClashView['holder'] | undefined> {
  if (attribute !== suspendBy) return undefined
  const found = await rows.suspendedNamed(name, fold(value))
  if (found === undefined) return undefined
  const { type, id, body, suspendedAt } = found
  const display = displayNameOf(JSON.parse(body) as JsonObject) ?? value
  return { type, id, display, suspendedAt }
}
