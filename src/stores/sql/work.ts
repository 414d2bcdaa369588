/**
 * What is to be done in a transaction, said once for databases that answer at once and for those
 * that answer later.
 *
 * A piece of work is a generator that yields calls and is resumed with their answers. Calls that do
 * not wait for each other are yielded together, so that they travel to a server in one go. SQLite
 * runs them in a plain loop, so that nothing can come between two calls; a client of a server awaits
 * each batch. What a call throws is thrown at its `yield`.
 *
 * @module
 */

import { bind, type Statement, type Value, type Values } from './statement.ts'

/** One statement to run. `one` reads at most one row, `run` none. */
export interface Call {
  readonly sql: string
  readonly values: readonly Value[]
  readonly want: 'one' | 'rows' | 'run'
  /**
   * Takes a lock that every writer of the tenant waits for, and nobody looks at its answer: it may be
   * put off until right before the commit, in the order in which such calls came.
   */
  readonly last?: true
  /** The only call of its work: one statement is of one state, and needs no transaction around it. */
  readonly alone?: true
}

export interface Answer {
  readonly rows: readonly unknown[]
  /** How many rows a `run` changed. */
  readonly changes: number
}

export type Work<T> = Generator<readonly Call[], T, readonly Answer[]>

/** A call, to be yielded with others. */
export function call(
  statement: Statement<unknown>,
  values: Values,
  want: Call['want'] = 'run',
): Call {
  return { sql: statement.sql, values: bind(statement, values), want }
}

/** The same call, which may be put off. */
export const atLast = ({ sql, values, want }: Call): Call => ({ sql, values, want, last: true })

/** All rows. */
export function* rows<Row>(statement: Statement<Row>, values: Values): Work<readonly Row[]> {
  const [answer] = yield [call(statement, values, 'rows')]
  return answer?.rows as readonly Row[]
}

/** The first row, if any. */
export function* one<Row>(statement: Statement<Row>, values: Values): Work<Row | undefined> {
  const [answer] = yield [call(statement, values, 'one')]
  return answer?.rows[0] as Row | undefined
}

/** How many rows were changed. */
export function* run(statement: Statement, values: Values): Work<number> {
  const [answer] = yield [call(statement, values)]
  return answer?.changes ?? 0
}

/** Runs work against something that answers at once; `step` is what it has yielded already. */
export function perform<T>(
  work: Work<T>,
  answer: (call: Call) => Answer,
  step: IteratorResult<readonly Call[], T> = work.next(),
): T {
  while (!step.done) {
    let given: readonly Answer[]
    try {
      given = step.value.map(answer)
    } catch (error) {
      step = work.throw(error)
      continue
    }
    step = work.next(given)
  }
  return step.value
}
