/**
 * SQL as SQLite writes it.
 *
 * A JSON expression is a text column that holds JSON. Elements are rows of `json_each`, whose `value`
 * is JSON only where its `type` is an object or an array; everything else in it is a bare value.
 *
 * @module
 */

import type { JsonPlace, Spelling } from '../sql/spelling.ts'
import { sql } from '../sql/sql.ts'
import type { Sql, Statement } from '../sql/statement.ts'

export const spelling: Spelling = {
  isFar: false,
  compile(query) {
    const { sql, parameters } = query.render(() => '?')
    // Indentation means nothing, and no text of ours has two spaces in it.
    return { sql: sql.replaceAll(/\s+/g, ' ').trim(), parameters } as Statement<never>
  },

  // Of a bare parameter SQLite takes the value into its plan, and plans anew for every run.
  limit: (count) => sql`limit ${count} + 0`,

  list: (strings) => sql`(select value, key as position from json_each(${strings}))`,
  isIn: (text, strings) => sql`${text} in (select value from json_each(${strings}))`,
  records: (objects, columns) => {
    const names = Object.keys(columns).map(
      (name) => sql`value ->> ${sql.lit(`$.${name}`)} as ${sql.ref(name)}`,
    )
    return sql`(select key as position, ${sql.join(names)} from json_each(${objects}))`
  },
  // It carries out a cross join in the order it is written in.
  found: (rows, { table, as, where }) =>
    sql`from ${rows} cross join ${sql.ref(table)} ${sql.ref(as)} where ${where}`,
  tuples: (columns) => sql`json_group_array(json_array(${sql.join(columns.map(sql.ref))}))`,
  texts: (column) => sql`json_group_array(${sql.ref(column)})`,

  text: (place) => sql`case ${typeOf(place)} when 'text' then ${bare(place)} end`,
  number: (place) => sql`case when ${typeOf(place)} in ('integer', 'real') then ${bare(place)} end`,
  boolean: (place) => sql`case ${typeOf(place)} when 'true' then 1 when 'false' then 0 end`,
  object: (place) => sql`case ${typeOf(place)} when 'object' then ${bare(place)} end`,
  exists: (place) => sql`coalesce(${typeOf(place)}, 'null') <> 'null'`,
  present: (place) => {
    // Only what holds others has to be gone through.
    const within = sql`exists (select 1 from json_tree(${bare(place)}) where atom <> '')`
    return sql`case coalesce(${typeOf(place)}, 'null') when 'null' then 0
      when 'text' then ${bare(place)} <> '' when 'object' then ${within}
      when 'array' then ${within} else 1 end`
  },
  elements: (place, alias) =>
    'element' in place
      ? sql`json_each(case ${typeOf(place)} when 'array' then ${bare(place)} end) ${sql.ref(alias)}`
      : sql`json_each(${place.json}, ${pathText(place.path)}) ${sql.ref(alias)}`,
  position: (alias) => sql`${sql.ref(alias)}.key`,

  fold: (text) => sql`fold(${text})`,
  exact: (text) => text,
  instant: (text) => sql`instant(${text})`,
  contains: (text, part) => sql`instr(${text}, ${part}) > 0`,
  // One connection writes, one piece of work after the other.
  locked: sql``,
  shared: () => sql``,
  // It reads no column, so that an index may be all that is read.
  watch: sql`watch(1)`,
}

const typeOf = (place: JsonPlace): Sql =>
  'element' in place
    ? sql`${sql.ref(place.element)}.type`
    : sql`json_type(${place.json}, ${pathText(place.path)})`

const bare = (place: JsonPlace): Sql =>
  'element' in place
    ? sql`${sql.ref(place.element)}.value`
    : sql`json_extract(${place.json}, ${pathText(place.path)})`

// ['urn:x:User', 'manager'] -> '$."urn:x:User"."manager"'
const pathText = (path: readonly string[]) => `$${path.map((key) => `."${key}"`).join('')}`
