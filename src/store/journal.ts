/**
 * The journal: every request that came, with what was answered.
 *
 * It is not the change log, which commits with its change and is kept for ever. The journal is written
 * after the answer, in batches, may lose its last moment in a crash, and forgets: after some days, and
 * when it grows too large, oldest first. What is counted stays a while longer than what is kept.
 *
 * Nothing secret reaches it: whoever appends has taken that out.
 *
 * @module
 */

export type RequestResult = 'success' | 'noChange' | 'rejected' | 'failed'

/** One side of a request. */
export interface KeptMessage {
  readonly headers: Readonly<Record<string, string>>
  readonly body: string | null
  /** Why there is no body where there was one, or only its beginning (`size`). */
  readonly omitted: 'setting' | 'size' | 'load' | null
}

/** What a list shows of a request. */
export interface ListedRequest {
  /** Its place: later requests have larger ones, compared as numbers. */
  readonly seq: string
  readonly requestId: string
  readonly at: number
  readonly milliseconds: number
  readonly method: string
  /** Below the base URL, without the query. */
  readonly path: string
  /** As it came, escapes and all; empty for none. */
  readonly query: string
  readonly status: number
  readonly result: RequestResult
  readonly key: string | null
  readonly agent: string | null
  readonly address: string | null
  readonly scimType: string | null
  readonly quirks: readonly string[]
  /** The id of the resource it was about, or made. */
  readonly resource: string | null
  /** Why its credential was refused. */
  readonly refused: string | null
}

/** What is kept beside it, and read one by one. */
export interface RequestContent {
  /** The pattern of the endpoint, `/Users/{id}`; `*` when none was found. */
  readonly route: string
  readonly detail: string | null
  /** Whom a create that was refused wanted to make, in its own words: it has no resource to tell. */
  readonly wanted?: string
  readonly request: KeptMessage
  readonly response: KeptMessage
}

/** What was answered to a request, in a sentence. */
export type RequestReason = Pick<RequestContent, 'route' | 'detail' | 'wanted'> &
  Pick<ListedRequest, 'seq'>

/** A request to keep. `tenant` is empty when nobody knows whose it was. */
export type NewRequest = Omit<ListedRequest, 'seq'> &
  RequestContent & {
    readonly tenant: string
    /** The place it took when it was put aside; it is given one if it has none. */
    readonly place?: number
  }

export type KeptRequest = ListedRequest & RequestContent

export interface RequestCounts {
  readonly requests: number
  /** Of those, answered 400 to 499. */
  readonly refused: number
  /** Answered 500 and more. */
  readonly failed: number
  readonly users: number
  readonly groups: number
  /** Named in messages that add members. */
  readonly members: number
  readonly changed: number
  readonly suspended: number
  /** Of those, counted and not kept although they were to be: under load, or by a write that failed. */
  readonly unkept: number
}

/** Requests that are in no list although they came, and within which time, to the minute. */
export interface Unkept {
  readonly count: number
  /** Inclusive; epoch milliseconds. */
  readonly from: number
  /** Exclusive. */
  readonly to: number
}

/** What a key did in a minute; `key` is empty when there was none. */
export interface MinuteCounts extends RequestCounts {
  readonly tenant: string
  /** When the minute began, in epoch milliseconds. */
  readonly minute: number
  readonly key: string
}

export type Milestone = 'reached' | 'accepted' | 'read' | 'created' | 'deactivated'

/** When a key first did something. Never forgotten. */
export interface First {
  readonly tenant: string
  readonly key: string
  readonly what: Milestone
  readonly at: number
}

/** What is appended together, or not at all. */
export interface JournalBatch {
  readonly requests: readonly NewRequest[]
  readonly counts: readonly MinuteCounts[]
  readonly firsts: readonly First[]
  /** What was put aside up to this place is done with. */
  readonly through?: number
}

/** Requests together, in bytes that only whoever put them aside can read. */
export interface Load {
  readonly count: number
  /** How many bytes they take once they are read. */
  readonly weight: number
  readonly bytes: Uint8Array
}

