/** `tenant create NAME`. */

import { createTenant, tenantName } from '../server/tenants.ts'
import { NameTaken } from '../store/registry.ts'
import { command, Failure, Misuse } from './command.ts'
import { commandOn, database, withDatabase } from './common.ts'
import { OK } from './exit-codes.ts'
import { givenSettings, tenantFlags } from './tenant-settings.ts'

export const tenantCreate = command({
  name: 'tenant create',
  summary: 'make a tenant',
  operands: ['NAME'],
  settings: { ...tenantFlags, database },
  async run({ values, operands: [given = ''] }, terminal) {
    const name = checked(given)
    const tenant = await withDatabase(
      values.database,
      async ({ registry }) => {
        try {
          return await createTenant(registry, name, givenSettings(values), terminal.now)
        } catch (error) {
          if (error instanceof NameTaken) throw new Failure(`there is a tenant "${name}" already`)
          throw error
        }
      },
      { create: true },
    )
    terminal.err(
      `Tenant "${tenant.name}" is made. A key for it:\n\n` +
        `  ${commandOn(values.database, `key create --tenant ${tenant.name} --name NAME`, terminal)}\n\n`,
    )
    terminal.out(`${tenant.id}\n`)
    return OK
  },
})

function checked(given: string): string {
  try {
    return tenantName(given)
  } catch (error) {
    throw new Misuse((error as Error).message)
  }
}
