/**
 * Whether a password is somebody's, told slowly and seldom.
 *
 * An e-mail address that nobody has, and a person without a password, take as long as a wrong
 * password: a hash is computed all the same.
 *
 * @module
 */

import type { Operator } from '../../store/operators.ts'
import { Refusal } from './refusal.ts'
import type { Call, SessionCall } from './route.ts'

// Of no password; its costs are those of passwords.ts.
const NOBODYS =
  '$argon2id$v=19$m=19456,t=2,p=1$Tm90aGluZyBpcyBoZXJl$bm9ib2R5IGhhcyB0aGlzIG9uZSBhcyBhIHBhc3N3b3I'

/** @throws {Refusal} 401 when it is not, 429 after too many tries */
export async function requirePassword(
  { service, address }: Pick<Call, 'service' | 'address'>,
  account: string,
  operator: Operator | undefined,
  password: string,
): Promise<Operator> {
  await service.limits.attempt(account, address)
  const isRight = await answered(
    service.passwords.verify(password, operator?.password ?? NOBODYS),
    () => service.limits.unanswered(account, address),
  )
  if (operator === undefined || operator.password === null || !isRight) {
    throw new Refusal(401, 'E-mail address and password do not belong together')
  }
  await service.limits.succeeded(account, address)
  return operator
}

/**
 * The same of who has signed in already. After a few wrong ones the session is over: it may be in the
 * hands of somebody else.
 *
 * @throws {Refusal} 401 when it is not theirs
 */
export async function requireOwnPassword(
  { service, operator, session }: Pick<SessionCall, 'service' | 'operator' | 'session'>,
  password: string,
): Promise<void> {
  const { limits, passwords, database } = service
  const left = await limits.attemptOf(session.id)
  const isRight =
    left >= 0 &&
    (await answered(passwords.verify(password, operator.password ?? NOBODYS), () =>
      limits.unansweredOf(session.id),
    )) &&
    operator.password !== null
  if (isRight) return limits.succeededOf(session.id)
  if (left > 0) {
    const more = `${TRIES[left] ?? left} more ${left === 1 ? 'try' : 'tries'}`
    throw new Refusal(401, `That is not your password. ${more}, then you are signed out.`)
  }
  await database.operators.endSession(operator.id, session.id)
  throw new Refusal(401, 'Too many wrong passwords; sign in again', {
    code: 'signIn',
    field: 'password',
  })
}

const TRIES = ['', 'One', 'Two', 'Three', 'Four']

// When too many wait to be answered, that is nothing a person did.
async function answered<T>(answer: Promise<T>, otherwise: () => Promise<void>): Promise<T> {
  try {
    return await answer
  } catch (error) {
    await otherwise()
    throw error
  }
}
