/**
 * Other SCIM servers from the npm registry, each set up as its documentation says and in a process of
 * its own. They are installed apart from Rollcall, when first asked for.
 *
 * @module
 */

import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { removeSqlite, scratch } from './databases.ts'
import { type Server, startScript } from './process.ts'
import { packageVersion } from './report/machine.ts'

const FOLDER = fileURLToPath(new URL('./peers/', import.meta.url))

export interface Peer {
  readonly name: string
  start(): Promise<Server>
}

export const peers: readonly Peer[] = [
  {
    name: 'scimmy-routers, in memory',
    start: () => startScript('./peers/scimmy.js', [], { base: '/scim/v2', key: 'bench' }),
  },
  {
    name: '@better-auth/scim on SQLite',
    async start() {
      const file = scratch('better-auth')
      const base = '/api/auth/scim/v2'
      const server = await startScript('./peers/better-auth.js', [file], { base })
      return {
        ...server,
        async stop() {
          await server.stop()
          removeSqlite(file)
        },
      }
    },
  },
]

/** Installs the peers from their lock file, once. */
export function installPeers(say: (line: string) => void): void {
  if (existsSync(`${FOLDER}node_modules`)) return
  say('installing the peers, once')
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm'
  const quietly = ['--ignore-scripts', '--no-audit', '--no-fund']
  execFileSync(npm, ['ci', ...quietly], { cwd: FOLDER, stdio: ['ignore', 'ignore', 'inherit'] })
}

/** Which versions are installed. */
export function peerVersions(): Readonly<Record<string, string>> {
  const names = ['scimmy', 'scimmy-routers', 'better-auth', '@better-auth/scim', 'express']
  return Object.fromEntries(
    names
      .map((name) => [name, `${FOLDER}node_modules/${name}/package.json`] as const)
      .filter(([, file]) => existsSync(file))
      .map(([name, file]) => [name, packageVersion(file)]),
  )
}
