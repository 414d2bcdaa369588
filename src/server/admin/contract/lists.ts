/** How lists come. */

/**
 * A list of which there may be more: send `next` back as `after`. One that takes long comes in pieces:
 * with a `next` there may be fewer rows than were asked for, or none.
 */
export interface Page<T> {
  readonly rows: readonly T[]
  readonly next: string | null
  /** When the list is one that counts: of all there are. */
  readonly total?: number
  /** There may be more than `total`. */
  readonly isAtLeast?: boolean
}

/** So many, and the first of them by name. */
export interface Several {
  readonly count: number
  readonly first: readonly {
    readonly id: string
    readonly display: string | null
    readonly type: string | null
  }[]
}
