/**
 * @better-auth/scim on SQLite, through node:sqlite, with WAL as one would set it.
 *
 * @module
 */

import { createServer } from 'node:http'
import { DatabaseSync } from 'node:sqlite'
import { scim } from '@better-auth/scim'
import { betterAuth } from 'better-auth'
import { getMigrations } from 'better-auth/db/migration'
import { toNodeHandler } from 'better-auth/node'

const [file] = process.argv.slice(2)
const token = 'bench-token-bench-token-bench-token-0123456789'
const database = new DatabaseSync(file)
database.exec('pragma journal_mode = wal; pragma synchronous = full')

const options = {
  database,
  baseURL: 'http://127.0.0.1',
  secret: 'a secret of the benchmark, which nobody else will ever use',
  rateLimit: { enabled: false },
  logger: { disabled: true },
  telemetry: { enabled: false },
  plugins: [
    scim({
      connections: [{ id: 'bench', credentials: [{ type: 'bearer', id: 'bench', token }] }],
    }),
  ],
}
const { runMigrations } = await getMigrations(options)
await runMigrations()

const server = createServer(toNodeHandler(betterAuth(options)))
// A request that waits for others longer than this would find its connection closed.
server.keepAliveTimeout = 0
server.listen(0, '127.0.0.1', () => {
  process.stdout.write(`listening ${server.address().port} ${token}\n`)
})
