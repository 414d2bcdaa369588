/** An operator as a row `o`, and back. */

import type { Operator } from '../../store/operators.ts'
import { sql } from './sql.ts'

export interface OperatorRow extends Omit<Operator, 'isRoot' | 'federated' | 'lastSignIn'> {
  readonly is_root: number
  readonly issuer: string | null
  readonly subject: string | null
  readonly last_sign_in: number | null
}

export const operatorColumns = sql`o.id, o.email, o.name, o.is_root, o.password, o.issuer, o.subject,
  o.created, o.last_sign_in`

/** Whether an operator has a way to sign in. */
export const canSignIn = sql`(o.password is not null or o.subject is not null)`

export function operatorOf(row: OperatorRow): Operator {
  const { is_root, issuer, subject, last_sign_in: lastSignIn, ...same } = row
  const federated = issuer === null || subject === null ? null : { issuer, subject }
  return { ...same, isRoot: is_root === 1, federated, lastSignIn }
}

export function operatorValues({ isRoot, federated, ...same }: Operator) {
  return {
    ...same,
    isRoot: isRoot ? 1 : 0,
    issuer: federated?.issuer ?? null,
    subject: federated?.subject ?? null,
  }
}
