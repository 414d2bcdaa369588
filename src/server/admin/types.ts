/**
 * What the console and the service say to each other: every body of `/console/api`, as JSON has it.
 *
 * The console imports this file and nothing else of ours, and nothing is imported here, so that the
 * two sides can be built apart. Times are epoch milliseconds. A problem comes as
 * {@link Problem} with its status; a list says `next` when there is more, to be sent back as
 * `before` or `after`.
 *
 * @module
 */

/** RFC 9457, with a word for what the console does about it. */
export interface Problem {
  readonly status: number
  readonly detail: string
  /**
   * `confirm`: ask for the password again, then repeat. `wait`: see `Retry-After`. `signIn`: the
   * session is over. `field`: {@link Problem.field} is at fault. `done`: somebody else has done it.
   * `meanwhile`: it is not any more what the person looked at.
   */
  readonly code?:
    | 'confirm'
    | 'wait'
    | 'signIn'
    | 'field'
    | 'taken'
    | 'held'
    | 'gone'
    | 'done'
    | 'meanwhile'
  readonly field?: string
  /** When that happened which the sentence tells of. */
  readonly at?: number
}

export type Role = 'owner' | 'admin' | 'viewer'

// Signing in ---------------------------------------------------------------------------------------

/** `GET /sign-in`: what the sign-in page offers. */
export interface SignInWays {
  readonly password: true
  /** What its button says. */
  readonly oidc?: { readonly label: string }
  /** Nobody has signed up yet: the first start printed a link. */
  readonly isNew: boolean
  /** What a command about people wants here beside its own words; where the data lies is not told. */
  readonly flags: readonly string[]
}

/**
 * `/sign-in?error=…`: why a provider's sign-in came to nothing. A word, for which the page has a sentence:
 * whoever makes a link to it cannot put words into our mouth.
 */
export type SignInTrouble =
  | 'unknown-person'
  | 'unproved-email'
  | 'too-late'
  | 'not-let-in'
  | 'unreachable'
  | 'failed'

/** `POST /sign-in` → {@link SessionView} */
export interface SignInRequest {
  readonly email: string
  readonly password: string
}

/** `POST /sign-in/link`: what a one-time link is good for. Does not use it up. */
export interface LinkView {
  readonly purpose: 'first' | 'invite' | 'reset'
  /** `null` for the first owner, who says it. */
  readonly email: string | null
  /** Whether its person has signed in before: the password they had is no more. */
  readonly isBack: boolean
  readonly expires: number
}

/** `POST /sign-in/link/use` → {@link SessionView} */
export interface LinkUse {
  readonly token: string
  readonly password: string
  /** Of the first owner. */
  readonly email?: string
  readonly name?: string
}

/** `GET /session`, `POST /session/confirm` with `{ password }`, `POST /sign-out`. */
export interface SessionView {
  readonly operator: { readonly id: string; readonly email: string; readonly name: string }
  /** `owner` of every tenant that is or will be, who may make tenants. */
  readonly isRoot: boolean
  readonly tenants: readonly { readonly id: string; readonly name: string; readonly role: Role }[]
  readonly hasPassword: boolean
  /** The session ends then, whatever happens. */
  readonly expires: number
  /** When the password was last given. */
  readonly confirmedAt: number
  readonly version: string
}

// My Stuff -----------------------------------------------------------------------------------------

/** `GET /me/sessions`; `DELETE /me/sessions/:id`; `DELETE /me/sessions` ends all others. */
export interface SessionRow {
  readonly id: string
  readonly isCurrent: boolean
  readonly created: number
  readonly lastSeen: number
  readonly address: string | null
  readonly agent: string | null
}

/** `PATCH /me` → {@link SessionView} */
export interface ProfileChange {
  readonly name: string
}

/** `POST /me/password`; ends all other sessions. */
export interface PasswordChange {
  readonly current: string
  readonly next: string
}

// Tenants; everything below is under `/tenants/:tenant`, an id or a name ---------------------------

