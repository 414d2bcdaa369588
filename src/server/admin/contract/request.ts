/** Activity: one request, and what a refusal means. */

import type { ActivityRow } from './activity.ts'
import type { TimelineEntry } from './timeline.ts'

/** What a refusal means, in plain words. */
export interface AdviceView {
  readonly cause: string
  /** The sentence of the answer itself, if it had one. */
  readonly says: string | null
  readonly next: string
  /** Of a refusal for uniqueness; absent where the tenant or the value is not known. */
  readonly clash?: ClashView
}

/** A value that another record holds, and that one as it is now: `null` when nobody holds it any more. */
export interface ClashView {
  readonly attribute: string
  /** As it was sent. */
  readonly value: string
  readonly holder: {
    readonly type: string
    readonly id: string
    readonly display: string
    readonly suspendedAt: number | null
  } | null
}

/** `GET /activity/:seq`; `GET /activity/unclaimed/:seq` of no tenant (root). */
export interface ActivityDetail {
  readonly row: ActivityRow
  readonly request: RecordedMessage
  readonly response: RecordedMessage
  readonly changes: readonly (TimelineEntry & {
    readonly type: string
    readonly id: string
  })[]
  readonly quirks: readonly { readonly name: string; readonly means: string }[]
  /** Of a failure. */
  readonly advice: AdviceView | null
  readonly steps: readonly {
    readonly name: 'authenticated' | 'routed' | 'parsed' | 'decided' | 'stored' | 'answered'
    readonly ok: boolean
    readonly says: string
  }[]
  /** To repeat it, with the key left out. */
  readonly curl: string
}

export interface RecordedMessage {
  readonly headers: Readonly<Record<string, string>>
  /** Redacted. `null`: none, or not kept; `omitted` says which. */
  readonly body: string | null
  readonly omitted: 'setting' | 'size' | 'load' | null
}
