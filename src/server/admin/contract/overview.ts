/** Overview. */

import type { KeyRow } from './keys.ts'

/** `GET /overview?since=`: `since` is the local midnight. */
export interface Overview {
  readonly totals: { readonly users: number; readonly groups: number; readonly suspended: number }
  readonly today: Counts
  readonly connections: readonly Connection[]
  /** Requests of each of the last 60 minutes, oldest first. */
  readonly minutes: readonly { readonly at: number; readonly ok: number; readonly bad: number }[]
  readonly sync: InitialSync | null
}

export interface Counts {
  readonly requests: number
  readonly created: number
  readonly changed: number
  readonly suspended: number
  /** Answered 400 to 499. */
  readonly refused: number
  /** Answered 500 and more. */
  readonly failed: number
}

/** An API key, and who is at its other end. */
export interface Connection {
  readonly key: KeyRow
  /** By its last requests, however long ago they came. */
  readonly health: 'healthy' | 'troubled' | 'stale' | 'failing' | 'unused' | 'ended'
  /** Why, in plain words. */
  readonly because: string
  /** One that was refused counts as well, to the minute. */
  readonly lastRequest: number | null
  readonly today: Counts
}

/** Many creates a minute, now. */
export interface InitialSync {
  readonly key: { readonly id: string; readonly name: string }
  /** When it began; where the first request is not kept, the minute in which it did. */
  readonly since: number
  readonly isSinceExact: boolean
  /** Nothing was created with this key in the two days before. */
  readonly isFirst: boolean
  readonly users: number
  readonly groups: number
  readonly members: number
  readonly errors: number
  /** In this minute so far, or in this one and the one before while this one has hardly begun. */
  readonly perSecond: number
  /** When the last request of this key came. */
  readonly last: number
}
