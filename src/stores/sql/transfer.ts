/**
 * All rows of a database, table by table, to be copied into another (server/copy.ts).
 *
 * Rows are read and written in the order of their keys, in which every database agrees. So a copy
 * that was cut off goes on behind the last row that arrived, and two tables are equal when their rows
 * are, one after the other.
 *
 * @module
 */

import type { TableRow, Transfer } from '../../store/transfer.ts'
import type { Spelling } from './spelling.ts'
import { sql } from './sql.ts'
import { slot } from './statement.ts'
import type { Executor } from './tenant-store.ts'
import { one, rows, run } from './work.ts'

type Kind = 'text' | 'integer'

interface Table {
  readonly key: Readonly<Record<string, Kind>>
  readonly more: Readonly<Record<string, Kind>>
}

const text = (...names: string[]) =>
  Object.fromEntries(names.map((name) => [name, 'text' as const]))
const integer = (...names: string[]) =>
  Object.fromEntries(names.map((name) => [name, 'integer' as const]))

// In an order in which no row comes before one that it refers to.
const TABLES: Readonly<Record<string, Table>> = {
  tenants: { key: text('id'), more: { ...text('name', 'settings'), ...integer('created') } },
  api_keys: {
    key: text('id'),
    more: {
      ...text('tenant', 'name', 'scope', 'hash', 'hint', 'replaces', 'used_from', 'used_agent'),
      ...integer('created', 'expires', 'revoked', 'used_at'),
    },
  },
  secrets: { key: text('name'), more: text('value') },
  resources: {
    key: text('tenant', 'type', 'id'),
    more: {
      ...integer('version', 'created', 'modified', 'members'),
      ...text('label', 'secrets', 'body'),
    },
  },
  suspended: {
    key: text('tenant', 'id'),
    more: {
      ...integer('version', 'created', 'modified', 'suspended_at', 'suspension'),
      ...text('type', 'label', 'secrets', 'body', 'name', 'external_id', 'suspended_by'),
    },
  },
  suspended_values: { key: text('tenant', 'id', 'value'), more: {} },
  lookups: {
    key: text('tenant', 'type', 'attribute', 'value', 'id'),
    more: integer('is_unique'),
  },
  edges: {
    key: text('tenant', 'owner', 'member'),
    more: text('member_type', 'owner_type', 'label'),
  },
  changes: {
    key: { ...text('tenant'), ...integer('seq') },
    more: {
      ...integer('at'),
      ...text('actor', 'request', 'type', 'id', 'kind', 'member', 'what'),
    },
  },
  tallies: { key: text('tenant', 'type'), more: integer('total') },
  operators: {
    key: text('id'),
    more: {
      ...text('email', 'name', 'password', 'issuer', 'subject'),
      ...integer('is_root', 'created', 'last_sign_in'),
    },
  },
  memberships: { key: text('operator', 'tenant'), more: text('role') },
  sessions: {
    key: text('id'),
    more: {
      ...text('operator', 'hash', 'address', 'agent'),
      ...integer('created', 'expires', 'last_seen', 'confirmed_at'),
    },
  },
  links: {
    key: text('hash'),
    more: { ...text('purpose', 'operator'), ...integer('created', 'expires') },
  },
  setup_links: {
    key: text('id'),
    more: {
      ...text('tenant', 'hash', 'made_by', 'name', 'key'),
      ...integer('created', 'expires', 'used_at'),
    },
  },
  acts: {
    key: text('tenant', 'id'),
    more: { ...integer('at'), ...text('operator', 'action', 'subject', 'address') },
  },
}

export function transfer(spelling: Spelling, { read, write }: Executor): Transfer {
  const statements = Object.fromEntries(
    Object.entries(TABLES).map(([name, table]) => [name, tableStatements(spelling, name, table)]),
  )
  const of = (table: string) => {
    const found = statements[table]
    if (found === undefined) throw new Error(`there is no table "${table}"`)
    return found
  }
  const forget = spelling.compile(sql`delete from secrets where name = ${slot('name')}`)

  return {
    tables: Object.keys(TABLES),
    count: (table) =>
      read(function* () {
        return (yield* one(of(table).count, {}))?.total ?? 0
      }),
    last: (table) => read(() => one(of(table).last, {})),
    page: (table, after, limit) =>
      read(function* () {
        const { first, behind } = of(table)
        if (after === undefined) return yield* rows(first, { limit })
        return yield* rows(behind, { ...after, limit })
      }),
    insert: (table, list) =>
      write(function* () {
        yield* run(of(table).insert, { rows: JSON.stringify(list) })
      }),
    forget: (name) =>
      write(function* () {
        yield* run(forget, { name })
      }),
  }
}

function tableStatements(spelling: Spelling, name: string, { key, more }: Table) {
  const table = sql.ref(name)
  const columns = { ...key, ...more }
  const all = sql.join(Object.keys(columns).map((column) => sql.ref(column)))
  const keys = Object.keys(key).map((column) => sql.ref(column))
  const downwards = keys.map((column) => sql`${column} desc`)
  const place = Object.keys(key).map(slot)
  const limit = spelling.limit(slot('limit'))
  const order = sql`order by ${sql.join(keys)} ${limit}`
  return {
    count: spelling.compile<{ total: number }>(sql`select count(*) as total from ${table}`),
    last: spelling.compile<TableRow>(
      sql`select ${all} from ${table} order by ${sql.join(downwards)} limit 1`,
    ),
    first: spelling.compile<TableRow>(sql`select ${all} from ${table} ${order}`),
    behind: spelling.compile<TableRow>(
      sql`select ${all} from ${table} where (${sql.join(keys)}) > (${sql.join(place)}) ${order}`,
    ),
    insert: spelling.compile(sql`
      insert into ${table} (${all}) select ${all} from ${spelling.records(slot('rows'), columns)} g
      where true`),
  }
}
