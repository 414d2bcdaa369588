/**
 * A directory as full as is asked, made straight through the store: `rollcall demo` makes more believable
 * people, and takes three times as long.
 *
 * @module
 */

import { mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import { groupType, userType } from '../../src/protocol/schema/core/types.ts'
import { defaultTenant } from '../../src/server/tenants.ts'
import { newResource, noView } from '../../src/store/contract/arena.ts'
import { openSqlite } from '../../src/stores/sqlite/open.ts'

const TOGETHER = 10_000

/** So many users in the default tenant, every tenth of them a Mara, and the group `Everybody`. */
export async function crowd(database: string, users: number): Promise<void> {
  const file = database.replace(/^sqlite:/, '')
  mkdirSync(dirname(file), { recursive: true })
  const store = await openSqlite({ file, bulk: true })
  const { id: tenant } = await defaultTenant(store.registry, Date.now)
  const rows = store.tenant(tenant)
  const write = { at: Date.now(), actor: 'cli', request: 'crowd', view: noView }
  const everybody: { readonly id: string }[] = []
  for (let from = 0; from < users; from += TOGETHER) {
    const some = Array.from({ length: Math.min(TOGETHER, users - from) }, (_, index) => {
      const number = String(from + index).padStart(7, '0')
      const userName = `${index % 10 === 0 ? 'mara' : 'user'}-${number}@example.com`
      return rows.create(newResource(userType, `u-${number}`, { userName }), write)
    })
    everybody.push(...(await Promise.all(some)).map(({ id }) => ({ id })))
  }
  const group = newResource(groupType, 'g', { displayName: 'Everybody' }, { members: everybody })
  await rows.create(group, write)
  await store.close()
}