/** The same with the place of the first of them; the others follow it. */
export interface PutAside extends Omit<Load, 'bytes'> {
  readonly place: number
  /** `undefined` when they are damaged. */
  readonly bytes: Uint8Array<ArrayBuffer> | undefined
}

/**
 * Where requests are put while more come than can be made rows of. They have their places from then on,
 * and a search sees nothing that came after the oldest of them, so that none shows up below what somebody
 * has seen.
 */
export interface Aside {
  put(loads: readonly Load[]): Promise<void>
  /** The oldest, of no more than so many requests and such a weight together; at least one load, if there is any. */
  oldest(requests: number, weight: number): Promise<readonly PutAside[]>
  /** How many bytes are taken by it; 0 if nothing is there. */
  size(): Promise<number>
  /** Gives back what is taken, if nothing is there any more. */
  tidy(): Promise<void>
}

/** All that is given must fit. */
export interface JournalQuery {
  readonly method?: string
  /** The path begins with it, or contains it if it does not begin with a slash, in any letter case. */
  readonly path?: string
  readonly key?: string
  /** The agent contains one of them, in any letter case. */
  readonly agent?: readonly string[]
  /** It was let in by this quirk; `any`: by one or another. */
  readonly quirk?: string
  /** Both inclusive. */
  readonly status?: { readonly from: number; readonly to: number }
  /** It took so many milliseconds or more. */
  readonly slower?: number
  readonly requestId?: string
  readonly resource?: string
  readonly result?: RequestResult
  /** It came then or later. */
  readonly from?: number
  /** It came before then. */
  readonly to?: number
  readonly before?: string
  readonly after?: string
  readonly limit: number
}

/** What a search has found, which may stop before it has found enough, or anything. */
export interface JournalPage {
  /** Newest first; with `after`, those nearest to it. */
  readonly rows: readonly ListedRequest[]
  /** Where to go on: the next `before`, or `after`. `null` when there is nothing more. */
  readonly next: string | null
  /** That it has looked through as much as a search may, down to this time, with room left. */
  readonly searchedTo: number | null
  /** What is newer was not looked at: where to ask `after` next. */
  readonly newest: string
}

export interface Journal {
  /** Gives each request its place, if it has none, and keeps all of them. */
  append(batch: JournalBatch): Promise<void>
  /** Absent where appending costs this process little. */
  readonly aside?: Aside
  /** Costs about the same however much there is. What an index leads to is found at once. */
  search(tenant: string, query: JournalQuery): Promise<JournalPage>
  request(tenant: string, seq: string): Promise<KeptRequest | undefined>
  /** Of these, what was answered, for those that are still kept; without reading their bodies. */
  reasons(tenant: string, seqs: readonly string[]): Promise<readonly RequestReason[]>
  /** Counts of the minutes that began at `from` or later, oldest first. */
  minutes(tenant: string, from: number): Promise<readonly MinuteCounts[]>
  firsts(tenant: string): Promise<readonly First[]>
  /** What was counted and not kept of the minutes that `from` and `to` touch. */
  unkept(
    tenant: string,
    range: { readonly from?: number; readonly to?: number },
  ): Promise<Unkept | undefined>
  /**
   * When the oldest of those kept came, if older ones were forgotten because there was too much, which
   * their tenant wants to be kept; epoch milliseconds.
   */
  keptSince(tenant: string): Promise<number | undefined>
  /**
   * Forgets what came before a tenant's `before`; of the requests of nobody the oldest, until no more
   * than a tenth of `bytes` are left; where all have more than `bytes`, the oldest of whoever has more
   * than an equal share of it, so that no tenant pushes out another; and counts that began before
   * `counts`, those of what was not kept only when they are older than what is kept, too.
   */
  sweep(limits: {
    readonly tenants: readonly { readonly tenant: string; readonly before: number }[]
    readonly bytes: number
    readonly counts: number
  }): Promise<void>
  /** Does what is better done while nobody waits, if there is anything. */
  rest?(): Promise<void>
  close(): Promise<void>
}

export const noCounts: RequestCounts = {
  requests: 0,
  refused: 0,
  failed: 0,
  users: 0,
  groups: 0,
  members: 0,
  changed: 0,
  suspended: 0,
  unkept: 0,
}