/** `GET /tenants`, `POST /tenants` with `{ name }` (root). */
export interface TenantView {
  readonly id: string
  readonly name: string
  readonly created: number
  readonly settings: TenantSettingsView
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

// API keys -----------------------------------------------------------------------------------------

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

// Overview -----------------------------------------------------------------------------------------

/** `GET /overview?since=`: `since` is the local midnight. */
export interface Overview {
  readonly totals: { readonly users: number; readonly groups: number; readonly suspended: number }
  readonly today: Counts
  readonly connections: readonly Connection[]
  /** Requests of each of the last 60 minutes, oldest first. */
  readonly minutes: readonly { readonly at: number; readonly ok: number; readonly bad: number }[]
  readonly sync: InitialSync | null
}

export interface Counts {
  readonly requests: number
  readonly created: number
  readonly changed: number
  readonly suspended: number
  /** Answered 400 to 499. */
  readonly refused: number
  /** Answered 500 and more. */
  readonly failed: number
}

/** An API key, and who is at its other end. */
export interface Connection {
  readonly key: KeyRow
  readonly health: 'healthy' | 'troubled' | 'stale' | 'failing' | 'unused' | 'ended'
  /** Why, in plain words. */
  readonly because: string
  /** One that was refused counts as well, to the minute. */
  readonly lastRequest: number | null
  readonly today: Counts
}

/** Many creates a minute, now. */
export interface InitialSync {
  readonly key: { readonly id: string; readonly name: string }
  /** When it began; where the first request is not kept, the minute in which it did. */
  readonly since: number
  readonly isSinceExact: boolean
  /** Nothing was created with this key in the two days before. */
  readonly isFirst: boolean
  readonly users: number
  readonly groups: number
  readonly members: number
  readonly errors: number
  /** In this minute so far, or in this one and the one before while this one has hardly begun. */
  readonly perSecond: number
  /** When the last request of this key came. */
  readonly last: number
}

// Users, groups ------------------------------------------------------------------------------------

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

/**
 * `GET /users?q=&filter=&after=&count=`: `q` is the beginning of a user name, name, e-mail, id
 * or externalId; `filter` is SCIM's.
 */
export interface UserRow {
  readonly id: string
  readonly userName: string
  readonly displayName: string | null
  readonly email: string | null
  readonly externalId: string | null
  readonly active: boolean
  readonly modified: number
}

/** `GET /users/:id`. Also answers for a suspended one. */
export interface UserView {
  readonly row: UserRow
  readonly suspended: SuspendedRow | null
  readonly created: number
  readonly version: number
  /** As SCIM shows it, with its groups. */
  readonly resource: Readonly<Record<string, unknown>>
  /** Those it is a member of itself. */
  readonly groups: readonly GroupName[]
  readonly through: readonly ThroughGroup[]
  /** Groups that its last suspension took it out of, and that nobody has put it back into. */
  readonly left: Several
  /** Who its attributes refer to by an id. */
  readonly referred: readonly Referred[]
  /** Ids that they refer to and that nobody has here: not yet, or not any more. */
  readonly nobodys: readonly string[]
}

// `POST /users/:id/suspend` (admin) is DELETE in SCIM. `POST /suspended/:id/restore` (admin).

/**
 * `GET /suspended?q=&after=`, newest first: `q` is the beginning of a user name, name, e-mail, telephone
 * number, externalId or id.
 */
export interface SuspendedRow {
  readonly id: string
  readonly type: string
  readonly name: string
  readonly displayName: string | null
  readonly suspendedAt: number
  readonly by: Actor
}

/** `GET /users/:id/losses`: what erasing takes away for good. */
export interface Losses {
  readonly name: string
  /** The state that this is about, to be sent back. */
  readonly seen: string
  readonly isSuspended: boolean
  readonly attributes: readonly string[]
  readonly groups: number
  readonly changes: number
  /** It leaves the requests about it, which Activity keeps for so many days from when each came. */
  readonly requestDays: number
}

// `POST /users/:id/erase` (admin) with `{ name, seen }`: Losses.name as it was typed, in any case, and
// Losses.seen. Nobody is erased in another state than the one that was looked at.

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

/** A group that something is in because another is, in which it is: that one, or the first of several. */
export interface ThroughGroup extends GroupName {
  readonly via: GroupName
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

/** `GET /search?q=`: what the palette finds, a few of each. */
export interface Found {
  readonly users: readonly UserRow[]
  readonly groups: readonly GroupRow[]
  readonly suspended: readonly SuspendedRow[]
  readonly requests: readonly ActivityRow[]
}

// Activity -----------------------------------------------------------------------------------------

/**
 * `GET /activity`, `GET /activity/export?format=csv|json`: all optional, all must fit. So with
 * `GET /activity/unclaimed` of no tenant (root): requests that came with no key, or with an unknown one.
 */
export interface ActivityQuery {
  readonly method?: string
  /** Below the base URL: begins with it, as with `/Users`, or contains it, as `users`. */
  readonly path?: string
  /** An id, whole: of a request if there is one, else of a resource. */
  readonly q?: string
  readonly key?: string
  /** Is in it, or in the name of the client that it tells of. */
  readonly agent?: string
  /** The name of a quirk, or `any`. */
  readonly quirk?: string
  /** `2xx`, `4xx`, `5xx`, `bad` or one status. */
  readonly status?: string
  /** At least so many milliseconds. */
  readonly slower?: string
  /** A request id, whole. */
  readonly request?: string
  /** The id of a resource it was about. */
  readonly resource?: string
  readonly result?: ActivityResult
  readonly from?: string
  readonly to?: string
  readonly before?: string
  /**
   * Only what is newer: how a live view asks, and the step to the next one. Of more than `count`, those
   * nearest to it, so that nothing is skipped; newest first all the same.
   */
  readonly after?: string
  readonly count?: string
}

export type ActivityResult = 'success' | 'noChange' | 'rejected' | 'failed'

/** A page may be short, or empty, where a search has looked through as much as it may at once. */
export interface ActivityPage {
  readonly rows: readonly ActivityRow[]
  /** Where to go on: the next `before`, or `after`. `null` when there is nothing more. */
  readonly next: string | null
  /** Of a page that is short for that: the time down to which was searched. */
  readonly searchedTo: number | null
  /** What is newer was not looked at: where a live view asks `after` next. */
  readonly newest: string
  /** Of those that came within `from` and `to`, whatever else is asked for. */
  readonly unkept: Unkept | null
  /**
   * When the oldest of those kept came, if older ones of the time asked for were forgotten because all
   * together took more than may be kept. In a file it is the last row: `result` is `forgotten`, and all
   * from before its time are gone.
   */
  readonly keptSince: number | null
}

/**
 * Requests that came and are in no list: more came than could be kept, or writing them failed. In a file
 * they are the first row, without a method: `result` is `unkept`, and `unkept` how many between `at`
 * (in JSON: `time`) and `until`.
 */
export interface Unkept {
  readonly count: number
  /** To the minute. */
  readonly from: number
  readonly to: number
}

export interface ActivityRow {
  /** Its place in the journal, which `before` and `after` take. */
  readonly seq: string
  readonly requestId: string
  readonly at: number
  readonly milliseconds: number
  readonly method: string
  /** Below the base URL, without the query. */
  readonly path: string
  /** As it came, escapes and all, without what is secret. */
  readonly query: string
  readonly status: number
  readonly result: ActivityResult
  /** Without a name once it is gone. */
  readonly key: {
    readonly id: string
    readonly name: string | null
    readonly last4: string | null
  } | null
  readonly agent: string | null
  readonly client: string | null
  readonly address: string | null
  readonly scimType: string | null
  readonly quirks: readonly string[]
  readonly resource: string | null
  /**
   * What the resource is called, where it still is; of a create that was refused what its body calls
   * whom it was to make. In exports that of creates that were refused alone.
   */
  readonly about?: string
  /** Why its credential was refused: `malformed`, `unknown`, `revoked` or `expired`. */
  readonly refused: string | null
}

/** A request as a file has it, where its time is ISO 8601. */
export interface ExportedRow extends ActivityRow {
  /** Why it was refused, in plain words; `null` when it was not. */
  readonly cause: string | null
  /** The sentence of the answer itself, if it had one. */
  readonly detail: string | null
}

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

// Connect ------------------------------------------------------------------------------------------

/** `GET /connect?key=`: about that key, or else about the newest that is in use. */
export interface ConnectView {
  readonly baseUrl: string
  readonly isPublic: boolean
  /** Those in use and the one that was asked for, newest first; and how much of the list each has done. */
  readonly keys: readonly (KeyRow & { readonly done: number })[]
  /** `null` while there is no key. */
  readonly checklist: Checklist | null
  readonly links: readonly SetupLinkRow[]
}

/**
 * When the client that has a key first did each, `null` if not yet. What was done with a key counts for
 * the one that took its place.
 */
export interface Checklist {
  /** The id of the key. */
  readonly key: string
  /** Requests came with it, were they refused or not. */
  readonly reached: number | null
  readonly accepted: number | null
  readonly read: number | null
  readonly created: number | null
  readonly deactivated: number | null
  /** The last request that was refused since the last one that went well. */
  readonly trouble: { readonly at: number; readonly says: string; readonly seq: string } | null
  /** While nothing has come: when somebody called, these ten minutes, with a key that nobody knows. */
  readonly stranger: number | null
}

export interface SetupLinkRow {
  readonly id: string
  /** For whom it is. */
  readonly name: string | null
  readonly created: number
  readonly expires: number
  /** The name of who made it, while there is such a person. */
  readonly by: string | null
  /** It opens nothing: who made it may make no keys here any more. */
  readonly isVoid: boolean
  readonly usedAt: number | null
  /** The id of the key that it made, or of the one in its place. */
  readonly key: string | null
}

/** `POST /connect/links` (admin) with `{ days, name? }`, 1 to 30; `DELETE /connect/links/:id`. */
export interface CreatedSetupLink {
  readonly link: SetupLinkRow
  /** `https://…/setup#…`; shown this once. */
  readonly url: string
}

/**
 * For whoever holds the link, with `Authorization: Setup TOKEN`: `GET /setup`, and `POST /setup/key`
 * → {@link CreatedKey}, once for each link; `POST /setup/test` → {@link KeyTest}.
 */
export interface SetupView {
  readonly tenant: string
  readonly baseUrl: string
  readonly isPublic: boolean
  /** Of the key that the link made; `null` before that. */
  readonly checklist: Checklist | null
  readonly expires: number
}

// Try it -------------------------------------------------------------------------------------------

/** `POST /try`: carried out for real, and undone. */
export interface TryRequest {
  readonly method: string
  /** Below the base URL, or all of it: `/Users?filter=…`. */
  readonly path: string
  readonly body: string
  /** As they are sent. Without them, the body is SCIM's. */
  readonly headers?: Readonly<
    Partial<Record<'Accept' | 'Content-Type' | 'If-Match' | 'If-None-Match', string>>
  >
  readonly profile?: 'tolerant' | 'strict'
}

export interface TryResult {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
  /** The body is the beginning of a longer one. */
  readonly isCut: boolean
  /** What there would be afterwards, members and all, and what of it is different. `null`: nothing. */
  readonly record: Readonly<Record<string, unknown>> | null
  readonly differences: readonly AttributeChange[]
  readonly referred: readonly Referred[]
  readonly members: { readonly added: Several; readonly removed: Several }
  /** What a DELETE would take away. */
  readonly removal: {
    readonly kind: 'suspended' | 'deleted'
    readonly type: string
    readonly id: string
    readonly display: string | null
    /** Those that it would no longer be in. */
    readonly groups: Several
    /** How many would lose it, of a group. */
    readonly members: number
  } | null
  readonly quirks: readonly { readonly name: string; readonly means: string }[]
  readonly advice: AdviceView | null
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

// Settings -----------------------------------------------------------------------------------------

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
