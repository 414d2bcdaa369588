/**
 * What a service provider is made of, fixed while it runs.
 *
 * Time, ids and hashing come in as functions, so that nothing here has a clock or randomness.
 *
 * @module
 */

import { type FilterLimits, filterLimits } from '../protocol/filter/options.ts'
import { type JsonLimits, jsonLimits } from '../protocol/json-text.ts'
import { type PatchLimits, patchLimits } from '../protocol/patch/message.ts'
import type { Projection } from '../protocol/resource/project.ts'
import { type ValueLimits, valueLimits } from '../protocol/resource/value.ts'
import { groupType, userType } from '../protocol/schema/core/types.ts'
import type { ResourceType } from '../protocol/schema/resource-type.ts'
import type { Seal } from '../protocol/search/cursor.ts'
import type { Store, View } from '../store/store.ts'

export interface ProviderOptions {
  readonly store: Store
  /** The URL clients call, without a slash at its end: `https://id.example.com/scim/v2`. */
  readonly baseUrl: string
  /** Epoch milliseconds. */
  readonly now: () => number
  /** A new identifier for a resource; later ones sort behind earlier ones. */
  readonly newId: () => string
  /** Hashes a value that is never returned, such as a password. */
  readonly hashSecret: (plain: string) => Promise<string>
  /** Seals cursors (RFC 9865); the same on every node of a service. */
  readonly seal: Seal
  /** Single limits may be given; the others keep their defaults. */
  readonly limits?: Partial<Limits>
}

export interface Limits {
  /** Bytes of a request body, counted while it is read: a stranger's length header is no promise. */
  readonly body: number
  /** Resources on one page at most, whatever `count` says (RFC 7644 §3.4.2.4). */
  readonly page: number
  /** Resources on a page when the client does not say. */
  readonly defaultPage: number
  /** Members in one request; each costs a row that is written while the database is locked. */
  readonly members: number
  /** Milliseconds a cursor lives: one that got into wrong hands is worth nothing for long. */
  readonly cursor: number
  /** Members that are answered as one text; more are read and sent in pieces, or they fill memory. */
  readonly wholeMembers: number
  readonly json: JsonLimits
  readonly filter: FilterLimits
  readonly patch: PatchLimits
  readonly value: ValueLimits
}

export const defaultLimits: Limits = {
  body: 10 * 1024 * 1024,
  page: 1_000,
  defaultPage: 100,
  members: 100_000,
  wholeMembers: 1_000,
  cursor: 3_600_000,
  json: jsonLimits,
  filter: filterLimits,
  patch: patchLimits,
  value: valueLimits,
}

/** The options with everything filled in. */
export interface Provider extends ProviderOptions {
  readonly limits: Limits
  readonly types: readonly ResourceType[]
  /** The URI before the id, by the name of the type; what a store writes `$ref` with. */
  readonly refs: Readonly<Record<string, string>>
  /** What searches and reads ask a store for, by the projection: most have the same one. */
  readonly views: {
    readonly listing: WeakMap<Projection, View>
    readonly reading: WeakMap<Projection, View>
  }
}

export function provider(options: ProviderOptions): Provider {
  const types = [userType, groupType]
  return {
    ...options,
    limits: { ...defaultLimits, ...options.limits },
    types,
    refs: Object.fromEntries(
      types.map(({ name, endpoint }) => [name, `${options.baseUrl}${endpoint}/`]),
    ),
    views: { listing: new WeakMap(), reading: new WeakMap() },
  }
}
