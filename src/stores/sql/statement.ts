/**
 * SQL that is compiled once and run many times.
 *
 * Where a value is only known later it is given a {@link Slot}; {@link bind} puts the values into their
 * places.
 *
 * @module
 */

import type { Parameter, Slot, Sql, Value } from './sql.ts'

export type { Slot, Sql, Value }

export type Values = Readonly<Record<string, Value>>

export const slot = (name: string): Slot => ({ slot: name })

/** Compiled SQL; `Row` is what it answers, which nothing checks. */
export interface Statement<Row = never> {
  readonly sql: string
  readonly parameters: readonly Parameter[]
  /** Never there: it keeps statements of different rows apart. */
  readonly row?: Row
}

/** The values in the order of the placeholders. Throws when one is missing; that is our fault. */
export function bind(statement: Statement<unknown>, values: Values): Value[] {
  return statement.parameters.map((parameter) => {
    if (typeof parameter !== 'object' || parameter === null) return parameter
    const value = values[parameter.slot]
    if (value === undefined) throw new Error(`no value for "${parameter.slot}" in ${statement.sql}`)
    return value
  })
}
