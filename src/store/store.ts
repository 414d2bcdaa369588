/**
 * What the service provider asks of a database.
 *
 * A store keeps resources as JSON text, members as edges, and makes every write all-or-nothing
 * together with its row in the change log. It never sees HTTP, a PATCH path, a filter string or a
 * schema: the provider has parsed, checked and bound those before it calls.
 *
 * Times are epoch milliseconds. Identifiers are opaque and case-exact. {@link Store.tenant} is the
 * only way to rows, and nothing below it can name another tenant.
 *
 * A promise rejects with one of the errors named here, with whatever a `decide` threw, or with the
 * driver's own error (any of them with {@link StoreUnavailable}); after any of them nothing has
 * changed. A promise that resolves means the
 * change is on stable storage.
 *
 * To write a store of your own, implement this file and run `storeContract()` against it.
 *
 * @module
 */

import type { BoundFilter, Target } from '../protocol/filter/bound.ts'
import type { JsonObject } from '../protocol/json.ts'
import type { Text } from '../protocol/parts.ts'
import type { Lookup } from '../protocol/resource/lookups.ts'

export type { Lookup } from '../protocol/resource/lookups.ts'

export interface Store {
  tenant(id: string): TenantStore
  /**
   * Rejects when the database does not answer, and with {@link Unwritable} when it has refused a write
   * and would do so again; what `/readyz` asks.
   */
  ready(): Promise<void>
  close(): Promise<void>
}

/**
 * A tenant's rows, of which every write is undone once it is done. Meanwhile it holds up whoever writes
 * for real, so it is given up when it takes long, with {@link RehearsalTooLong}.
 */
export interface Rehearsal {
  readonly store: TenantStore
  /** What the last write would have logged, oldest first. */
  changes(): readonly LoggedChange[]
}

/** The rows of one tenant. */
export interface TenantStore {
  /**
   * One live resource, or `undefined`. A suspended one is not there. The only method that gives
   * {@link Stored.streams}.
   */
  read(type: string, id: string, view: View): Promise<Stored | undefined>

  /** A page of live resources and the exact number of all that match. */
  search(query: StoreQuery): Promise<StoredPage>

  /**
   * Adds a resource, or restores the suspended one that `resource.restore` describes.
   *
   * @throws {UniquenessConflict} @throws {MissingMember} @throws {MemberCycle}
   */
  create(resource: NewResource, write: WriteContext & { readonly view: View }): Promise<Stored>

  /**
   * Changes one live resource. `decide` is pure; it sees the state that is locked for this write,
   * without edges, and says what becomes of it, `null` for nothing. It may run more than once, and
   * what it throws is rethrown. Resolves to the resource afterwards, or `undefined` when there is
   * none.
   *
   * A change that turns out to alter nothing (no body, no secret, and every edge already as asked)
   * leaves `version` and `modified` as they were and logs nothing. A body, when given, counts as
   * altered; edges count by what the whole list of steps comes to.
   *
   * @throws {UniquenessConflict} @throws {MissingMember} @throws {MemberCycle}
   * @throws {NoMemberMatched}
   */
  change(
    type: string,
    id: string,
    decide: (current: Stored) => Change | null,
    write: WriteContext & { readonly view: View },
  ): Promise<Stored | undefined>

  /**
   * Takes a live resource away: no read finds it, its unique values are free, and every edge at
   * either end is gone (the version of each group that lost it as a member moves). With `suspend`
   * the record itself is kept for {@link restore}. Resolves to whether there was one.
   */
  delete(
    type: string,
    id: string,
    decide: (current: Stored) => Removal,
    write: WriteContext,
  ): Promise<boolean>

  /** Suspended records, newest first: all of them, or those that are sought. */
  suspended(query: SuspendedQuery): Promise<SuspendedPage>

  /** One suspended record, or `undefined`. */
  suspendedOne(id: string): Promise<Suspended | undefined>

  /** The newest suspended record that is found by this name, folded; see {@link Keeping.name}. */
  suspendedNamed(type: string, name: string): Promise<Suspended | undefined>

