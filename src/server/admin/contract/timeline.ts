/** What happened to one user or group. */

export interface Actor {
  readonly kind: 'key' | 'operator' | 'cli' | 'unknown'
  readonly id: string
  /** The key's or the person's name, when it is still known. */
  readonly name: string | null
}

/**
 * `GET /users/:id/timeline?before=&count=&each=`, `/groups/:id/timeline`: newest first. Members that one
 * request brought or took are one entry, unless it is asked for `each`.
 */
export interface Timeline {
  /** What it was called, if it is gone for good and the log still tells. */
  readonly name?: string
  readonly entries: readonly TimelineEntry[]
  readonly next: string | null
}

export interface TimelineEntry {
  readonly seq: number
  readonly at: number
  readonly actor: Actor
  readonly requestId: string
  readonly kind:
    | 'created'
    | 'updated'
    | 'deleted'
    | 'suspended'
    | 'restored'
    | 'erased'
    | 'memberAdded'
    | 'memberRemoved'
  /** The group and the member, of the last two. */
  readonly group?: { readonly id: string; readonly display: string | null }
  readonly member?: {
    readonly id: string
    readonly display: string | null
    /** `null` when it is gone. */
    readonly type: string | null
  }
  /** So many more came or went by the same request, right before this one. */
  readonly others?: number
  /** A member left because one of the two was suspended, or deleted. */
  readonly because?: 'suspended' | 'deleted'
  readonly changes: readonly AttributeChange[]
  /** Who the changes refer to by an id. */
  readonly referred?: readonly Referred[]
}

/** What is here under an id that an attribute refers to, such as that of a manager. */
export interface Referred {
  readonly id: string
  readonly type: string
  readonly display: string
}

export interface AttributeChange {
  /** As a filter would say it: `name.familyName`. */
  readonly path: string
  /** Absent: there was none. */
  readonly before?: unknown
  readonly after?: unknown
  /** Of a value that is never kept as it is, such as a password: what became of it. */
  readonly secret?: 'set' | 'removed'
}
