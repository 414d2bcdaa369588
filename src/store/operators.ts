/**
 * The people of the console: operators, what they may, their sessions, and what they did.
 *
 * They are not resources. Nothing that an identity provider sends can name, make or change one. What
 * proves somebody to be one (a password, the token of a session or of a link) lies here as a hash.
 *
 * Times are epoch milliseconds. Hashes of tokens are SHA-256, lower-case hex.
 *
 * @module
 */

export type Role = 'owner' | 'admin' | 'viewer'

/** A person who signs in. */
export interface Operator {
  readonly id: string
  /** Folded; nobody else's. */
  readonly email: string
  readonly name: string
  /** An owner of every tenant that is or will be. */
  readonly isRoot: boolean
  /** PHC string; `null` for somebody who has none (yet). */
  readonly password: string | null
  /** Who they are at the identity provider of the console, once they have come that way. */
  readonly federated: { readonly issuer: string; readonly subject: string } | null
  readonly created: number
  readonly lastSignIn: number | null
}

export interface Membership {
  readonly operator: string
  readonly tenant: string
  readonly role: Role
}

export interface Session {
  readonly id: string
  readonly operator: string
  readonly hash: string
  readonly created: number
  /** It ends then, whatever happens. */
  readonly expires: number
  readonly lastSeen: number
  /** When the person proved who they are. */
  readonly confirmedAt: number
  readonly address: string | null
  readonly agent: string | null
}

/** A session, whose it is, and what they may. */
export interface SessionFound {
  readonly session: Session
  readonly operator: Operator
  readonly memberships: readonly Membership[]
}

/** Good once, for setting a password: of somebody, or of the first person there is. */
export interface OneTimeLink {
  readonly hash: string
  readonly purpose: 'first' | 'invite' | 'reset'
  /** `null` for the first one, who is not there yet. */
  readonly operator: string | null
  readonly created: number
  readonly expires: number
}

/** Lets somebody without an account connect an identity provider to one tenant. */
export interface SetupLink {
  readonly id: string
  readonly tenant: string
  readonly hash: string
  /** The operator who made it. */
  readonly madeBy: string
  /** For whom. */
  readonly name: string | null
  readonly created: number
  readonly expires: number
  /** When it made its key, and which. */
  readonly usedAt: number | null
  readonly key: string | null
}

/** What somebody did in the console. */
export interface Act {
  /** Ascending in time, the same for nobody else. */
  readonly id: string
  /** `''` for what is no tenant's, such as a sign-in. */
  readonly tenant: string
  readonly at: number
  readonly operator: string
  /** `key.create`, `user.erase`, … */
  readonly action: string
  /** What it was done to, for people; of a user the id, since a name would outlive its erasing. */
  readonly subject: string
  readonly address: string | null
}

export interface Operators {
  /** Whether there is nobody yet. */
  isEmpty(): Promise<boolean>
  /**
   * Adds a person, and with `first` only when there is nobody yet.
   *
   * @throws {EmailTaken} @throws {NotTheFirst}
   */
  add(
    operator: Operator,
    memberships: readonly Membership[],
    options?: { readonly first: true },
  ): Promise<void>
  all(): Promise<readonly Operator[]>
  operator(id: string): Promise<Operator | undefined>
  byEmail(email: string): Promise<Operator | undefined>
  bySubject(issuer: string, subject: string): Promise<Operator | undefined>
  /** Absent parts stay as they are. */
  change(
    id: string,
    change: Partial<Pick<Operator, 'name' | 'password' | 'federated' | 'lastSignIn'>>,
  ): Promise<void>
  /**
   * Takes a person away, with sessions, links, setup links that they made, and memberships; what they did
   * stays in the acts. Resolves to whether they were there.
   *
   * @throws {LastRoot} no root operator would be left who can sign in, and this one can
   */
  remove(id: string): Promise<boolean>
  /**
   * Gives somebody a password in the place of one, and ends every open link and every session of theirs
   * but one. Resolves to `false`, and does nothing, when they do not have that one any more: whoever
   * took it away meanwhile had a reason.
   */
  changePassword(
    id: string,
    change: { readonly from: string; readonly to: string; readonly keeps: string },
  ): Promise<boolean>
  /** Of one operator, or of one tenant. */
  memberships(
    of: { readonly operator: string } | { readonly tenant: string },
  ): Promise<readonly Membership[]>
  /**
   * Lets somebody into a tenant, or changes what they may there; with `null` shows them out. Resolves
   * to whether anything is different now.
   *
   * A link opens whatever its person may enter, so it does not outlive what its maker knew of that.
   * Whoever comes in or goes out loses every open link; when an owner goes, so does everybody of the
   * tenant. Whoever comes in loses password and sessions as well: those of other tenants, who made the
   * link that the password was set with, may know it. A setup link makes a key, so those of whoever may
   * make none here any more are over for good: the role may come back, and they do not.
   *
   * @throws {LastOwner} nobody would be left who can sign in and owns the tenant
   */
  setRole(tenant: string, operator: string, role: Role | null): Promise<boolean>

  /**
   * Begins a session; with `password`, only while that is still the person's. Resolves to whether it
   * began: checking a password takes long enough for it to be taken away meanwhile.
   */
  addSession(session: Session, password?: string): Promise<boolean>
  /** What every request of the console asks. */
  session(hash: string): Promise<SessionFound | undefined>
  sessions(operator: string): Promise<readonly Session[]>
  changeSession(
    id: string,
    change: Partial<Pick<Session, 'lastSeen' | 'confirmedAt'>>,
  ): Promise<void>
  /** Ends one session of somebody's. Resolves to whether there was one. */
  endSession(operator: string, id: string): Promise<boolean>
  /** Ends all sessions of somebody's but one. */
  endSessions(operator: string, except: string | null): Promise<void>
  /** Takes away what had expired by then: sessions and links. */
  sweep(at: number): Promise<void>

  /** Adds a link in the place of all others that the same person has; so with the first person's. */
  addLink(link: OneTimeLink): Promise<void>
  link(hash: string): Promise<OneTimeLink | undefined>
  /**
   * Takes a link away, for whoever is first, and gives its person, if it is somebody's, a password and a
   * name; their sessions end. Resolves to whether it was there; without it nothing happens.
   */
  useLink(
    hash: string,
    given: { readonly password: string; readonly name: string } | null,
  ): Promise<boolean>
  /** Takes away every open link of somebody's. */
  endLinks(operator: string): Promise<void>

  addSetupLink(link: SetupLink): Promise<void>
  /** Newest first. */
  setupLinks(tenant: string): Promise<readonly SetupLink[]>
  setupLink(hash: string): Promise<SetupLink | undefined>
  /** Says which key a link made, for whoever is first. Resolves to whether that was now. */
  useSetupLink(id: string, key: string, at: number): Promise<boolean>
  endSetupLink(tenant: string, id: string): Promise<boolean>

  note(act: Act): Promise<void>
  /** What was done in a tenant, newest first, from the first act before `before`. */
  acts(
    tenant: string,
    page: { readonly before: string | null; readonly limit: number },
  ): Promise<readonly Act[]>
}

export class EmailTaken extends Error {
  override readonly name = 'EmailTaken'
}

export class NotTheFirst extends Error {
  override readonly name = 'NotTheFirst'
}

export class LastOwner extends Error {
  override readonly name = 'LastOwner'
}

export class LastRoot extends Error {
  override readonly name = 'LastRoot'
}
