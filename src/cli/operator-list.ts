/** `operator list`: who may sign in to the console. */

import { canSignIn } from '../server/admin/people.ts'
import { command } from './command.ts'
import { database, json, moment, printList, withDatabase } from './common.ts'
import { OK } from './exit-codes.ts'

export const operatorList = command({
  name: 'operator list',
  summary: 'list the people of the console',
  settings: { json, database },
  async run({ values }, terminal) {
    const rows = await withDatabase(values.database, async ({ registry, operators }) => {
      const names = new Map((await registry.tenants()).map(({ id, name }) => [id, name]))
      return Promise.all(
        (await operators.all()).map(async (one) => {
          const memberships = await operators.memberships({ operator: one.id })
          const roles = memberships.map(({ tenant, role }) => `${role} of ${names.get(tenant)}`)
          return {
            email: one.email,
            name: one.name,
            role: one.isRoot ? 'owner of all' : roles.join(', '),
            state: canSignIn(one) ? 'active' : 'invited',
            created: moment(one.created),
            'last sign-in': moment(one.lastSignIn),
          }
        }),
      )
    })
    printList(rows, values.json, terminal, 'There is nobody yet; see operator add.')
    return OK
  },
})
