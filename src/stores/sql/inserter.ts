/**
 * Rows into a table: in one statement where each is a journey to a server, and otherwise each by itself,
 * since to write them as JSON and to read that again costs more than they do.
 *
 * @module
 */

import type { Spelling } from './spelling.ts'
import { type Sql, sql } from './sql.ts'
import { slot, type Values } from './statement.ts'
import { type Call, call } from './work.ts'

export type Row = Values

/** @param behind What follows the values: what to do about a conflict. */
export function inserter(
  spelling: Spelling,
  table: string,
  columns: Readonly<Record<string, 'text' | 'integer'>>,
  behind: Sql = sql``,
): (rows: readonly Row[]) => Call[] {
  const names = Object.keys(columns)
  const into = sql`insert into ${sql.ref(table)} (${sql.join(names.map((name) => sql.ref(name)))})`
  if (!spelling.isFar) {
    const each = spelling.compile(
      sql`${into} values (${sql.join(names.map((name) => slot(name)))}) ${behind}`,
    )
    return (rows) => rows.map((row) => call(each, row))
  }
  const all = spelling.compile(sql`
    ${into} select ${sql.join(names.map((name) => sql`n.${sql.ref(name)}`))}
    from ${spelling.records(slot('rows'), columns)} n ${behind}`)
  return (rows) => (rows.length === 0 ? [] : [call(all, { rows: JSON.stringify(rows) })])
}
