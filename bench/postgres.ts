/**
 * The PostgreSQL that is measured: the server named in `ROLLCALL_BENCH_POSTGRES`, or one of the
 * benchmark's own, with the binaries that the tests use, which is gone after the run. It syncs its
 * commits, as a real one does.
 *
 * @module
 */

import { randomUUID } from 'node:crypto'
import { Client } from 'pg'
import { commands } from '../src/cli/commands.ts'
import {
  type Binaries,
  initialise,
  start,
  unpackBinaries,
} from '../test/support/postgres-server.ts'
import { rollcall } from './process.ts'

interface Running {
  /** Of a database on the server, not one to be used. */
  readonly url: string
  stop(): Promise<void>
}

let running: Promise<Running> | undefined

/** A database with so many people; made when it is not there. */
export async function postgresDatabase(
  size: number,
  file: string,
  say: (line: string) => void,
): Promise<string> {
  running ??= server()
  const { url } = await running
  const name = `rollcall_bench_${size}`
  const there = await administer(url, `select 1 from pg_database where datname = '${name}_whole'`)
  const own = named(url, `${name}_whole`)
  if (there.length > 0) return own
  say(`making a PostgreSQL database of ${size.toLocaleString('en-US')} people`)
  await administer(url, `drop database if exists ${name} with (force)`)
  await administer(url, `create database ${name} template template0 encoding 'UTF8'`)
  await fillFrom(size, file, named(url, name))
  // Under this name only when it is whole.
  await administer(url, `alter database ${name} rename to ${name}_whole`)
  await administer(own, 'vacuum analyze')
  return own
}

/** An empty database, which is gone afterwards. */
export async function scratchPostgres(): Promise<{ url: string; drop: () => Promise<void> }> {
  running ??= server()
  const { url } = await running
  const name = `rollcall_bench_scratch_${randomUUID().slice(0, 8)}`
  await administer(url, `create database ${name} template template0 encoding 'UTF8'`)
  return {
    url: named(url, name),
    drop: async () => {
      await administer(url, `drop database ${name} with (force)`)
    },
  }
}

/** `18.4`. */
export async function postgresVersion(): Promise<string> {
  running ??= server()
  const [row] = await administer((await running).url, 'show server_version')
  return String(row?.server_version)
}

export async function stopPostgres(): Promise<void> {
  await (await running)?.stop()
}

// A copy is faster than making everybody once more, where there is one.
async function fillFrom(size: number, file: string, url: string): Promise<void> {
  if (commands.some(({ name }) => name === 'copy')) {
    await rollcall('copy', '--from', `sqlite:${file}`, '--to', url)
  } else {
    await rollcall('demo', '--users', String(size), '--database', url)
  }
}

async function server(): Promise<Running> {
  const given = process.env.ROLLCALL_BENCH_POSTGRES
  if (given !== undefined && given !== '') return { url: given, stop: async () => undefined }
  const binaries: Binaries = await unpackBinaries()
  const own = await start(binaries, await initialise(binaries), {
    fsync: 'on',
    shared_buffers: '1GB',
    max_wal_size: '8GB',
  })
  return {
    url: own.url('postgres'),
    async stop() {
      await own.stop()
      binaries.remove()
    },
  }
}

const named = (url: string, database: string) =>
  Object.assign(new URL(url), { pathname: `/${database}` }).href

async function administer(
  url: string,
  sql: string,
): Promise<readonly Readonly<Record<string, unknown>>[]> {
  const client = new Client({ connectionString: url })
  await client.connect()
  try {
    return (await client.query(sql)).rows
  } finally {
    await client.end()
  }
}
