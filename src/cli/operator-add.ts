/** `operator add EMAIL`: lets a person into the console, of one tenant or of all. */

import { addOperator, canSignIn, email } from '../server/admin/people.ts'
import { parseName } from '../server/admin/text.ts'
import { oneOf, optional, text } from '../server/settings.ts'
import { EmailTaken } from '../store/operators.ts'
import { command, Failure, Misuse } from './command.ts'
import { database, findTenant, tenant, withDatabase } from './common.ts'
import { OK } from './exit-codes.ts'
import { consoleSettings, findOperator, peopleWorld, printLink } from './operator-link.ts'

// decisions/011: whoever let them into another tenant may know it.
const STARTS_ANEW = 'A password they had holds no more, and they are signed out everywhere.\n'

export const operatorAdd = command({
  name: 'operator add',
  summary: 'let a person into the console, and print a link to sign in with',
  operands: ['EMAIL'],
  settings: {
    name: {
      flag: 'name',
      argument: 'NAME',
      help: 'how the person is called',
      value: optional(text(parseName)),
    },
    role: {
      flag: 'role',
      argument: 'ROLE',
      help: 'owner, admin or viewer of the tenant; owner when absent',
      value: optional(oneOf(['owner', 'admin', 'viewer'])),
    },
    tenant: { ...tenant, help: 'the tenant; when absent, an owner of all there are or will be' },
    ...consoleSettings,
    database,
  },
  async run({ values, operands: [given = ''] }, terminal) {
    const checked = email.safeParse(given)
    if (!checked.success) throw new Misuse(`"${given}" is not an e-mail address`)
    const { tenant: place, role = 'owner' } = values
    if (place === undefined && role !== 'owner') {
      throw new Misuse(`a person is ${role} of one tenant: name it with --tenant`)
    }
    await withDatabase(
      values.database,
      async ({ registry, operators }) => {
        const world = await peopleWorld({ operators, registry }, values, terminal)
        const owner = place === undefined ? undefined : await findTenant(registry, place)
        const person = {
          email: checked.data,
          name: values.name ?? checked.data,
          isRoot: owner === undefined,
        }
        const memberships = owner === undefined ? [] : [{ tenant: owner.id, role }]
        try {
          const added = await addOperator(world, person, memberships)
          await printLink(world, 'invite', added, terminal)
        } catch (error) {
          if (!(error instanceof EmailTaken)) throw error
          const known = await findOperator(operators, checked.data)
          if (owner === undefined) throw new Failure(`"${known.email}" is there already`)
          const entered = await operators.memberships({ operator: known.id })
          await operators.setRole(owner.id, known.id, role)
          terminal.err(`${known.email} is ${role} of "${owner.name}" now.\n`)
          if (!entered.some(({ tenant }) => tenant === owner.id)) terminal.err(STARTS_ANEW)
          const now = (await operators.operator(known.id)) ?? known
          if (!canSignIn(now)) await printLink(world, 'invite', now, terminal)
        }
      },
      { create: true },
    )
    return OK
  },
})
