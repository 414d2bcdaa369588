/** `operator remove EMAIL`: a person may no longer into the console, and is not there any more. */

import { LastRoot } from '../store/operators.ts'
import { command, Failure } from './command.ts'
import { database, withDatabase } from './common.ts'
import { OK } from './exit-codes.ts'
import { findOperator } from './operator-link.ts'

export const operatorRemove = command({
  name: 'operator remove',
  summary: 'take a person out of the console, with their sessions and roles',
  operands: ['EMAIL'],
  settings: { database },
  async run({ values, operands: [given = ''] }, terminal) {
    await withDatabase(values.database, async ({ operators }) => {
      const { id, email } = await findOperator(operators, given)
      try {
        await operators.remove(id)
      } catch (error) {
        if (!(error instanceof LastRoot)) throw error
        throw new Failure(
          `"${email}" is the last root operator who can sign in; add another first, see operator add`,
        )
      }
      terminal.err(
        `${email} is removed. The keys they made work on, see key list; setup links they made have ended.\n`,
      )
    })
    return OK
  },
})
