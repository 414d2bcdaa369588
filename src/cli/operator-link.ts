/**
 * What the commands about operators share: where the console is, and how a link is told. As with a key,
 * the link is the last line of standard output and stands alone there.
 *
 * @module
 */

import { foldEmail, newLink, type PeopleWorld } from '../server/admin/people.ts'
import { serveSettings } from '../server/config.ts'
import type { Operator, Operators } from '../store/operators.ts'
import { Failure, type Terminal } from './command.ts'
import { moment } from './common.ts'

export const consoleSettings = {
  publicUrl: {
    ...serveSettings.publicUrl,
    help: 'how people reach the console, when not by http://127.0.0.1:PORT',
  },
  port: { ...serveSettings.port, help: 'the port of the service, for the link' },
} as const

export function peopleWorld(
  operators: Operators,
  { publicUrl, port }: { readonly publicUrl: string | undefined; readonly port: number },
  { now }: Terminal,
): PeopleWorld {
  return { operators, now, publicUrl: publicUrl ?? `http://127.0.0.1:${port}` }
}

/** @throws {Failure} */
export async function findOperator(operators: Operators, email: string): Promise<Operator> {
  const found = await operators.byEmail(foldEmail(email))
  if (found === undefined) throw new Failure(`there is no operator "${email}"; see operator list`)
  return found
}

export async function printLink(
  world: PeopleWorld,
  purpose: 'invite' | 'reset',
  operator: Operator,
  terminal: Terminal,
): Promise<void> {
  const { url, expires } = await newLink(world, purpose, operator.id)
  terminal.err(`A link for ${operator.email}, good once, until ${moment(expires)}:\n`)
  terminal.out(`${url}\n`)
}
