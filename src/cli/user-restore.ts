/** `user restore ID`: brings a suspended account back under its id. Its memberships stay gone. */

import { restore } from '../provider/operations/restore.ts'
import { UniquenessConflict } from '../store/store.ts'
import { command, Failure } from './command.ts'
import { database, findTenant, tenant, withDatabase, writeContext } from './common.ts'
import { OK } from './exit-codes.ts'

export const userRestore = command({
  name: 'user restore',
  summary: 'bring a suspended account back',
  operands: ['ID'],
  settings: { tenant, database },
  async run({ values, operands: [id = ''] }, terminal) {
    const restored = await withDatabase(values.database, async (opened) => {
      const owner = await findTenant(opened.registry, values.tenant)
      try {
        return await restore(opened.tenant(owner.id), id, owner.settings, writeContext(terminal))
      } catch (error) {
        if (!(error instanceof UniquenessConflict)) throw error
        throw new Failure(`another user holds the ${error.attribute} of ${id} by now`)
      }
    })
    if (restored === undefined) {
      throw new Failure(`there is no suspended account "${id}"; see user list --suspended`)
    }
    terminal.err(`Account ${id} is restored.\n`)
    return OK
  },
})
