/** Users and suspended accounts. */

import type { GroupName, ThroughGroup } from './groups.ts'
import type { Several } from './lists.ts'
import type { Actor, Referred } from './timeline.ts'

/**
 * `GET /users?q=&filter=&after=&count=`: `q` is the beginning of a user name, name, e-mail, id
 * or externalId; `filter` is SCIM's.
 */
export interface UserRow {
  readonly id: string
  readonly userName: string
  readonly displayName: string | null
  readonly email: string | null
  readonly externalId: string | null
  readonly active: boolean
  readonly modified: number
}

/** `GET /users/:id`. Also answers for a suspended one. */
export interface UserView {
  readonly row: UserRow
  readonly suspended: SuspendedRow | null
  readonly created: number
  readonly version: number
  /** The state that is shown, to be said by whoever erases it. */
  readonly seen: string
  /** As SCIM shows it, with its groups. */
  readonly resource: Readonly<Record<string, unknown>>
  /** Those it is a member of itself. */
  readonly groups: readonly GroupName[]
  readonly through: readonly ThroughGroup[]
  /** Groups that its last suspension took it out of, and that nobody has put it back into. */
  readonly left: Several
  /** Who its attributes refer to by an id. */
  readonly referred: readonly Referred[]
  /** Ids that they refer to and that nobody has here: not yet, or not any more. */
  readonly nobodys: readonly string[]
}

// `POST /users/:id/suspend` (admin) is DELETE in SCIM. `POST /suspended/:id/restore` (admin).

/**
 * `GET /suspended?q=&after=`, newest first: `q` is the beginning of a user name, name, e-mail, telephone
 * number, externalId or id.
 */
export interface SuspendedRow {
  readonly id: string
  readonly type: string
  readonly name: string
  readonly displayName: string | null
  readonly suspendedAt: number
  readonly by: Actor
  readonly seen: string
}

/**
 * `GET /users/:id/losses?seen=`: what erasing takes away for good. With the state that somebody has before
 * them it is refused where the account is in another one, and says who changed it.
 */
export interface Losses {
  readonly name: string
  /** The state that this is about, to be sent back. */
  readonly seen: string
  readonly attributes: readonly string[]
  readonly groups: number
  /** As the timeline counts them: those of its memberships are among them. */
  readonly changes: number
  /** It leaves the requests about it, which Activity keeps for so many days from when each came. */
  readonly requestDays: number
}

// `POST /users/:id/erase` (admin) with `{ name, seen }`: Losses.name as it was typed, in any case, and
// Losses.seen. Nobody is erased in another state than the one that was looked at.
