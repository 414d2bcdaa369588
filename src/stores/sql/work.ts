/**
 * What is to be done in a transaction, said once for databases that answer at once and for those
 * that answer later.
 *
 * A piece of work is a generator that yields calls and is resumed with their answers. SQLite runs it
 * in a plain loop, so that nothing can come between two calls; a client of a server awaits each.
 * What a call throws is thrown at its `yield`.
 *
 * @module
 */

import { bind, type Statement, type Value, type Values } from './statement.ts'

/** One statement to run. `one` reads at most one row, `run` none. */
export interface Call {
  readonly sql: string
  readonly values: readonly Value[]
  readonly want: 'one' | 'rows' | 'run'
}

export interface Answer {
  readonly rows: readonly unknown[]
  /** How many rows a `run` changed. */
  readonly changes: number
}

export type Work<T> = Generator<Call, T, Answer>

/** All rows. */
export function* rows<Row>(statement: Statement<Row>, values: Values): Work<readonly Row[]> {
  const answer = yield { sql: statement.sql, values: bind(statement, values), want: 'rows' }
  return answer.rows as readonly Row[]
}

/** The first row, if any. */
export function* one<Row>(statement: Statement<Row>, values: Values): Work<Row | undefined> {
  const answer = yield { sql: statement.sql, values: bind(statement, values), want: 'one' }
  return answer.rows[0] as Row | undefined
}

/** How many rows were changed. */
export function* run(statement: Statement, values: Values): Work<number> {
  const answer = yield { sql: statement.sql, values: bind(statement, values), want: 'run' }
  return answer.changes
}

/** Runs work against something that answers at once. */
export function perform<T>(work: Work<T>, answer: (call: Call) => Answer): T {
  let step = work.next()
  while (!step.done) {
    let given: Answer
    try {
      given = answer(step.value)
    } catch (error) {
      step = work.throw(error)
      continue
    }
    step = work.next(given)
  }
  return step.value
}
