/**
 * A connection to a PostgreSQL server; the only file that knows `pg`.
 *
 * Statements are sent without waiting for each other's answers, so that a batch takes one round
 * trip. Each is prepared under a name that its text gives it, once a connection.
 *
 * A connection on which anything remarkable happened is not used again: what the server still does
 * with it cannot be known from here.
 *
 * @module
 */

import { createHash } from 'node:crypto'
import { Client, type QueryConfig, types } from 'pg'
import { Lru } from '../sql/lru.ts'
import type { Value } from '../sql/statement.ts'
import type { Answer, Call } from '../sql/work.ts'
import { ConnectionLost, Silence, troubleOf, UnfitServer } from './trouble.ts'

/** The oldest version that is tested. */
const OLDEST = 14
/** Statements that a connection prepares before it is replaced, and what they take with it. */
const PREPARED = 1_000
const KEEPALIVE = 10_000
/** How long plans are kept, in milliseconds. */
const PLANNED = 5_000

export interface ConnectionOptions {
  /** `postgres://user:password@host:port/database`. */
  readonly url: string
  /** How long connecting may take, in milliseconds. */
  readonly patience: number
  /** Settings of the session. */
  readonly settings: Readonly<Record<string, string>>
}

/** Which server this is: one that took another's place may give a transaction's number anew. */
export interface ServerIdentity {
  readonly started: string
  /** `undefined` where the server does not tell. */
  readonly timeline: string | undefined
}

/** What `pg` answers to a statement. */
export interface Reply extends Answer {
  /** Such as `SELECT` or `COMMIT`; a COMMIT that failed says `ROLLBACK`. */
  readonly command: string
}

const NO_PASSWORD =
  'the server asks for a password; put it into the URL, PGPASSWORD, or the file of ROLLCALL_DATABASE_FILE'

export class Connection {
  readonly #client: Client
  readonly #prepared = new Set<string>()
  #identity: ServerIdentity = { started: '', timeline: undefined }
  #pid = 0
  #planned = performance.now()
  #isBroken = false
  /** Told when the connection ends of its own accord. */
  onEnd: () => void = () => undefined

  private constructor(client: Client) {
    this.#client = client
    const end = () => {
      this.#isBroken = true
      this.onEnd()
    }
    client.on('error', end)
    client.on('end', end)
  }

  /** Connects. @throws {ConnectionLost} @throws {UnfitServer} and what the server says */
  static async open(options: ConnectionOptions): Promise<Connection> {
    const { url, patience, settings } = options
    const client = new Client({
      connectionString: url,
      application_name: 'rollcall',
      connectionTimeoutMillis: patience,
      keepAlive: true,
      keepAliveInitialDelayMillis: KEEPALIVE,
      pipeline: true,
      types: { getTypeParser },
    })
    const connection = new Connection(client)
    try {
      await client.connect()
      await connection.#begin(settings, patience)
      return connection
    } catch (error) {
      connection.destroy()
      if (error instanceof UnfitServer || troubleOf(error) !== 'fault') throw error
      const { message: said } = error as Error
      const message = said.includes('password must be a string') ? NO_PASSWORD : said
      throw new ConnectionLost(`cannot connect to the database: ${message}`, { cause: error })
    }
  }

  /** The server's process that serves this connection. */
  get pid(): number {
    return this.#pid
  }

  get server(): ServerIdentity {
    return this.#identity
  }

  get isUsable(): boolean {
    return !this.#isBroken && this.#prepared.size < PREPARED
  }

  /**
   * Sends statements together and resolves to all their answers, in order. Rejects with the first
   * error; those after it in a transaction have not been carried out.
   *
   * @param patience Milliseconds until the server has been silent for too long.
   */
  send(calls: readonly Pick<Call, 'sql' | 'values'>[], patience: number): Promise<Reply[]> {
    const queries = calls.map(({ sql, values }) => ({
      text: sql,
      values: values.map(withoutNul),
      name: this.#nameOf(sql),
    }))
    return this.#send(queries, patience)
  }

  /** Runs statements that are in one text, and are run once. */
  async script(text: string, patience: number): Promise<void> {
    await this.#send([{ text }], patience)
  }

