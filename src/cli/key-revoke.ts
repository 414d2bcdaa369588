/** `key revoke ID`. A running server reads the key with every request, so it fails at the next. */

import { command, Failure } from './command.ts'
import { database, withDatabase } from './common.ts'
import { OK } from './exit-codes.ts'

export const keyRevoke = command({
  name: 'key revoke',
  summary: 'end an API key, at once and for good',
  operands: ['ID'],
  settings: { database },
  async run({ values, operands: [id = ''] }, terminal) {
    const done = await withDatabase(values.database, ({ registry }) =>
      registry.revokeKey(id, terminal.now()),
    )
    if (!done) throw new Failure(`there is no key "${id}" that is not revoked; see key list`)
    terminal.err(`Key ${id} is revoked.\n`)
    return OK
  },
})
