/** Tenants. Everything in the other files but signing in and My Stuff is under `/tenants/:tenant`, an id or a name. */

/** `GET /tenants`, `POST /tenants` with `{ name }` (root). */
export interface TenantView {
  readonly id: string
  readonly name: string
  readonly created: number
  readonly settings: TenantSettingsView
}

/** `GET /group-names`: which names more than one group has, however they are written; as far as it is soon seen. */
export interface GroupNames {
  readonly twice: number
  /** There may be more than `twice`. */
  readonly isAtLeast: boolean
  /** A few of them, folded. */
  readonly first: readonly { readonly name: string; readonly groups: number }[]
}

/** `GET /settings`, `PATCH /settings` (admin) with some of them. */
export interface TenantSettingsView {
  readonly profile: 'tolerant' | 'strict'
  readonly recreate: 'restore' | 'new'
  readonly groupNames: 'unique' | 'free'
  /** Days that requests are kept, 0 to 365. */
  readonly retention: number
  /** Which bodies are kept with them. */
  readonly bodies: 'all' | 'writes' | 'none'
}
