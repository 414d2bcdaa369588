/**
 * The real server and the real command line, as processes of their own.
 *
 * @module
 */

import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'

const ROOT = resolve(import.meta.dirname, '../..')
const BIN = join(ROOT, 'src/bin.ts')

export interface RunningServer {
  /** `http://127.0.0.1:PORT`. */
  readonly url: string
  readonly process: ChildProcess
  /** Everything written to standard output so far. */
  output(): string
  /** SIGTERM; resolves to the exit code. */
  stop(): Promise<number | null>
  /** SIGKILL. */
  kill(): Promise<void>
}

/** Starts `rollcall serve` on a free port and waits until it is ready. */
export async function startServer(
  database: string,
  args: readonly string[] = [],
): Promise<RunningServer> {
  const port = await freePort()
  const child = spawn(
    process.execPath,
    [BIN, 'serve', '--port', String(port), '--database', database, ...args],
    { cwd: ROOT, stdio: ['ignore', 'pipe', 'pipe'] },
  )
  let output = ''
  let errors = ''
  child.stdout.on('data', (chunk) => {
    output += chunk
  })
  child.stderr.on('data', (chunk) => {
    errors += chunk
  })
  const url = `http://127.0.0.1:${port}`
  const exited = once(child, 'exit')
  const deadline = Date.now() + 20_000
  while (!(await isReady(url))) {
    if (child.exitCode !== null || Date.now() > deadline) {
      child.kill('SIGKILL')
      throw new Error(`the server did not start: ${errors || output}`)
    }
    await new Promise((done) => setTimeout(done, 25))
  }
  const end = async (signal: NodeJS.Signals) => {
    child.kill(signal)
    await exited
    return child.exitCode
  }
  return {
    url,
    process: child,
    output: () => output,
    stop: () => end('SIGTERM'),
    kill: async () => {
      await end('SIGKILL')
    },
  }
}

/** Runs `rollcall …` to its end. Rejects, with `stdout` and `stderr`, when it fails. */
export function rollcall(args: readonly string[], env: NodeJS.ProcessEnv = {}) {
  return promisify(execFile)(process.execPath, [BIN, ...args], {
    cwd: ROOT,
    env: { ...process.env, ...env },
  })
}

/** A new key of the default tenant. */
export async function createKey(database: string, ...args: string[]): Promise<string> {
  const command = ['key', 'create', '--name', 'test', '--database', database, ...args]
  const { stdout } = await rollcall(command)
  return stdout.trim().split('\n').at(-1) ?? ''
}

/** Calls the SCIM API of a running server. */
export function scimClient(server: RunningServer, key: string) {
  return async (method: string, path: string, body?: unknown) => {
    const response = await fetch(`${server.url}/scim/v2${path}`, {
      method,
      headers: {
        Authorization: `Bearer ${key}`,
        ...(body === undefined ? {} : { 'Content-Type': 'application/scim+json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    const text = await response.text()
    // biome-ignore lint/suspicious/noExplicitAny: a test reads whatever was answered
    const parsed: any = text === '' ? undefined : JSON.parse(text)
    return { status: response.status, headers: response.headers, body: parsed }
  }
}

export async function freePort(): Promise<number> {
  const probe = createServer()
  probe.listen(0, '127.0.0.1')
  await once(probe, 'listening')
  const address = probe.address()
  probe.close()
  await once(probe, 'close')
  if (address === null || typeof address === 'string') throw new Error('no port was given')
  return address.port
}

async function isReady(url: string): Promise<boolean> {
  try {
    const response = await fetch(`${url}/readyz`)
    await response.body?.cancel()
    return response.ok
  } catch {
    return false
  }
}
