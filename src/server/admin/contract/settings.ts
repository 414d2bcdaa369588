/** Settings. */

import type { Role } from './problem.ts'

/** `GET /schemas`: the documents of SCIM's own `/Schemas` and `/ResourceTypes`. */
export interface SchemasView {
  readonly schemas: readonly Readonly<Record<string, unknown>>[]
  readonly resourceTypes: readonly Readonly<Record<string, unknown>>[]
}

/** `GET /operators` (admin): who may enter this tenant. */
export interface OperatorRow {
  readonly id: string
  readonly email: string
  readonly name: string
  readonly role: Role
  readonly isRoot: boolean
  readonly lastSignIn: number | null
  /** Has yet to follow the link. */
  readonly isInvited: boolean
}

/** `POST /operators` (owner; confirmed); `PATCH /operators/:id` with `{ role }`; `DELETE`. */
export interface OperatorRequest {
  readonly email: string
  /** The e-mail address, unless told. */
  readonly name?: string
  readonly role: Role
}

/** An invitation, and `POST /operators/:id/link` (owner; confirmed) for whoever lost it. */
export interface Invitation {
  readonly operator: OperatorRow
  /**
   * Who they were before: nobody; an operator of this tenant, whose password and sessions stay as they
   * were; or one of others, who has lost both by being let in (decisions/011).
   */
  readonly was: 'nobody' | 'here' | 'elsewhere'
  /** `null` for somebody who can sign in already. */
  readonly url: string | null
  readonly expires: number | null
}

/** `GET /audit?before=&count=` (admin): what people did here, newest first. */
export interface AuditPage {
  readonly rows: readonly AuditRow[]
  readonly next: string | null
}

export interface AuditRow {
  readonly seq: string
  readonly at: number
  readonly operator: { readonly id: string; readonly name: string | null }
  /** `key.create`, `user.erase`, … */
  readonly action: string
  /** What it was done to, for people; of a user the id, since a name would outlive its erasing. */
  readonly subject: string
  /** The user it was done to, as they are called now; `null` when it was none, or they are gone. */
  readonly user: { readonly id: string; readonly name: string } | null
  readonly address: string | null
}