  /**
   * Makes a suspended record live again under its id, with a version it never had; its lookups are
   * computed from its body. Its edges stay gone. Resolves to `undefined` when there is no such
   * suspended record.
   *
   * @throws {UniquenessConflict} somebody holds its name by now
   */
  restore(
    id: string,
    lookups: (record: Suspended) => readonly Lookup[],
    write: WriteContext,
  ): Promise<Stored | undefined>

  /**
   * Removes a suspended record for good, and what the change log tells of its content. Resolves to
   * whether there was one, of that version if it is given.
   */
  erase(id: string, write: WriteContext, version?: number): Promise<boolean>

  /**
   * The change log, oldest first, from the first row whose `seq` is above `after`; with `about`, only
   * what concerns that resource: its own rows, and those of which it is the `member`. With `before`
   * instead of `after`, newest first, from the first row whose `seq` is below.
   */
  changes(page: ChangesPage): Promise<readonly LoggedChange[]>

  /**
   * The edges of a resource in the order of the ids at their other ends, from the first that is behind
   * `after`; however many there are, a page costs a page.
   */
  edges(page: {
    readonly id: string
    readonly side: 'owner' | 'member'
    readonly after: string | null
    readonly limit: number
  }): Promise<readonly EdgeEnd[]>

  /**
   * How many members these have, by their ids; what is no live resource of the type is missing. It costs
   * the same however many they are.
   */
  memberCounts(type: string, ids: readonly string[]): Promise<ReadonlyMap<string, number>>

  /** Which of these a resource has as members, in the order of ids; it costs what they are, not it. */
  membersAmong(id: string, ids: readonly string[]): Promise<readonly EdgeEnd[]>

  /** Which values of a lookup more than one live resource holds, as far as that is seen among `looked` of them. */
  heldTwice(asked: {
    readonly type: string
    readonly attribute: string
    readonly looked: number
    /** So many are named, in their order. */
    readonly limit: number
  }): Promise<HeldTwice>
}

export interface HeldTwice {
  readonly total: number
  /** There may be more than `total`. */
  readonly isAtLeast: boolean
  readonly first: readonly { readonly value: string; readonly holders: number }[]
}

/** So many rows of the change log, in one direction or the other. */
export type ChangesPage = {
  readonly limit: number
  readonly about?: string
} & ({ readonly after: number } | { readonly before: number })

/** What is at the other end of an edge. */
export interface EdgeEnd {
  readonly id: string
  readonly type: string
  readonly label: string | null
}

/** A live resource as it lies in the store. */
export interface Stored {
  readonly type: string
  readonly id: string
  /** Counts the states of this resource, from 1. On the wire: `W/"<version>"`. */
  readonly version: number
  readonly created: number
  readonly modified: number
  /**
   * JSON text in its final order, beginning with `{"schemas":[…]`. Without `id`, `meta`, edge
   * attributes and attributes that are never returned.
   */
  readonly body: string
  /** For each edge attribute of the view: the JSON text of its array, `[]` when there is none. */
  readonly edges: Readonly<Record<string, string>>
  /**
   * Edge attributes that are not in `edges` because they are long ({@link EdgeView.streamAbove}): the
   * text of each array in pieces, of one state with the rest. Whoever gets them iterates each to
   * its end or calls its `return`; until then the store holds that state open.
   */
  readonly streams?: Readonly<Record<string, AsyncIterable<Text>>>
}

/** What of the edges a read returns, and how references are spelled. */
export interface View {
  readonly edges: readonly EdgeView[]
}

/**
 * One edge attribute to read: `{"value":…,"$ref":…,"type":…,"display":…}` for every edge, in the
 * order of ids, without `display` where the other end has no label. From the owner's side `type` is
 * the member's resource type; from the member's side it is `direct` (RFC 7643 §4.1.2).
 */
