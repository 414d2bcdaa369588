/** Activity: requests, and which of them. */

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
