/**
 * The part of a change that is about the body: nothing at all when the body came out the same.
 *
 * @module
 */

import type { JsonObject, JsonValue } from '../protocol/json.ts'
import { bodyText } from '../protocol/resource/body.ts'
import { difference } from '../protocol/resource/difference.ts'
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
): Pick<Change, 'body' | 'label' | 'lookups' | 'what'> {
  const changed = difference(before, after)
  const text = bodyText(after, type, limits)
  if (changed.length === 0 && text === JSON.stringify(before)) return { what: {} }
  return {
    body: text,
    label: labelOf(after, type),
    lookups: lookupChange(
      recordLookups(before, type, settings),
      recordLookups(after, type, settings),
    ),
    what: { changed: changed as unknown as JsonValue },
  }
}
