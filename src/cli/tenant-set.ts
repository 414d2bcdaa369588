/** `tenant set NAME`: changes what is given and leaves the rest. It holds from the next request. */

import { command, Misuse } from './command.ts'
import { database, findTenant, withDatabase } from './common.ts'
import { OK } from './exit-codes.ts'
import { givenSettings, tenantFlags } from './tenant-settings.ts'

export const tenantSet = command({
  name: 'tenant set',
  summary: 'change the settings of a tenant',
  operands: ['NAME'],
  settings: { ...tenantFlags, database },
  async run({ values, operands: [name = ''] }, terminal) {
    const given = givenSettings(values)
    if (Object.keys(given).length === 0) {
      throw new Misuse('say what to change: --profile, --recreate or --group-names')
    }
    const settings = await withDatabase(values.database, async ({ registry }) => {
      const tenant = await findTenant(registry, name)
      const changed = { ...tenant.settings, ...given }
      await registry.changeSettings(tenant.id, changed)
      return changed
    })
    terminal.err(
      `Tenant "${name}": profile ${settings.profile}, recreate ${settings.recreate}, ` +
        `group names ${settings.groupNames}.\n`,
    )
    return OK
  },
})
