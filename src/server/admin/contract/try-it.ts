/** Try it. */

import type { Several } from './lists.ts'
import type { AdviceView } from './request.ts'
import type { AttributeChange, Referred } from './timeline.ts'

/** `POST /try`: carried out for real, and undone. */
export interface TryRequest {
  readonly method: string
  /** Below the base URL, or all of it: `/Users?filter=…`. */
  readonly path: string
  readonly body: string
  /** As they are sent. Without them, the body is SCIM's. */
  readonly headers?: Readonly<
    Partial<Record<'Accept' | 'Content-Type' | 'If-Match' | 'If-None-Match', string>>
  >
  readonly profile?: 'tolerant' | 'strict'
}

export interface TryResult {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
  /** The body is the beginning of a longer one. */
  readonly isCut: boolean
  /** What there would be afterwards, members and all, and what of it is different. `null`: nothing. */
  readonly record: Readonly<Record<string, unknown>> | null
  readonly differences: readonly AttributeChange[]
  readonly referred: readonly Referred[]
  readonly members: { readonly added: Several; readonly removed: Several }
  /** What a DELETE would take away. */
  readonly removal: {
    readonly kind: 'suspended' | 'deleted'
    readonly type: string
    readonly id: string
    readonly display: string | null
    /** Those that it would no longer be in. */
    readonly groups: Several
    /** How many would lose it, of a group. */
    readonly members: number
  } | null
  readonly quirks: readonly { readonly name: string; readonly means: string }[]
  readonly advice: AdviceView | null
}
