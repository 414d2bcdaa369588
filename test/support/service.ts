/**
 * The real program as a child process, on a free port and a directory of its own.
 *
 * @module
 */

import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Terminal } from '../../src/cli/command.ts'
import { main } from '../../src/cli/main.ts'

const BIN = fileURLToPath(new URL('../../src/bin.js', import.meta.url))

/** A directory that is gone after the test. */
export function workplace(): { readonly path: string; readonly database: string; remove(): void } {
  const path = mkdtempSync(join(tmpdir(), 'rollcall-'))
  return {
    path,
    database: `sqlite:${join(path, 'data', 'rollcall.db')}`,
    remove: () => rmSync(path, { recursive: true, force: true }),
  }
}

export interface Finished {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

export interface Child {
  readonly process: ChildProcess
  readonly done: Promise<Finished>
  stdout(): string
}

/** Starts a command line. The environment is only what is given, and a PATH. */
export function launch(args: readonly string[], env: Record<string, string> = {}): Child {
  const child = spawn(process.execPath, [BIN, ...args], {
    env: { PATH: process.env.PATH, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let stdout = ''
  let stderr = ''
  child.stdout.on('data', (data) => {
    stdout += data
  })
  child.stderr.on('data', (data) => {
    stderr += data
  })
  const done = new Promise<Finished>((resolve) => {
    child.once('close', (code) => resolve({ code, stdout, stderr }))
  })
  return { process: child, done, stdout: () => stdout }
}

/** Runs a command line to its end. */
export function rollcall(args: readonly string[], env?: Record<string, string>): Promise<Finished> {
  return launch(args, env).done
}

/** The same in this process: for commands that make what a test is about, and to look at what is there. */
export async function command(
  args: readonly string[],
  env: Record<string, string> = {},
): Promise<Finished> {
  let stdout = ''
  let stderr = ''
  const terminal: Terminal = {
    out: (text) => {
      stdout += text
    },
    err: (text) => {
      stderr += text
    },
    interactive: false,
    ask: async () => '',
    program: 'rollcall',
    now: Date.now,
  }
  return { code: await main(args, env, terminal), stdout, stderr }
}

export interface Service extends Child {
  readonly origin: string
  readonly baseUrl: string
  /** The key of a first start. */
  readonly key: string | undefined
  /** What signs the first person in. */
  readonly link: string | undefined
  /** SIGTERM, and the end. */
  stop(): Promise<Finished>
}

/** Starts the service and waits until it listens. Rejects with what it said when it does not. */
export async function service(
  database: string,
  args: readonly string[] = [],
  env?: Record<string, string>,
): Promise<Service> {
  const child = launch(['serve', '--port', '0', '--database', database, ...args], env)
  const said = await new Promise<string>((resolve, reject) => {
    child.process.stdout?.on('data', () => {
      if (/"msg":"listening"/.test(child.stdout())) resolve(child.stdout())
    })
    child.done.then(({ code, stdout, stderr }) => reject(new Error(`${code} ${stdout}${stderr}`)))
  })
  const line = said.split('\n').find((text) => text.includes('"msg":"listening"')) ?? '{}'
  const { local_url: baseUrl } = JSON.parse(line) as { local_url: string }
  return {
    ...child,
    baseUrl,
    origin: new URL(baseUrl).origin,
    key: /API key +(rc_\w+)/.exec(said)?.[1],
    link: /Sign in +(\S+)/.exec(said)?.[1],
    async stop() {
      child.process.kill('SIGTERM')
      return await child.done
    },
  }
}

/** Sends a request with a key. */
export function send(
  { baseUrl }: Service,
  path: string,
  key: string | undefined,
  body?: unknown,
  method = body === undefined ? 'GET' : 'POST',
): Promise<Response> {
  return fetch(baseUrl + path, {
    method,
    headers: { Authorization: `Bearer ${key}`, 'Content-Type': 'application/scim+json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
}

/** The least a user is. */
export const user = (userName: string) => ({
  schemas: ['urn:ietf:params:scim:schemas:core:2.0:User'],
  userName,
})
