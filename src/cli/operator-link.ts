/**
 * What the commands about operators share: where the console is, and how a link is told. As with a key,
 * the link is the last line of standard output and stands alone there.
 *
 * @module
 */

import { foldEmail, newLink, type PeopleWorld } from '../server/admin/people.ts'
import { serveSettings } from '../server/config.ts'
import { optional, type Values } from '../server/settings.ts'
import type { Operator, Operators } from '../store/operators.ts'
import type { Registry } from '../store/registry.ts'
import { Failure, type Terminal } from './command.ts'
import { moment } from './common.ts'

export const consoleSettings = {
  publicUrl: {
    ...serveSettings.publicUrl,
    help: 'how people reach the console; when absent, as when the service was last started',
  },
  port: {
    flag: 'port',
    argument: 'PORT',
    env: serveSettings.port.env,
    help: 'the same, by a port of this machine',
    value: optional(serveSettings.port.value),
  },
} as const

/** With a link that leads to the service: where it was told to be, or was when it was last started. */
export async function peopleWorld(
  { operators, registry }: { readonly operators: Operators; readonly registry: Registry },
  { publicUrl, port }: Values<typeof consoleSettings>,
  { now, err }: Terminal,
): Promise<PeopleWorld> {
  const given = publicUrl ?? (port === undefined ? await registry.address() : local(port))
  if (given === undefined) {
    err('The service has not told where it is: the link leads to port 3000 of this machine.\n')
    err('If it is elsewhere, say so with --port or --public-url.\n')
  }
  return { operators, now, publicUrl: given ?? local(Number(serveSettings.port.fallback)) }
}

const local = (port: number) => `http://127.0.0.1:${port}`

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
