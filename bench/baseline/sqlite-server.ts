/**
 * The least a server can do: `node:http`, one prepared statement, the bytes that came out.
 *
 * It reads the tables of a Rollcall database, knows which tenant it serves, checks no key and parses
 * nothing. `/id/ID` is one body by primary key; `/eq/ATTRIBUTE/VALUE` and `/sw/ATTRIBUTE/VALUE` are
 * what an index finds; `/page/ID` is a hundred bodies behind an id.
 *
 * @module
 */

import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { DatabaseSync } from 'node:sqlite'

const [file = '', tenant = ''] = process.argv.slice(2)
const database = new DatabaseSync(file, { readOnly: true })
database.exec('pragma cache_size = -128000')

const byId = database.prepare(
  "select body from resources where tenant = ? and type = 'User' and id = ?",
)
const found = (condition: string) =>
  database.prepare(`
    select r.body from lookups l cross join resources r
    where l.tenant = ? and l.type = 'User' and l.attribute = ? and ${condition}
      and r.tenant = l.tenant and r.type = l.type and r.id = l.id
    order by l.id limit 100`)
const equal = found('l.value = ?')
const startsWith = found('l.value >= ? and l.value < ?')
const page = database.prepare(
  "select body from resources where tenant = ? and type = 'User' and id > ? order by id limit 100",
)

const server = createServer((request, response) => {
  const [, kind, first = '', second = ''] = (request.url ?? '').split('/').map(decodeURIComponent)
  const body = kind === 'id' ? one(first) : list(kind, first, second)
  response.writeHead(body === undefined ? 404 : 200, {
    'Content-Type': 'application/scim+json',
    'Content-Length': Buffer.byteLength(body ?? ''),
  })
  response.end(body)
})
server.listen(0, '127.0.0.1', () => {
  process.stdout.write(`listening ${(server.address() as AddressInfo).port}\n`)
})

function one(id: string): string | undefined {
  return byId.get(tenant, id)?.body as string | undefined
}

function list(kind: string | undefined, first: string, second: string): string {
  const rows =
    kind === 'page'
      ? page.all(tenant, first)
      : kind === 'eq'
        ? equal.all(tenant, first, second)
        : startsWith.all(tenant, first, second, `${second}\u{10ffff}`)
  const bodies = rows.map(({ body }) => body).join(',')
  return `{"totalResults":${rows.length},"Resources":[${bodies}]}`
}
