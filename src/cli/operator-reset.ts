/** `operator reset EMAIL`: ends a person's sessions and prints a link to set a new password with. */

import { command } from './command.ts'
import { database, withDatabase } from './common.ts'
import { OK } from './exit-codes.ts'
import { consoleSettings, findOperator, peopleWorld, printLink } from './operator-link.ts'

export const operatorReset = command({
  name: 'operator reset',
  summary: "end a person's sessions, and print a link to set a new password with",
  operands: ['EMAIL'],
  settings: { ...consoleSettings, database },
  async run({ values, operands: [email = ''] }, terminal) {
    await withDatabase(values.database, async ({ operators, registry }) => {
      const world = await peopleWorld({ operators, registry }, values, terminal)
      const operator = await findOperator(operators, email)
      await operators.change(operator.id, { password: null })
      await operators.endSessions(operator.id, null)
      await printLink(world, 'reset', operator, terminal)
    })
    return OK
  },
})
