/** What the figures were measured with. */

import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { availableParallelism, cpus, loadavg, release, totalmem, type } from 'node:os'

export interface Machine {
  readonly processor: string
  readonly cores: number
  readonly memory: string
  readonly system: string
  readonly node: string
  readonly sqlite: string
  /** Of the server that was measured, if one was. */
  readonly postgres?: string
  readonly peers: Readonly<Record<string, string>>
  /** Processes that ran or wanted to, on average over a minute, when the run began. */
  readonly load: number
}

export function machine(peers: Machine['peers']): Machine {
  return {
    processor: cpus()[0]?.model ?? 'unknown',
    cores: availableParallelism(),
    memory: `${Math.round(totalmem() / 1024 ** 3)} GB`,
    system: `${type()} ${release()}`,
    node: process.version,
    sqlite: process.versions.sqlite ?? 'unknown',
    peers,
    load: loadavg()[0] ?? 0,
  }
}

/** The commit that was measured. */
export function commit(): string {
  try {
    const git = (...args: string[]) => execFileSync('git', args, { encoding: 'utf8' }).trim()
    return git('rev-parse', '--short', 'HEAD')
  } catch {
    return 'unknown'
  }
}

export function packageVersion(path: string): string {
  return (JSON.parse(readFileSync(path, 'utf8')) as { version: string }).version
}
