/**
 * The servers that are measured, each in a process of its own.
 *
 * Rollcall's log goes to a file, as a machine's would. Through a pipe it would come to the load
 * generator, which would pay for reading it and ask less meanwhile.
 *
 * @module
 */

import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs'
import { type AddressInfo, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import type { Target } from './request.ts'

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url))

export interface Server extends Target {
  /** Megabytes in memory now; `undefined` where the system does not tell. */
  rss(): number | undefined
  /** Seconds of a processor it has used so far, all its threads together. */
  cpu(): number | undefined
  stop(): Promise<void>
}

/** Starts Rollcall as anyone would, with a key for its first tenant. */
export async function startRollcall(
  database: string,
  args: readonly string[] = [],
): Promise<Server> {
  const key = await keyFor(database)
  const { child, log } = serve(['--port', '0', '--database', database, '--quiet', ...args])
  for (;;) {
    const line = /^.*"msg":"listening".*\n/m.exec(readFileSync(log, 'utf8'))?.[0]
    if (line !== undefined) {
      const { local_url: url } = JSON.parse(line) as { local_url: string }
      return running(child, { port: Number(new URL(url).port), base: '/scim/v2', key })
    }
    if (child.exitCode !== null) throw new Error(`the service ended with ${child.exitCode}`)
    await sleep(5)
  }
}

/** Starts Rollcall and asks `/readyz` until it says yes: what a load balancer waits for. */
export async function timedStart(
  database: string,
): Promise<{ readonly milliseconds: number; readonly server: Server }> {
  const port = await freePort()
  const began = performance.now()
  const { child } = serve(['--port', String(port), '--database', database, '--quiet'])
  for (;;) {
    const status = await fetch(`http://127.0.0.1:${port}/readyz`).then(
      (answer) => answer.status,
      () => 0,
    )
    if (status === 200) break
    if (child.exitCode !== null) throw new Error(`the service ended with ${child.exitCode}`)
    await sleep(5)
  }
  const milliseconds = performance.now() - began
  return { milliseconds, server: running(child, { port, base: '/scim/v2', key: '' }) }
}

function serve(args: readonly string[]): { readonly child: ChildProcess; readonly log: string } {
  const folder = mkdtempSync(join(tmpdir(), 'rollcall-bench-'))
  const log = join(folder, 'log')
  const output = openSync(log, 'a')
  const child = spawn(process.execPath, [here('../src/bin.js'), 'serve', ...args], {
    stdio: ['ignore', output, 'inherit'],
  })
  closeSync(output)
  child.once('exit', () => rmSync(folder, { recursive: true, force: true }))
  return { child, log }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return port
}

/** A key of a tenant, by the command line. */
export async function keyFor(database: string, tenant?: string): Promise<string> {
  const named = tenant === undefined ? [] : ['--tenant', tenant]
  const out = await rollcall('key', 'create', '--name', 'bench', '--database', database, ...named)
  return out.trim()
}

/** Runs a command to its end and resolves to what it answered; its progress is shown. */
export async function rollcall(...args: readonly string[]): Promise<string> {
  const quiet = args[0] === 'key' || args[0] === 'tenant' ? 'ignore' : 'inherit'
  const child = spawn(process.execPath, [here('../src/bin.js'), ...args], {
    stdio: ['ignore', 'pipe', quiet],
  })
  let out = ''
  child.stdout.on('data', (data) => {
    out += data
  })
  const [code] = await once(child, 'close')
  if (code !== 0) throw new Error(`rollcall ${args[0]} ended with ${code}: ${out}`)
  return out
}

/** Starts a server of the benchmark's own, which says `listening PORT`. */
export async function startScript(
  file: string,
  args: readonly string[],
  target: Partial<Target> = {},
): Promise<Server> {
  const child = spawn(process.execPath, [here(file), ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const line = await said(child, /^listening \d+.*$/m)
  const [, port, key = ''] = line.split(' ')
  return running(child, { port: Number(port), base: '', key, ...target })
}

function running(child: ChildProcess, target: Target): Server {
  child.stdout?.resume()
  const ended = once(child, 'close')
  return {
    ...target,
    cpu: () => processorSeconds(child.pid ?? 0),
    rss: () => residentMegabytes(child.pid ?? 0),
    async stop() {
      child.kill('SIGTERM')
      await ended
    },
  }
}

async function said(child: ChildProcess, wanted: RegExp): Promise<string> {
  let text = ''
  return await new Promise((resolve, reject) => {
    child.stdout?.on('data', function hear(data) {
      text += data
      const line = wanted.exec(text)?.[0]
      if (line === undefined) return
      child.stdout?.off('data', hear)
      resolve(line)
    })
    child.once('close', (code) => reject(new Error(`it ended with ${code} and said: ${text}`)))
  })
}

function residentMegabytes(pid: number): number | undefined {
  try {
    const pages = /^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]
    return pages === undefined ? undefined : Number(pages) / 1024
  } catch {
    return undefined
  }
}

// Fields 14 and 15 behind the name, which stands in brackets; a hundred ticks are a second.
function processorSeconds(pid: number): number | undefined {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? []
    return (Number(fields[11]) + Number(fields[12])) / 100
  } catch {
    return undefined
  }
}