export interface EdgeView {
  readonly attribute: string
  readonly side: 'owner' | 'member'
  /**
   * The URI of a resource type's endpoint by the type's name, with a trailing slash:
   * `{ User: 'https://x/scim/v2/Users/' }`.
   */
  readonly refs: Readonly<Record<string, string>>
  /** With more edges than this the attribute is left out of {@link Stored.edges}, unread. */
  readonly max?: number
  /** Of a `read`: with more edges than this the attribute comes in {@link Stored.streams}. */
  readonly streamAbove?: number
}

/** A resource to add. */
export interface NewResource {
  readonly type: string
  /** New to the tenant, whatever the type; one of a live or suspended resource is refused. */
  readonly id: string
  readonly body: string
  /** Human name, which groups show as `display`; `null` when it has none. */
  readonly label: string | null
  readonly lookups: readonly Lookup[]
  /** Stored beside the body and never read back: hashes of attributes that are never returned. */
  readonly secrets: Readonly<Record<string, string>>
  readonly members: readonly Member[]
  /** Which types of resource may be members. */
  readonly memberTypes: readonly string[]
  /**
   * Restore instead of add, when a suspended record of this type holds `name` and its `externalId`
   * is this one, or either has none; of several, the most recently suspended. It keeps id and
   * `created`, moves to a version it never had, and takes everything else from here.
   */
  readonly restore?: {
    readonly name: string
    readonly externalId: string | null
    /** For the change log, in place of {@link NewResource.what}: what is not as it was kept. */
    readonly what: (kept: Restorable) => JsonObject
  }
  /** For the change log. */
  readonly what: JsonObject
}

/** Of a suspended record that a create restores, what is there before. */
export interface Restorable {
  readonly body: string
  /** Which attributes that are never returned had a value. */
  readonly secrets: readonly string[]
}

/** A reference to a resource that shall be a member; the store finds out which type it is. */
export interface Member {
  readonly id: string
}

/** One step on the members of a resource; a list of them is applied in order. */
export type EdgeChange =
  | { readonly kind: 'add'; readonly members: readonly Member[] }
  | { readonly kind: 'remove'; readonly ids: readonly string[] }
  /**
   * Removes the members a filter matches; its targets are in place `element`, sub-attributes
   * `value`, `type`, `display` and `$ref`. With `required`, no match is {@link NoMemberMatched}.
   */
  | {
      readonly kind: 'removeMatching'
      readonly filter: BoundFilter
      readonly required: boolean
      readonly view: EdgeView
    }
  | { readonly kind: 'replace'; readonly members: readonly Member[] }

/** What becomes of a resource. Absent parts stay as they are. */
export interface Change {
  readonly body?: string
  readonly label?: string | null
  /** Exact differences; `remove` lists what the current body has and the new one has not. */
  readonly lookups?: { readonly add: readonly Lookup[]; readonly remove: readonly Lookup[] }
  /** `null` takes a secret away. */
  readonly secrets?: Readonly<Record<string, string | null>>
  readonly edges?: readonly EdgeChange[]
  /** Which types of resource may be members; absent, none may be added. */
  readonly memberTypes?: readonly string[]
  /** For the change log: attributes before and after. Edge changes are logged by the store. */
  readonly what: JsonObject
}

/** How a resource leaves. */
export interface Removal {
  /** The lookups of the current body, all of which go. */
  readonly lookups: readonly Lookup[]
  readonly suspend?: Keeping
  readonly what: JsonObject
}

/** Keep the record, to be found again. */
export interface Keeping {
  /** Under this folded name and this externalId a create restores it. */
  readonly name: string
  readonly externalId: string | null
  /** By the beginning of each of these, folded, a person finds it. */
  readonly values: readonly string[]
}

/** Who writes, when, and in which request: the head of every row in the change log. */
export interface WriteContext {
  readonly at: number
  /** Such as `key:<id>` or `cli`. */
  readonly actor: string
  readonly request: string
}

