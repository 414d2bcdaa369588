/**
 * One database of one size, with the servers that are measured on it.
 *
 * @module
 */

import { DatabaseSync } from 'node:sqlite'
import { type DatabaseKind, removeSqlite, scratch } from './databases.ts'
import type { Load, Loaded } from './load.ts'
import { load } from './load.ts'
import { inTurns, type Measured, type Subject } from './measure.ts'
import { scratchPostgres } from './postgres.ts'
import { keyFor, type Server, startRollcall, startScript } from './process.ts'

export interface Stage {
  readonly kind: DatabaseKind
  /** People in the tenant that is asked. */
  readonly size: number
  readonly url: string
  /** The demo tenant's id. */
  readonly tenant: string
  readonly pace: Pace
  /** The file of a SQLite stage. */
  readonly file: string | undefined
  /** The newest row of the change log, on SQLite. */
  readonly lastChange: (() => number) | undefined
  /** Rollcall on this database; started when first asked for. */
  rollcall(): Promise<Server>
  /** The bare servers: on SQLite one, on PostgreSQL one for each of both. */
  bare(): Promise<readonly { readonly name: string; readonly server: Server }[]>
  /** Rollcall on an empty database of the same kind, which is gone afterwards. */
  fresh(): Promise<{ readonly server: Server; drop(): Promise<void> }>
  say(line: string): void
  /** Stops what runs, so that a row may have the database to itself. */
  rest(): Promise<void>
}

/** How long everything takes. */
export interface Pace {
  readonly seconds: number
  readonly rounds: number
  /** Seconds a peer may take to be filled, or a synchronisation to be carried out. */
  readonly patience: number
}

export async function openStage(options: {
  readonly kind: DatabaseKind
  readonly size: number
  readonly url: string
  /** A SQLite file with the same people, for the bare server, whichever database is measured. */
  readonly file: string
  readonly pace: Pace
  readonly say: (line: string) => void
}): Promise<Stage> {
  const { kind, size, url, file, pace, say } = options
  let ours: Server | undefined
  let others: { name: string; server: Server }[] | undefined
  const tenant = await demoTenant(file)
  return {
    ...{ kind, size, url, tenant, pace, say },
    file: kind === 'sqlite' ? file : undefined,
    lastChange: kind === 'sqlite' ? () => lastChange(file, tenant) : undefined,
    async rollcall() {
      ours ??= await startRollcall(url)
      return ours
    },
    async bare() {
      others ??= [
        {
          name: 'bare node:http on SQLite',
          server: await startScript('./baseline/sqlite-server.ts', [file, tenant]),
        },
        ...(kind === 'postgres'
          ? [
              {
                name: 'bare node:http on PostgreSQL',
                server: await startScript('./baseline/postgres-server.ts', [url]),
              },
            ]
          : []),
      ]
      return others
    },
    async fresh() {
      const made = kind === 'sqlite' ? scratchSqlite() : await scratchPostgres()
      const server = await startRollcall(made.url)
      return {
        server,
        async drop() {
          await server.stop()
          await made.drop()
        },
      }
    },
    async rest() {
      await ours?.stop()
      for (const { server } of others ?? []) await server.stop()
      ours = undefined
      others = undefined
    },
  }
}

/** The same requests to several servers in turns, each list begun where its last round ended. */
export async function compare(
  stage: Stage,
  subjects: readonly {
    readonly name: string
    readonly server: Server
    readonly requests: readonly Buffer[]
  }[],
  connections = 16,
): Promise<readonly Measured[]> {
  const { seconds, rounds } = stage.pace
  return await inTurns(
    subjects.map(({ name, server, requests }): Subject => {
      let sent = 0
      const next = () => requests[sent++ % requests.length]
      return {
        name,
        run: () => asked({ port: server.port, connections, seconds, next }),
        cpu: server.cpu,
      }
    }),
    rounds,
  )
}

/** Carries a load out, and throws when an answer was no success: its speed would mean nothing. */
export async function asked(options: Load): Promise<Loaded> {
  const loaded = await load(options)
  const wrong = Object.keys(loaded.statuses).filter((status) => !status.startsWith('2'))
  if (wrong.length > 0 || loaded.count === 0) {
    throw new Error(`the server answered ${JSON.stringify(loaded.statuses)}`)
  }
  return loaded
}

/** A key of another tenant on the stage's database. */
export function otherKey(stage: Stage, tenant: string): Promise<string> {
  return keyFor(stage.url, tenant)
}

async function demoTenant(file: string): Promise<string> {
  const database = new DatabaseSync(file, { readOnly: true })
  const row = database.prepare("select id from tenants where name = 'default'").get()
  database.close()
  return String(row?.id)
}

function lastChange(file: string, tenant: string): number {
  const database = new DatabaseSync(file, { readOnly: true })
  const row = database.prepare('select max(seq) as last from changes where tenant = ?').get(tenant)
  database.close()
  return Number(row?.last ?? 0)
}

function scratchSqlite() {
  const file = scratch('rollcall')
  return { url: `sqlite:${file}`, drop: async () => removeSqlite(file) }
}
