/** Users and groups as rows of a list, from what SCIM shows of them. */

import { isObject, type JsonObject, type JsonValue } from '../../protocol/json.ts'
import { groupType } from '../../protocol/schema/core/types.ts'
import type { Suspended, TenantStore } from '../../store/store.ts'
import type { Actor, GroupRow, SuspendedRow, UserRow } from './types.ts'

/** What a row of a user is made of. */
export const USER_ATTRIBUTES = [
  ...['userName', 'displayName', 'name', 'emails', 'externalId', 'active', 'meta'],
]
export const GROUP_ATTRIBUTES = ['displayName', 'externalId', 'meta']

export function userRow(resource: JsonObject): UserRow {
  return {
    id: String(resource.id),
    userName: String(resource.userName),
    displayName: displayNameOf(resource),
    email: emailOf(resource.emails),
    externalId: text(resource.externalId),
    active: resource.active !== false,
    modified: modifiedOf(resource),
  }
}

export function groupRow(resource: JsonObject, members: number): GroupRow {
  return {
    id: String(resource.id),
    displayName: text(resource.displayName) ?? '',
    externalId: text(resource.externalId),
    members,
    modified: modifiedOf(resource),
  }
}

/** With how many members each has, all asked at once. */
export async function groupRows(
  rows: TenantStore,
  resources: readonly JsonObject[],
): Promise<readonly GroupRow[]> {
  const ids = resources.map(({ id }) => String(id))
  const counts = await rows.memberCounts(groupType.name, ids)
  return resources.map((one) => groupRow(one, counts.get(String(one.id)) ?? 0))
}

/** What a person decides about: somebody who was away and is back has another version. */
export const stateOf = (isSuspended: boolean, version: number) =>
  `${isSuspended ? 'suspended' : 'active'} ${version}`

export function suspendedRow(record: Suspended, by: Actor): SuspendedRow {
  const { id, type, suspendedAt, version } = record
  const resource = JSON.parse(record.body) as JsonObject
  const display = displayNameOf(resource)
  const name = text(resource.userName) ?? display ?? id
  const displayName = display === name ? null : display
  return { id, type, name, displayName, suspendedAt, by, seen: stateOf(true, version) }
}

/** What a person is called, or a group; `null` for one that has only a user name. */
export function displayNameOf({ displayName, name }: JsonObject): string | null {
  return text(displayName) ?? nameOf(name)
}

function nameOf(name: JsonValue | undefined): string | null {
  if (!isObject(name)) return null
  const whole = [name.givenName, name.familyName].filter((part) => typeof part === 'string')
  return text(name.formatted) ?? text(whole.join(' '))
}

function emailOf(emails: JsonValue | undefined): string | null {
  const all = Array.isArray(emails) ? emails.filter(isObject) : []
  return text((all.find(({ primary }) => primary === true) ?? all[0])?.value)
}

function modifiedOf({ meta }: JsonObject): number {
  return isObject(meta) ? Date.parse(String(meta.lastModified)) : 0
}

function text(value: JsonValue | undefined): string | null {
  return typeof value === 'string' && value !== '' ? value : null
}
