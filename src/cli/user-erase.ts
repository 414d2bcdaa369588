/**
 * `user erase ID`: removes a suspended account for good, with what the change log told of it. It
 * asks first; without a person to ask it wants `--yes`.
 *
 * @module
 */

import { isSwitch } from '../server/settings.ts'
import { command, Failure, Misuse } from './command.ts'
import { database, findTenant, tenant, withDatabase, writeContext } from './common.ts'
import { FAILED, OK } from './exit-codes.ts'

export const userErase = command({
  name: 'user erase',
  summary: 'remove a suspended account for good',
  operands: ['ID'],
  settings: {
    yes: { flag: 'yes', help: 'do not ask', value: isSwitch },
    tenant,
    database,
  },
  async run({ values, operands: [id = ''] }, terminal) {
    if (!values.yes && !terminal.interactive) {
      throw new Misuse('this cannot be undone; say --yes where nobody can be asked')
    }
    if (!values.yes) {
      const answer = await terminal.ask(`Erase ${id} for good? This cannot be undone. [y/N] `)
      if (!/^y(es)?$/i.test(answer.trim())) {
        terminal.err('Nothing was done.\n')
        return FAILED
      }
    }
    const done = await withDatabase(values.database, async (opened) => {
      const owner = await findTenant(opened.registry, values.tenant)
      return await opened.tenant(owner.id).erase(id, writeContext(terminal))
    })
    if (!done) throw new Failure(`there is no suspended account "${id}"; see user list --suspended`)
    terminal.err(`Account ${id} is erased.\n`)
    return OK
  },
})
