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
import type { Call } from './route.ts'

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
  const isRight = await service.passwords.verify(password, operator?.password ?? NOBODYS)
  if (operator === undefined || operator.password === null || !isRight) {
    throw new Refusal(401, 'E-mail address and password do not belong together')
  }
  await service.limits.succeeded(account, address)
  return operator
}