/** One page over one resource type or several. Types follow each other when nothing sorts. */
export interface StoreQuery {
  readonly parts: readonly QueryPart[]
  /** 0-based; SCIM's `startIndex` minus one. With `from` it is not looked at. */
  readonly offset: number
  /** Begin right behind a place in the order, or end right before it (RFC 9865 cursors). */
  readonly from?: { readonly side: 'after' | 'before'; readonly place: Place }
  /** 0 only counts. */
  readonly limit: number
  /** Somebody watches: rather a part of the page now than all of it later. */
  readonly patience?: Patience
  /** Rejects with `AbortError` once their signal fires; a scan does not go on for nobody. */
  readonly waiting?: Waiting
}

/** Whoever waits for an answer. Their signal costs something to make, and is asked for late. */
export interface Waiting {
  readonly signal?: AbortSignal | undefined
}

/**
 * How much a page may read of one type, unsorted, from its beginning or behind a place; a store may
 * read more. A page that is cut short has a `next`, with fewer resources than its limit or none at all.
 */
export interface Patience {
  /** No more matches than these are counted. */
  readonly counted: number
  /** Where no index knows the matches, no more resources than these are looked into. */
  readonly looked: number
}

/**
 * Where a resource stands in the order of a query, whether or not it is there any more. Plain JSON;
 * good for the same parts, filters and sort alone, and for every store on the same data.
 */
export interface Place {
  readonly type: string
  readonly id: string
  /** What it sorts by, when the query sorts; `null` for no value. */
  readonly key?: string | number | null
}

export interface QueryPart {
  readonly type: string
  readonly filter?: BoundFilter
  /** Unsorted resources come in the order of their ids, which is that of creation. */
  readonly sort?: SortKey
  readonly view: View
  /** The attributes of which this type's resources have {@link Lookup}s; all of their values. */
  readonly lookups: readonly string[]
  /** As in {@link EdgeView}: what `meta.location` and `$ref` are in a filter or a sort. */
  readonly refs: Readonly<Record<string, string>>
}

/**
 * RFC 7644 §3.4.2.3: no value sorts last ascending, first descending; ties by id, ascending either
 * way. Of several values the primary one counts, or else the first. When one part of a query sorts,
 * all are merged into one order, and the resources of a part without a key have no value; parts do
 * not differ in direction. Edges are not sorted by.
 */
export interface SortKey {
  readonly target: Target
  readonly descending: boolean
}

export interface StoredPage {
  readonly total: number
  /** There may be more than `total`, which is as far as the {@link Patience} went. */
  readonly isAtLeast?: true
  readonly resources: readonly Stored[]
  /** The place of the first resource here, when others may come before it. */
  readonly previous?: Place
  /** The place of the last resource here, or of the last looked into, when others follow it. */
  readonly next?: Place
}

/** One page of suspended records. */
export interface SuspendedQuery {
  /** From the newest. With `behind` it is not looked at. */
  readonly offset: number
  readonly limit: number
  /** Begin right behind a place in the order, whether or not the record is still there. */
  readonly behind?: SuspendedPlace
  /** Only those of which a value begins like this; folded, and not empty. */
  readonly begins?: string
}

/** Where a record stands among the suspended. Plain JSON; good for the store it is of. */
export interface SuspendedPlace {
  readonly suspendedAt: number
  /** Tells which came later of two in one millisecond. */
  readonly suspension: number
}

/** A page of a search may be short, or empty, where a store has looked through as much as it may at once. */
export interface SuspendedPage {
  readonly total: number
  /** Of a search: there may be more than `total`. */
  readonly isAtLeast?: true
  readonly records: readonly Suspended[]
  /** The place of the last record here, or of the last looked into, when others may follow it. */
  readonly next?: SuspendedPlace
}

/** A record that a DELETE left behind (design §6). */
export interface Suspended {
  readonly type: string
  readonly id: string
  readonly version: number
  readonly created: number
  readonly modified: number
  readonly body: string
  readonly label: string | null
  readonly suspendedAt: number
  readonly suspendedBy: string
}

