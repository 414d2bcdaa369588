/** `key list`: the keys there are, without their secrets. */

import type { ApiKey } from '../store/registry.ts'
import { command } from './command.ts'
import { database, findTenant, json, moment, printList, tenant, withDatabase } from './common.ts'
import { OK } from './exit-codes.ts'

export const keyList = command({
  name: 'key list',
  summary: 'list API keys, newest first',
  settings: {
    tenant: { ...tenant, help: 'only of this tenant' },
    json,
    database,
  },
  async run({ values }, terminal) {
    const rows = await withDatabase(values.database, async ({ registry }) => {
      const only =
        values.tenant === undefined ? undefined : await findTenant(registry, values.tenant)
      const names = new Map((await registry.tenants()).map(({ id, name }) => [id, name]))
      return (await registry.keys(only?.id)).map((key) => ({
        id: key.id,
        name: key.name,
        tenant: names.get(key.tenant) ?? key.tenant,
        scope: key.scope,
        state: state(key, terminal.now()),
        ends: `…${key.hint}`,
        created: moment(key.created),
        expires: moment(key.expires),
        used: moment(key.lastUsed?.at ?? null),
        from: key.lastUsed?.from ?? null,
      }))
    })
    printList(rows, values.json, terminal, 'There are no keys yet.')
    return OK
  },
})

function state(key: ApiKey, now: number): 'active' | 'revoked' | 'expired' {
  if (key.revoked !== null) return 'revoked'
  return key.expires !== null && key.expires <= now ? 'expired' : 'active'
}
