/**
 * What a database counts as it goes, beside what is there: to be looked at, and mended, by a person.
 *
 * Beside the port, not in it: what is counted, and where, is the database's own affair.
 *
 * @module
 */

/** A tally that is not what it tallies. */
export interface WrongTally {
  /** The type of the resources; `null` for the suspended records of all types. */
  readonly type: string | null
  readonly kept: number
  readonly found: number
}

export interface MembersPage {
  /** Resources that have more members than is kept of them, or fewer. */
  readonly wrong: readonly string[]
  /** Behind which the next page begins; `undefined` when this was the last. */
  readonly next: string | undefined
}

/** Everything here is right beside nodes that read and write meanwhile. */
export interface Counts {
  /** The tallies of a tenant that are wrong. */
  tallies(tenant: string): Promise<readonly WrongTally[]>
  /** A page of the tenant's resources, in the order of their ids. */
  members(tenant: string, after: string): Promise<MembersPage>
  mendTallies(tenant: string): Promise<void>
  /** Counts the members of one resource. */
  mendMembers(tenant: string, id: string): Promise<void>
}
