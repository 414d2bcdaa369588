/**
 * scimmy-routers on Express, with its resources in memory: what its documentation shows, and maps by
 * id and by userName, so that it has the best that memory can give.
 *
 * @module
 */

import { randomUUID } from 'node:crypto'
import express from 'express'
import SCIMMY from 'scimmy'
import SCIMMYRouters from 'scimmy-routers'

const users = keep('userName')
const groups = keep('displayName')

SCIMMY.Resources.declare(SCIMMY.Resources.User, {
  ...users,
  extensions: [{ schema: SCIMMY.Schemas.EnterpriseUser, required: false }],
})
SCIMMY.Resources.declare(SCIMMY.Resources.Group, groups)

const app = express()
app.use('/scim/v2', new SCIMMYRouters({ type: 'bearer', handler: () => 'bench' }))
const server = app.listen(0, '127.0.0.1', () => {
  process.stdout.write(`listening ${server.address().port}\n`)
})
// A request that waits for others longer than this would find its connection closed.
server.keepAliveTimeout = 0

function keep(unique) {
  const byId = new Map()
  const byName = new Map()
  const fold = (text) => String(text).toLowerCase()
  return {
    ingress(resource, data) {
      const before = resource.id === undefined ? undefined : byId.get(resource.id)
      if (resource.id !== undefined && before === undefined) throw new Error('not found')
      const name = fold(data[unique])
      const holder = byName.get(name)
      if (holder !== undefined && holder !== before?.id) {
        throw new SCIMMY.Types.Error(409, 'uniqueness', `"${unique}" is taken`)
      }
      const now = new Date().toISOString()
      const id = before?.id ?? randomUUID()
      const meta = { created: before?.meta.created ?? now, lastModified: now }
      const kept = { ...JSON.parse(JSON.stringify(data)), id, meta }
      if (before !== undefined) byName.delete(fold(before[unique]))
      byName.set(name, id)
      byId.set(id, kept)
      return kept
    },
    egress(resource) {
      if (resource.id !== undefined) {
        const found = byId.get(resource.id)
        if (found === undefined) throw new Error('not found')
        return found
      }
      const all = [...byId.values()]
      return resource.filter === undefined ? all : resource.filter.match(all)
    },
    degress(resource) {
      const found = byId.get(resource.id)
      if (found === undefined) throw new Error('not found')
      byName.delete(fold(found[unique]))
      byId.delete(resource.id)
    },
  }
}
