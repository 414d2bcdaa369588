/**
 * SQL that is compiled once and run many times.
 *
 * Kysely writes the text and numbers the placeholders as the dialect wants them. Where a value is
 * only known later it is given a {@link Slot}; {@link bind} puts the values into their places.
 *
 * @module
 */

import type { RawBuilder } from 'kysely'

/** A piece of SQL, or all of it. */
export type Sql<T = unknown> = RawBuilder<T>

/** What a database is handed: no booleans, because SQLite has none. */
export type Value = null | number | string

export type Values = Readonly<Record<string, Value>>

/**
 * Stands in SQL for the value that {@link Values} will have under its name. Plain data, so that a
 * statement can go to another thread.
 */
export interface Slot {
  readonly slot: string
}

export const slot = (name: string): Slot => ({ slot: name })

/** Compiled SQL; `Row` is what it answers, which nothing checks. */
export interface Statement<Row = never> {
  readonly sql: string
  readonly parameters: readonly (Slot | Value)[]
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
