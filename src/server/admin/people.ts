/**
 * Operators as they are made, let in and given a new link; by the console and by the command line.
 *
 * A link is good once, for a day, and its token stands behind the `#`, so that no server and no log on
 * the way sees it. Whoever is given one in place of another can no longer use the other.
 *
 * @module
 */

import { z } from 'zod'
import type { Membership, OneTimeLink, Operator, Operators } from '../../store/operators.ts'
import { type RandomBytes, randomText } from '../random.ts'
import { hashToken, newToken } from './tokens.ts'

const LINK_LIVES = 24 * 3_600_000

export interface PeopleWorld {
  readonly operators: Operators
  readonly now: () => number
  readonly random?: RandomBytes | undefined
  /** Where the console is, without a slash at its end. */
  readonly publicUrl: string
}

/** An e-mail address as it is compared: nobody has two that differ in case alone. */
export function foldEmail(email: string): string {
  return email.trim().normalize('NFC').toLowerCase()
}

export const email = z
  .string()
  .transform(foldEmail)
  .refine((given) => given.length <= 254 && /^[^\s@\p{C}]+@[^\s@\p{C}]+$/u.test(given), {
    message: 'This is not an e-mail address',
  })

/** Length is all that is asked of one: rules about signs make passwords worse. */
export const newPassword = z
  .string()
  .min(12, 'A password has at least 12 characters')
  .max(256, 'A password has at most 256 characters')

/** Somebody who has yet to follow a link. */
export async function addOperator(
  world: PeopleWorld,
  person: { readonly email: string; readonly name: string; readonly isRoot: boolean },
  memberships: readonly Omit<Membership, 'operator'>[],
): Promise<Operator> {
  const operator: Operator = {
    ...person,
    id: randomText(12, world.random),
    password: null,
    federated: null,
    created: world.now(),
    lastSignIn: null,
  }
  await world.operators.add(
    operator,
    memberships.map((one) => ({ ...one, operator: operator.id })),
  )
  return operator
}

/** A link to set a password with. */
export async function newLink(
  world: PeopleWorld,
  purpose: OneTimeLink['purpose'],
  operator: string | null,
): Promise<{ readonly url: string; readonly expires: number }> {
  const token = newToken(world.random)
  const created = world.now()
  const expires = created + LINK_LIVES
  await world.operators.addLink({ hash: hashToken(token), purpose, operator, created, expires })
  return { url: `${world.publicUrl}/sign-in/link#${token}`, expires }
}

/** Whether somebody has a way to sign in. */
export function canSignIn({ password, federated }: Operator): boolean {
  return password !== null || federated !== null
}