export type ChangeKind =
  | 'created'
  | 'updated'
  | 'deleted'
  | 'suspended'
  | 'restored'
  | 'erased'
  | 'memberAdded'
  | 'memberRemoved'

/**
 * A row of the change log. A create, change, delete, suspension, restore or erasure has one row of
 * its kind, except that a change of edges alone has none; and each edge that came or went has one
 * `memberAdded` or `memberRemoved`, with the owner's `type` and `id` and an empty `what`.
 */
export interface LoggedChange {
  /** Ascending within the tenant, in commit order. */
  readonly seq: number
  readonly at: number
  readonly actor: string
  readonly request: string
  readonly type: string
  readonly id: string
  readonly kind: ChangeKind
  /** The member, of `memberAdded` and `memberRemoved`. */
  readonly member: string | null
  /** `null` once the resource was erased. */
  readonly what: JsonObject | null
}

/** Two live resources of one tenant and type would hold one unique value. */
export class UniquenessConflict extends Error {
  override readonly name = 'UniquenessConflict'
  /** Path of the attribute, as its schema spells it: `userName`. */
  readonly attribute: string
  /** As its lookup has it, folded; the writer's own, whoever holds it. */
  readonly value: string
  constructor(attribute: string, value: string) {
    super(`"${attribute}" is already taken`)
    this.attribute = attribute
    this.value = value
  }
}

/** A member names no live resource of this tenant, or one of a type that cannot be a member. */
export class MissingMember extends Error {
  override readonly name = 'MissingMember'
  readonly id: string
  constructor(id: string) {
    super(`"${id}" is not a resource that can be a member`)
    this.id = id
  }
}

/** A value that shall be found fast is longer than the index of this database takes. */
export class ValueTooLong extends Error {
  override readonly name = 'ValueTooLong'
  constructor() {
    super('a value is too long to be found by')
  }
}

/** A group would be a member of itself, directly or through others. */
export class MemberCycle extends Error {
  override readonly name = 'MemberCycle'
  readonly id: string
  constructor(id: string) {
    super(`"${id}" would make the group a member of itself`)
    this.id = id
  }
}

/** A `removeMatching` that was `required` matched nothing. */
export class NoMemberMatched extends Error {
  override readonly name = 'NoMemberMatched'
  constructor() {
    super('no member matches the filter')
  }
}

/**
 * The database cannot take this just now: it is locked by another process, its disk is full, or it
 * cannot be reached. Nothing has changed; the same call may succeed later (503 with `Retry-After`).
 */
export class StoreUnavailable extends Error {
  override readonly name: string = 'StoreUnavailable'
}

/** The database answers what it is asked, but takes no changes: its disk is full, or refuses them. */
export class Unwritable extends StoreUnavailable {
  override readonly name = 'Unwritable'
  readonly reason: string

  /** @param reason One of few words of ours: whoever asks may read them. */
  constructor(reason: string, options?: ErrorOptions) {
    super(`nothing can be written: ${reason}`, options)
    this.reason = reason
  }
}

/** Somebody has as much of the database under way as one may have; their next try may succeed. */
export class StoreBusy extends StoreUnavailable {
  override readonly name = 'StoreBusy'
}

/** Nobody waits for the answer any more. It has the name that Node and the Web give to such errors. */
export class AbortError extends Error {
  override readonly name = 'AbortError'
}

/** @throws {AbortError} once the signal has fired, whatever reason somebody gave it */
export function requireWaiting(signal: AbortSignal | undefined): void {
  if (signal?.aborted) throw new AbortError('the search was given up', { cause: signal.reason })
}

/** A search did not end within the store's deadline (400 `tooMany`: narrow the filter). */
export class QueryTimeout extends Error {
  override readonly name = 'QueryTimeout'
  constructor() {
    super('the query takes too long')
  }
}

/** What is only rehearsed would have held others up for too long. */
export class RehearsalTooLong extends Error {
  override readonly name = 'RehearsalTooLong'
  constructor() {
    super('the rehearsal takes too long')
  }
}
