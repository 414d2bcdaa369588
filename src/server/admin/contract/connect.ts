/** Connect, and the links for a customer's own administrator. */

import type { CreatedKey, KeyRow, KeyTest } from './keys.ts'

/**
 * `GET /connect?key=&of=`: about that key, or else the one that the identity provider of that name uses, or
 * else the newest that is in use.
 */
export interface ConnectView {
  readonly baseUrl: string
  readonly isPublic: boolean
  /** Those in use and the one that was asked for, newest first; and how much of the list each has done. */
  readonly keys: readonly (KeyRow & { readonly done: number })[]
  /** `null` while there is no key. */
  readonly checklist: Checklist | null
  readonly links: readonly SetupLinkRow[]
}

/**
 * When the client that has a key first did each, `null` if not yet. What was done with a key counts for
 * the one that took its place.
 */
export interface Checklist {
  /** The id of the key. */
  readonly key: string
  /** Requests came with it, were they refused or not. */
  readonly reached: number | null
  readonly accepted: number | null
  readonly read: number | null
  readonly created: number | null
  readonly deactivated: number | null
  /** The last request that was refused since the last one that went well. */
  readonly trouble: { readonly at: number; readonly says: string; readonly seq: string } | null
  /** While nothing has come: when somebody called, these ten minutes, with a key that nobody knows. */
  readonly stranger: number | null
}

export interface SetupLinkRow {
  readonly id: string
  /** For whom it is. */
  readonly name: string | null
  readonly created: number
  readonly expires: number
  /** The name of who made it. It ends with them, and when they may make no keys here any more. */
  readonly by: string | null
  readonly usedAt: number | null
  /** The id of the key that it made, or of the one in its place. */
  readonly key: string | null
}

/** `POST /connect/links` (admin) with `{ days, name? }`, 1 to 30; `DELETE /connect/links/:id`. */
export interface CreatedSetupLink {
  readonly link: SetupLinkRow
  /** `https://…/setup#…`; shown this once. */
  readonly url: string
}

/**
 * For whoever holds the link, with `Authorization: Setup TOKEN`: `GET /setup`, and `POST /setup/key`
 * → {@link CreatedKey}, once for each link; `POST /setup/test` → {@link KeyTest}.
 */
export interface SetupView {
  readonly tenant: string
  readonly baseUrl: string
  readonly isPublic: boolean
  /** Of the key that the link made; `null` before that. */
  readonly checklist: Checklist | null
  readonly expires: number
}
