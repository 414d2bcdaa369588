/**
 * What the console's API refuses, as a problem document (RFC 9457). Thrown deep, answered in api.ts.
 *
 * @module
 */

import { refusalOf } from '../../provider/failures.ts'
import type { Problem } from './types.ts'

export class Refusal extends Error {
  override readonly name = 'Refusal'
  readonly problem: Problem
  readonly headers: Readonly<Record<string, string>>

  constructor(
    status: number,
    detail: string,
    more: Pick<Problem, 'code' | 'field' | 'at'> = {},
    headers: Readonly<Record<string, string>> = {},
  ) {
    super(detail)
    this.problem = { status, detail, ...more }
    this.headers = headers
  }
}

/** Nothing is there, or nothing for this person: who has no business here is not told which. */
export const nothingHere = (detail = 'There is nothing here') => new Refusal(404, detail)

/** What a person has to mend. */
export const wrong = (field: string, detail: string) =>
  new Refusal(400, detail, { code: 'field', field })

/** The refusal behind an error, or `undefined` when it is a fault of ours. */
export function problemOf(error: unknown): Refusal | undefined {
  if (error instanceof Refusal) return error
  const known = refusalOf(error)
  if (known === undefined) return undefined
  const code = known.status === 409 ? 'taken' : known.status === 503 ? 'wait' : undefined
  const more = code === undefined ? {} : ({ code } as const)
  return new Refusal(known.status, known.message, more, known.headers)
}
