/**
 * SQL as PostgreSQL writes it.
 *
 * A JSON expression is a text column that holds JSON, or a `jsonb`. What comes out of one is text in
 * the database's own collation, which is somebody's language; so it is told the one of code points.
 *
 * @module
 */

import type { JsonPlace, Spelling } from '../sql/spelling.ts'
import { sql } from '../sql/sql.ts'
import type { Slot, Sql, Statement } from '../sql/statement.ts'

// Integers are times too.
const TYPES = { text: 'text', integer: 'bigint' } as const

export const spelling: Spelling = {
  isFar: true,
  compile(query) {
    const { sql, parameters } = query.render((number) => `$${number}`)
    // Indentation means nothing, and no text of ours has two spaces in it.
    return { sql: sql.replaceAll(/\s+/g, ' ').trim(), parameters } as Statement<never>
  },

  limit: (count) => sql`limit ${count}`,

  list: (strings) => sql`(
    select x.value collate "C" as value, x.position - 1 as position
    from unnest(${array(strings)}) with ordinality x (value, position))`,
  isIn: (text, strings) => sql`${text} = any (${array(strings)})`,
  records: (objects, columns) => {
    const names = Object.keys(columns)
    const typed = names.map(
      (name) => sql`${sql.ref(name)} ${sql.raw(TYPES[columns[name] ?? 'text'])}`,
    )
    const collated = names.map((name) =>
      columns[name] === 'text'
        ? sql`x.${sql.ref(name)} collate "C" as ${sql.ref(name)}`
        : sql`x.${sql.ref(name)}`,
    )
    return sql`(
      select x.position - 1 as position, ${sql.join(collated)}
      from rows from (jsonb_to_recordset(${objects}::jsonb) as (${sql.join(typed)}))
        with ordinality x (${sql.join([...names, 'position'].map((name) => sql.ref(name)))}))`
  },
  // Of a tenant it believes, until it has looked at the tables, that it has a row or two, and for good that
  // it has as many as any other; and so would rather go through all its rows, looking for each of them
  // among those that were asked for. What has an offset is not put together with what is around it.
  found: (rows, { table, as, where, isShared = false }) => {
    const alias = sql.ref(as)
    const lock = isShared ? spelling.shared(as) : sql``
    return sql`from ${rows} cross join lateral (
      select * from ${sql.ref(table)} ${alias} where ${where} offset 0 ${lock}) ${alias} where true`
  },
  tuples: (columns) =>
    sql`json_agg(json_build_array(${sql.join(columns.map((name) => sql.ref(name)))}))::text`,
  texts: (column) => sql`json_agg(${sql.ref(column)})::text`,

  text: (place) =>
    once(place, (v) => sql`case jsonb_typeof(${v}) when 'string' then ${bare(v)} end`),
  number: (place) =>
    once(place, (v) => sql`case jsonb_typeof(${v}) when 'number' then ${v}::float8 end`),
  boolean: (place) =>
    once(place, (v) => sql`case jsonb_typeof(${v}) when 'boolean' then ${v}::bool::int end`),
  object: (place) => once(place, (v) => sql`case jsonb_typeof(${v}) when 'object' then ${v} end`),
  exists: (place) => sql`coalesce(jsonb_typeof(${valueAt(place)}), 'null') <> 'null'`,
  present: (place) =>
    sql`coalesce(jsonb_path_exists(${valueAt(place)}, ${sql.lit(FILLED)}), false)`,
  elements: (place, alias) => {
    const array = once(place, (v) => sql`case jsonb_typeof(${v}) when 'array' then ${v} end`)
    return sql`jsonb_array_elements(${array}) with ordinality ${sql.ref(alias)} (value, position)`
  },
  position: (alias) => sql`${sql.ref(alias)}.position`,

  fold: (text) => sql`(fold(${text}) collate "C")`,
  exact: (text) => sql`(${text} collate "C")`,
  instant: (text) => sql`instant(${text})`,
  contains: (text, part) => sql`strpos(${text}, ${part}) > 0`,
  locked: sql`for update`,
  shared: (alias) => sql`for share of ${sql.ref(alias)}`,
  guard: (text, condition = sql`true`) => sql`
    select pg_advisory_xact_lock(hashtextextended(${text}, 0)) where ${condition}`,
}

// Of the rows of a function PostgreSQL believes that they are a hundred, and rather reads all members of
// a group than looks for one of them in an index; of an array, that its values are ten.
const array = (strings: Slot): Sql =>
  sql`array(select jsonb_array_elements_text(${strings}::jsonb) collate "C")`

// Anything that is neither empty text nor something that only holds others.
const FILLED = `strict $.** ? (
  @.type() == "string" && @ != "" || @.type() == "number" || @.type() == "boolean")`.replaceAll(
  /\s+/g,
  ' ',
)

// A body is parsed each time it is named; this names it once.
const once = (place: JsonPlace, then: (value: Sql) => Sql): Sql =>
  'element' in place
    ? sql`(${then(valueAt(place))})`
    : sql`(select ${then(sql`o.v`)} from (select ${valueAt(place)} as v offset 0) o)`

const valueAt = (place: JsonPlace): Sql =>
  'element' in place
    ? sql`${sql.ref(place.element)}.value`
    : sql`((${place.json})::jsonb #> ${sql.lit(arrayText(place.path))})`

const bare = (value: Sql): Sql => sql`(${value} #>> '{}') collate "C"`

// ['urn:x:User', 'manager'] -> '{"urn:x:User","manager"}'
const arrayText = (path: readonly string[]) => `{${path.map((key) => `"${key}"`).join(',')}}`
