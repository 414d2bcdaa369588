/**
 * The part of a change that is about the body: nothing at all when the body came out the same.
 *
 * @module
 */

import type { JsonObject, JsonValue } from '../protocol/json.ts'
import { bodyText } from '../protocol/resource/body.ts'
import { type AttributeChange, difference } from '../protocol/resource/difference.ts'
import { lookupChange } from '../protocol/resource/lookups.ts'
import type { ValueLimits } from '../protocol/resource/value.ts'
import type { ResourceType } from '../protocol/schema/resource-type.ts'
import type { TenantSettings } from '../store/registry.ts'
import type { Change } from '../store/store.ts'
import { labelOf, recordLookups } from './record.ts'

export function bodyChange(
  before: JsonObject,
  after: JsonObject,
  type: ResourceType,
  settings: TenantSettings,
  limits: ValueLimits,
  secrets: Secrets,
): Pick<Change, 'body' | 'label' | 'lookups' | 'what'> {
  const changed = difference(before, after)
  const text = bodyText(after, type, limits)
  if (changed.length === 0 && text === JSON.stringify(before)) return { what: told([], secrets) }
  return {
    body: text,
    label: labelOf(after, type),
    lookups: lookupChange(
      recordLookups(before, type, settings),
      recordLookups(after, type, settings),
    ),
    what: told(changed, secrets),
  }
}

/** Whether somebody who was active is not any more; nobody says so of whoever is active. */
export const deactivates = (before: JsonObject, after: JsonObject) =>
  before.active !== false && after.active === false

/** By attribute, hashed; `null` for one that is taken away. */
type Secrets = Readonly<Record<string, string | null>>

/** What the change log tells: of a secret that it was set or removed, and never what it was. */
export function told(
  changed: readonly AttributeChange[],
  secrets: Secrets,
): { readonly changed?: JsonValue } {
  const hidden = Object.entries(secrets).map(([path, value]) => ({
    path,
    secret: value === null ? 'removed' : 'set',
  }))
  const all = [...changed, ...hidden]
  return all.length === 0 ? {} : { changed: all as unknown as JsonValue }
}
