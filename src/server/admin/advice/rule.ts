/** What a rule of advice is, and the ways of saying what it fits. */

import type { RefusedCredential } from '../../../http/authenticate.ts'

/** As much of a request as advice depends on. */
export interface Refused {
  readonly method: string
  readonly status: number
  readonly scimType: string | null
  readonly path: string
  /** `*` when the path is no endpoint. */
  readonly route: string
  readonly refused: string | null
  readonly detail: string | null
}

export interface Advice {
  readonly cause: string
  readonly next: string
}

export interface Rule extends Advice {
  readonly status: number
  readonly when?: string
  readonly fits: (one: Refused) => boolean
}

export const scimType = (name: string) => ({
  when: name,
  fits: (one: Refused) => one.scimType === name,
})
/** What an answer says, told from others of its status; `type` is its scimType, if it has one. */
export const detail = (when: string, says: RegExp, type?: string) => ({
  when,
  fits: (one: Refused) =>
    (type === undefined || one.scimType === type) && says.test(one.detail ?? ''),
})
export const refused = (reason: RefusedCredential['refused']) => ({
  when: `key ${reason}`,
  fits: (one: Refused) => one.refused === reason,
})
export const any = { fits: () => true }