  /**
   * Has plans that are old made anew, before what is sent next. The server keeps a plan until a table is
   * analysed, however much the table grows: one made of an empty table may follow an index through all of it.
   */
  refresh(now = performance.now()): void {
    if (now - this.#planned < PLANNED) return
    this.#planned = now
    this.script('discard plans', PLANNED).catch(() => undefined)
  }

  /** Says goodbye to the server. */
  async close(): Promise<void> {
    this.#isBroken = true
    await this.#client.end()
  }

  /** Ends the connection without a word. */
  destroy(): void {
    this.#isBroken = true
    this.#client.connection.stream.destroy()
  }

  #send(queries: readonly QueryConfig[], patience: number): Promise<Reply[]> {
    if (this.#isBroken) return Promise.reject(new ConnectionLost('the connection has ended'))
    return new Promise((resolve, reject) => {
      const replies: Reply[] = []
      let failure: unknown
      const settle = () => {
        clearTimeout(timer)
        if (failure === undefined) resolve(replies)
        else reject(failure)
      }
      const timer = setTimeout(() => {
        failure = new Silence()
        this.destroy()
        settle()
      }, patience)
      let open = queries.length
      const { stream } = this.#client.connection
      stream.cork()
      for (const query of queries) {
        this.#client.query(query, (error, result) => {
          if (error !== null && error !== undefined) failure ??= this.#noted(error)
          else replies.push(replyOf(result))
          open -= 1
          if (open === 0) settle()
        })
      }
      stream.uncork()
      if (open === 0) settle()
    })
  }

  #nameOf(sql: string): string {
    const name = names.get(sql, () => createHash('sha256').update(sql).digest('hex').slice(0, 24))
    this.#prepared.add(name)
    return name
  }

  #noted(error: Error): Error {
    // The driver's own errors have no state of the server's.
    const lost = !('severity' in error)
    if (lost || troubleOf(error) === 'lost') this.#isBroken = true
    return lost ? new ConnectionLost(error.message, { cause: error }) : error
  }

  async #begin(settings: Readonly<Record<string, string>>, patience: number): Promise<void> {
    const names = Object.keys(settings)
    const set = names.map((_, index) => `set_config($${2 * index + 1}, $${2 * index + 2}, false)`)
    const [, , about] = await this.send(
      [
        { sql: DURABLE, values: [] },
        { sql: `select ${set.join(', ')}`, values: Object.entries(settings).flat() },
        { sql: ABOUT, values: [] },
      ],
      patience,
    )
    const [row] = (about?.rows ?? []) as AboutRow[]
    if (row === undefined) throw new ConnectionLost('the server tells nothing about itself')
    requireFit(row)
    // Not every service that speaks this protocol has a timeline to tell.
    const told = await this.send([{ sql: TIMELINE, values: [] }], patience).catch(() => undefined)
    const [timeline] = (told?.[0]?.rows ?? []) as { readonly timeline: string }[]
    this.#pid = row.pid
    this.#identity = { started: row.started, timeline: timeline?.timeline }
  }
}

interface AboutRow {
  readonly version: number
  readonly encoding: string
  readonly standby: boolean
  readonly pid: number
  readonly started: string
}

// A commit waits for the disk, whatever the server's default is, unless that is to wait for more.
const DURABLE = `select set_config('synchronous_commit', 'on', false)
  where current_setting('synchronous_commit') <> 'remote_apply'`

const ABOUT = `select current_setting('server_version_num')::int / 10000 as version,
  current_setting('server_encoding') as encoding, pg_is_in_recovery() as standby,
  pg_backend_pid() as pid, pg_postmaster_start_time()::text as started`

const TIMELINE = `select left(pg_walfile_name(pg_current_wal_insert_lsn()), 8) as timeline`

/** Throws unless the server is one we can work on. @throws {UnfitServer} @throws {ConnectionLost} */
export function requireFit({
  version,
  encoding,
  standby,
}: Omit<AboutRow, 'pid' | 'started'>): void {
  if (version < OLDEST) {
    throw new UnfitServer(`PostgreSQL ${version} is too old; ${OLDEST} or later is needed`)
  }
  if (encoding !== 'UTF8') {
    throw new UnfitServer(`the database's encoding is ${encoding}; make it with encoding 'UTF8'`)
  }
  if (standby) throw new ConnectionLost('the server is a standby, which cannot be written to')
}

// A text of this server has no U+0000, and nothing with one is ever stored. What is asked for with one
// is asked for with a code point that is no character, and is not found.
function withoutNul(value: Value): Value {
  if (typeof value !== 'string') return value
  const bare = value.includes('\0') ? value.replaceAll('\0', '\ufdd0') : value
  // In JSON, where an even number of backslashes before it would make it something else.
  return bare.includes('\\u0000') ? bare.replace(/(?<!\\)((?:\\\\)*)\\u0000/g, '$1\\ufdd0') : bare
}

const names = new Lru<string>(5_000)

// Our numbers are far from where a double leaves some out.
const INT8 = 20
const getTypeParser: typeof types.getTypeParser = (oid: number, format?: 'text' | 'binary') =>
  oid === INT8 ? Number : types.getTypeParser(oid, format as 'text')

function replyOf(result: {
  readonly rows: readonly unknown[]
  readonly rowCount: number | null
  readonly command: string
}): Reply {
  return { rows: result.rows, changes: result.rowCount ?? 0, command: result.command }
}
