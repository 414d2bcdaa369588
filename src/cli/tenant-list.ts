/** `tenant list`. */

import { command } from './command.ts'
import { database, json, moment, printList, withDatabase } from './common.ts'
import { OK } from './exit-codes.ts'

export const tenantList = command({
  name: 'tenant list',
  summary: 'list tenants and their settings',
  settings: { json, database },
  async run({ values }, terminal) {
    const tenants = await withDatabase(values.database, ({ registry }) => registry.tenants())
    const rows = tenants.map(({ id, name, created, settings }) => ({
      id,
      name,
      profile: settings.profile,
      recreate: settings.recreate,
      groupNames: settings.groupNames,
      retention: settings.retention,
      bodies: settings.bodies,
      created: moment(created),
    }))
    printList(rows, values.json, terminal, 'There are no tenants yet.')
    return OK
  },
})
