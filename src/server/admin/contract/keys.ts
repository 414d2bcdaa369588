/** API keys. */

/** `GET /keys`, newest first. */
export interface KeyRow {
  readonly id: string
  readonly name: string
  readonly scope: 'read' | 'write'
  /** `rc_…Ab3x` */
  readonly shown: string
  readonly last4: string
  readonly created: number
  readonly expires: number | null
  readonly revoked: number | null
  /** The id of the key that it was made to take the place of. */
  readonly replaces: string | null
  readonly state: 'active' | 'expiring' | 'expired' | 'revoked'
  readonly lastUsed: {
    readonly at: number
    readonly from: string | null
    readonly agent: string | null
    /** Who that is, as far as one can tell: `Entra ID`. */
    readonly client: string | null
  } | null
}

/** `POST /keys` (admin; confirmed within ten minutes). */
export interface KeyRequest {
  readonly name: string
  readonly scope: 'read' | 'write'
  /** Days; `null` never expires. */
  readonly days: number | null
}

/** `POST /keys/:id/rotate` (admin; confirmed): the old one lives on for `overlapHours`, 0 to 168. */
export interface KeyRotation {
  readonly overlapHours: number
}

/** The only answer that ever holds a whole key. */
export interface CreatedKey {
  readonly key: KeyRow
  readonly secret: string
  readonly baseUrl: string
  /** Whether others than this machine could reach it. */
  readonly isPublic: boolean
}

/**
 * `POST /keys/test` with `{ secret }`: real calls over the wire with it, to this server and then to the
 * base URL, once that is proved to lead here; and what is wrong.
 */
export interface KeyTest {
  readonly ok: boolean
  readonly status: number | null
  readonly milliseconds: number
  /** In plain words: what came back, or what is wrong and what to do. */
  readonly says: string
}

// `POST /keys/:id/revoke` with `{ last4 }`, which must be right when the key was used within a day.
