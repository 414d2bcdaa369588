/**
 * What differs between the databases in how SQL is written.
 *
 * Everything else in this folder is the same text for all of them. Text compares by code point:
 * where a database would not, its spelling adds the collation.
 *
 * @module
 */

import type { Slot, Sql, Statement } from './statement.ts'

/** A place in JSON: below a JSON expression, or an element that {@link Spelling.elements} yields. */
export type JsonPlace =
  | { readonly json: Sql; readonly path: readonly string[] }
  | { readonly element: string }

/** The rows of {@link Spelling.found}: of a table, under an alias. */
export interface Found {
  readonly table: string
  readonly as: string
  readonly where: Sql
  /** Whether they are locked as by {@link Spelling.shared}. */
  readonly isShared?: boolean
}

export interface Spelling {
  /** Whether each statement is a journey to a server. */
  readonly isFar: boolean

  compile<Row = never>(query: Sql): Statement<Row>

  /** `limit` with a number that is only known when the statement runs. */
  limit(count: Slot): Sql

  /** A table of a slot's JSON array of strings: `value`, and `position` from 0. */
  list(strings: Slot): Sql
  /** Whether a text is in a slot's JSON array of strings; an index finds those that are. */
  isIn(text: Sql, strings: Slot): Sql
  /** A table of a slot's JSON array of objects, with these columns. */
  records(objects: Slot, columns: Readonly<Record<string, 'text' | 'integer'>>): Sql
  /**
   * A `from` and the `where` behind it: for each row of `rows`, those of a table that the condition names,
   * found by an index and in this order, whatever the database believes of the tables.
   */
  found(rows: Sql, table: Found): Sql
  /** An aggregate: the text of a JSON array of arrays, of these columns of an ordered subquery. */
  tuples(columns: readonly string[]): Sql
  /** As `tuples`, of the texts of one column. */
  texts(column: string): Sql

  /** The text at a place, `NULL` when there is anything else. So the next two. */
  text(place: JsonPlace): Sql
  number(place: JsonPlace): Sql
  /** 1 and 0. */
  boolean(place: JsonPlace): Sql
  /** The JSON object at a place, `NULL` when there is anything else. */
  object(place: JsonPlace): Sql
  /** Whether there is a value that is not null. */
  exists(place: JsonPlace): Sql
  /** Whether there is a value that is not empty, at any depth: see `isPresent` in match.ts. */
  present(place: JsonPlace): Sql
  /** A table of the elements of the array at a place, under an alias. */
  elements(place: JsonPlace, alias: string): Sql
  /** Where an element stands in its array. */
  position(alias: string): Sql

  /** `fold` of text.ts; `NULL` of `NULL`. */
  fold(text: Sql): Sql
  /** A text, such that it compares by code point. */
  exact(text: Sql): Sql
  /** `parseInstant` of instant.ts; `NULL` of what is no instant. */
  instant(text: Sql): Sql
  /** Whether the first text contains the second. */
  contains(text: Sql, part: Sql): Sql
  /** Behind a query of one row: no other transaction changes it before this one ends. */
  readonly locked: Sql
  /** Behind a query: the rows of a table alias are neither changed nor deleted until the end. */
  shared(alias: string): Sql
  /**
   * A query that holds off, until this transaction ends, all others that guard the same text; absent
   * where writes come one after the other anyway.
   */
  guard?(text: Sql, condition?: Sql): Sql

  /** A condition that is always true, but fails once the query is to stop; asked for each row. */
  readonly watch?: Sql
}
