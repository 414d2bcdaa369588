/**
 * The least a server on PostgreSQL can do: `node:http`, `pg`, one prepared statement, the bytes that
 * came out. The same questions as in sqlite-server.ts.
 *
 * @module
 */

import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Pool } from 'pg'

const [url = ''] = process.argv.slice(2)
const pool = new Pool({ connectionString: url, max: 10 })
const owner = await pool.query("select id from tenants where name = 'default'")
const tenant = String(owner.rows[0]?.id)

const byId = {
  name: 'by-id',
  text: "select body from resources where tenant = $1 and type = 'User' and id = $2",
}
const found = (condition: string) => `
  select r.body from lookups l join resources r
    on r.tenant = l.tenant and r.type = l.type and r.id = l.id
  where l.tenant = $1 and l.type = 'User' and l.attribute = $2 and ${condition}
  order by l.id limit 100`
const equal = { name: 'equal', text: found('l.value = $3') }
const startsWith = { name: 'starts-with', text: found('l.value >= $3 and l.value < $4') }
const page = {
  name: 'page',
  text: `select body from resources where tenant = $1 and type = 'User' and id > $2
    order by id limit 100`,
}

const server = createServer(async (request, response) => {
  const [, kind, first = '', second = ''] = (request.url ?? '').split('/').map(decodeURIComponent)
  const body = kind === 'id' ? await one(first) : await list(kind, first, second)
  response.writeHead(body === undefined ? 404 : 200, {
    'Content-Type': 'application/scim+json',
    'Content-Length': Buffer.byteLength(body ?? ''),
  })
  response.end(body)
})
server.listen(0, '127.0.0.1', () => {
  process.stdout.write(`listening ${(server.address() as AddressInfo).port}\n`)
})

async function one(id: string): Promise<string | undefined> {
  const { rows } = await pool.query(byId, [tenant, id])
  return rows[0]?.body
}

async function list(kind: string | undefined, first: string, second: string): Promise<string> {
  const { rows } =
    kind === 'page'
      ? await pool.query(page, [tenant, first])
      : kind === 'eq'
        ? await pool.query(equal, [tenant, first, second])
        : await pool.query(startsWith, [tenant, first, second, `${second}\u{10ffff}`])
  const bodies = rows.map(({ body }) => body).join(',')
  return `{"totalResults":${rows.length},"Resources":[${bodies}]}`
}
