/**
 * `key create`. The key is the last line of standard output and stands alone there, so that
 * `KEY=$(rollcall key create --name ci)` holds it; what is said about it goes to standard error.
 *
 * @module
 */

import { parseName } from '../server/admin/text.ts'
import { createKey, parseLifetime } from '../server/api-keys.ts'
import { isSwitch, oneOf, text } from '../server/settings.ts'
import { DEFAULT_TENANT, defaultTenant } from '../server/tenants.ts'
import { command } from './command.ts'
import { database, findTenant, moment, tenant, withDatabase } from './common.ts'
import { OK } from './exit-codes.ts'

export const keyCreate = command({
  name: 'key create',
  summary: 'make an API key and print it, once',
  settings: {
    name: {
      flag: 'name',
      argument: 'NAME',
      help: 'what the key is for',
      value: text(parseName),
    },
    scope: {
      flag: 'scope',
      argument: 'SCOPE',
      fallback: 'write',
      help: 'read, or write, which includes reading',
      value: oneOf(['read', 'write']),
    },
    expires: {
      flag: 'expires',
      argument: 'TIME',
      fallback: 'never',
      help: 'how long the key lives: 90d, 12h, 30m or never',
      value: text(parseLifetime),
    },
    tenant,
    database,
    quiet: { flag: 'quiet', help: 'say nothing but the key', value: isSwitch },
  },
  async run({ values }, terminal) {
    const made = await withDatabase(
      values.database,
      async ({ registry }) => {
        const wanted = values.tenant ?? DEFAULT_TENANT
        const owner =
          wanted === DEFAULT_TENANT
            ? await defaultTenant(registry, terminal.now)
            : await findTenant(registry, wanted)
        const { name, scope, expires: lifetime } = values
        const created = await createKey(
          registry,
          { tenant: owner.id, name, scope, lifetime },
          terminal,
        )
        return { ...created, owner }
      },
      { create: true },
    )
    const until = moment(made.key.expires)
    if (!values.quiet) {
      terminal.err(
        `Key ${made.key.id} ("${made.key.name}", ${made.key.scope}) for tenant ` +
          `"${made.owner.name}", ${until === null ? 'without expiry' : `until ${until}`}. ` +
          'It is shown this once:\n',
      )
    }
    terminal.out(`${made.secret}\n`)
    return OK
  },
})
