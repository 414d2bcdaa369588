/**
 * The product's own rows: tenants and their API keys.
 *
 * Kept apart from resources, because these are asked for before a tenant is known.
 *
 * @module
 */

/** A customer, or a directory of one: everything SCIM belongs to exactly one tenant. */
export interface Tenant {
  readonly id: string
  readonly name: string
  readonly created: number
  readonly settings: TenantSettings
}

/** What may differ from tenant to tenant. */
export interface TenantSettings {
  /** `tolerant` takes the quirks of real clients, `strict` refuses them (protocol/quirks.ts). */
  readonly profile: 'tolerant' | 'strict'
  /** What a POST does that names a suspended account: bring it back, or begin a new one. */
  readonly recreate: 'restore' | 'new'
  /** Whether two groups may share a displayName. RFC 7643 lets them; Entra's validator does not. */
  readonly groupNames: 'unique' | 'free'
  /** Days that requests are kept, 0 to 365. */
  readonly retention: number
  /** Which bodies are kept with them. */
  readonly bodies: 'all' | 'writes' | 'none'
}

/** What is meant where a tenant was made before there were these. */
export const laterSettings = { retention: 30, bodies: 'all' } as const

/** An API key as it lies at rest: the secret is not among it. */
export interface ApiKey {
  readonly id: string
  readonly tenant: string
  readonly name: string
  /** `write` includes reading. */
  readonly scope: 'read' | 'write'
  /** SHA-256 of the whole key, lower-case hex. */
  readonly hash: string
  /** The last four characters, so that a person can tell keys apart. */
  readonly hint: string
  readonly created: number
  /** `null` never expires. */
  readonly expires: number | null
  readonly revoked: number | null
  /** The id of the key that it was made to take the place of. */
  readonly replaces: string | null
  readonly lastUsed: KeyUse | null
}

export interface KeyUse {
  readonly at: number
  /** The client's address as the server saw it. */
  readonly from: string | null
  readonly agent: string | null
}

export interface KeyAndTenant {
  readonly key: ApiKey
  readonly tenant: Tenant
}

export interface Registry {
  /** Rejects with {@link NameTaken} when another tenant has the name. */
  addTenant(tenant: Tenant): Promise<void>
  tenants(): Promise<readonly Tenant[]>
  tenant(idOrName: string): Promise<Tenant | undefined>
  changeSettings(id: string, settings: TenantSettings): Promise<void>

  addKey(key: ApiKey): Promise<void>
  /** Of one tenant, or of all; newest first. */
  keys(tenant?: string): Promise<readonly ApiKey[]>
  /** The key with that hash and its tenant: what authentication asks, on every request. */
  keyByHash(hash: string): Promise<KeyAndTenant | undefined>
  /** Resolves to whether there was such a key that was not yet revoked. */
  revokeKey(id: string, at: number): Promise<boolean>
  /**
   * Lets a key end at a moment, unless it ends sooner. Resolves to whether there was such a key that
   * was not revoked.
   */
  expireKey(id: string, at: number): Promise<boolean>
  /**
   * A secret of the service itself, the same for every node: what was kept under the name first. When
   * there is none it is made and kept.
   */
  secret(name: string, make: () => string): Promise<string>
  /** Where people reach the service, by what it said when it was last started. */
  address(): Promise<string | undefined>
  setAddress(url: string): Promise<void>
  /** Notes the last use of a key; may be lost in a crash. */
  touchKey(id: string, use: KeyUse): Promise<void>
  /**
   * Another number as soon as a key or a tenant may have changed, whoever changed it, and at once to
   * ask for. A store that would have to ask far away has none.
   */
  readonly epoch?: () => number
}

export class NameTaken extends Error {
  override readonly name = 'NameTaken'
}
