/**
 * A body made ready for a store: its text, its label and its lookups.
 *
 * @module
 */

import { ScimError } from '../protocol/errors.ts'
import type { JsonObject } from '../protocol/json.ts'
import { valuesAt } from '../protocol/resource/body.ts'
import { type Lookup, lookupsOf, uniquePaths } from '../protocol/resource/lookups.ts'
import type { EdgeAttribute, ResourceType } from '../protocol/schema/resource-type.ts'
import { fold } from '../protocol/text.ts'
import type { TenantSettings } from '../store/registry.ts'
import type { Member } from '../store/store.ts'
import type { Limits } from './options.ts'

/** The name people see, which groups show as `display` of a member. */
export function labelOf(body: JsonObject, type: ResourceType): string | null {
  for (const path of type.label) {
    const [value] = valuesAt(body, path)
    if (typeof value === 'string' && value !== '') return value
  }
  return null
}

/** The lookups of a body, unique as the schema and the tenant's settings say. */
export function recordLookups(
  body: JsonObject,
  type: ResourceType,
  settings: TenantSettings,
): Lookup[] {
  const added = type.name === 'Group' && settings.groupNames === 'unique' ? ['displayName'] : []
  return lookupsOf(body, type, uniquePaths(type, added), added)
}

/** Nobody types more of a value than this to find an account by. */
const BEGINNING = 200

/** By what a person finds a suspended account: its id, and whatever text filters found it by. */
export function keptValues(id: string, lookups: readonly Lookup[], type: ResourceType): string[] {
  const isText = ({ attribute }: Lookup) => type.attribute(attribute)?.type !== 'boolean'
  const values = [id, ...lookups.filter(isText).map(({ value }) => value)]
  return [...new Set(values.map((value) => foldedBeginning(value)))]
}

/** Of a value, or of what is sought: as it is compared. */
export const foldedBeginning = (text: string) => [...fold(text)].slice(0, BEGINNING).join('')

/** The attribute through which a type owns members, if it does. */
export function ownedEdge(type: ResourceType): EdgeAttribute | undefined {
  return type.edges.find(({ side }) => side === 'owner')
}

/** @throws {ScimError} 413 for more than one request may bring */
export function membersOf(ids: readonly string[], limits: Limits): Member[] {
  if (ids.length > limits.members) {
    throw new ScimError(413, 'tooMany', `More than ${limits.members} members in one request`)
  }
  return ids.map((id) => ({ id }))
}
