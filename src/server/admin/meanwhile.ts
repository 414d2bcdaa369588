/**
 * What became of a resource of which somebody has an older state before them, by whom and when.
 *
 * An identity provider does not wait for people: what one of them is about to do to an account may be done
 * already, or may no longer be what they mean.
 *
 * @module
 */

import type { ResourceType } from '../../protocol/schema/resource-type.ts'
import type { ChangeKind } from '../../store/store.ts'
import { actorsOf } from './actors.ts'
import { nothingHere, Refusal } from './refusal.ts'
import type { TenantCall } from './route.ts'
import type { Actor } from './types.ts'

type Asked = Pick<TenantCall<unknown, unknown>, 'rows' | 'service' | 'tenant' | 'param'>

/** The newest changes of a resource, among which the one that made it what it is now is looked for. */
const LOOKED = 500

const DEEDS: Readonly<Partial<Record<ChangeKind, (what: string) => string>>> = {
  created: (what) => `made ${what}`,
  updated: (what) => `changed ${what}`,
  restored: (what) => `brought ${what} back`,
  suspended: (what) => `suspended ${what}`,
  deleted: (what) => `deleted ${what}`,
  erased: (what) => `erased ${what}`,
}

/** The state that a person wanted is there already. */
export async function done(call: Asked, type: ResourceType, ...kinds: readonly ChangeKind[]) {
  const { says, at } = await lastOf(call, type, kinds)
  return new Refusal(409, capital(says), { code: 'done', ...(at && { at }) })
}

/** It is not any more what a person looked at; so nothing was done. */
export async function meanwhile(
  call: Asked,
  type: ResourceType,
  nothing: string,
  ...kinds: readonly ChangeKind[]
) {
  const { says, at } = await lastOf(call, type, kinds)
  return new Refusal(409, `${nothing}: ${says}`, { code: 'meanwhile', ...(at && { at }) })
}

/** Nothing is there: by whose doing, if the log knows of anything. */
export async function noSuch(call: Asked, type: ResourceType) {
  const { says, at } = await lastOf(call, type, ['erased', 'deleted'])
  if (at === undefined) return nothingHere(`There is no such ${type.name.toLowerCase()}`)
  return new Refusal(404, capital(says), { at })
}

async function lastOf(
  { rows, service, tenant, param }: Asked,
  { name, suspendBy }: ResourceType,
  kinds: readonly ChangeKind[],
): Promise<{ readonly says: string; readonly at?: number }> {
  const what = suspendBy === undefined ? `this ${name.toLowerCase()}` : 'this account'
  const id = param('id')
  const newest = { before: Number.MAX_SAFE_INTEGER, limit: LOOKED, about: id }
  const log = await rows.changes(newest)
  const last = log.find((row) => row.id === id && row.type === name && kinds.includes(row.kind))
  const deed = last && DEEDS[last.kind]?.(what)
  if (last === undefined || deed === undefined) return { says: `${what} is not as it was` }
  const actorOf = await actorsOf(service.database, tenant.id, [last.actor])
  return { says: `${inWords(actorOf(last.actor))} ${deed}`, at: last.at }
}

/** A key may be called like any word. */
function inWords({ kind, name }: Actor): string {
  if (kind === 'key') return name === null ? 'a key that is gone' : `the key “${name}”`
  return name ?? 'somebody who is no longer an operator'
}

const capital = (text: string) => text.slice(0, 1).toUpperCase() + text.slice(1)
