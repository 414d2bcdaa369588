/** Groups and their members. */

/** `GET /groups?q=&filter=&after=&count=` */
export interface GroupRow {
  readonly id: string
  readonly displayName: string
  readonly externalId: string | null
  /** How many it has. */
  readonly members: number
  readonly modified: number
}

/** `GET /groups/:id` */
export interface GroupView {
  readonly row: GroupRow
  readonly created: number
  readonly version: number
  /** Without members. */
  readonly resource: Readonly<Record<string, unknown>>
  /** Groups it is a member of itself. */
  readonly parents: readonly GroupName[]
  readonly through: readonly ThroughGroup[]
}

export interface GroupName {
  readonly id: string
  readonly display: string | null
}

/** A group that something is in because others are, in which it is: nearest first. */
export interface ThroughGroup extends GroupName {
  readonly via: readonly GroupName[]
}

/**
 * `GET /groups/:id/members?q=&after=&count=`, by id. With `q`, the beginning of an id, a name, a user name
 * or an e-mail, users come first and then groups, and a page may be short and yet have a `next`.
 */
export interface MemberRow {
  readonly id: string
  readonly type: string
  readonly display: string | null
  /** Of a user. */
  readonly userName?: string
  readonly active?: boolean
}
