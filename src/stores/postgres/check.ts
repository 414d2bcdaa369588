/**
 * A look at a database, for a person.
 *
 * @module
 */

import type { Migration } from '../sql/migrations.ts'
import type { Answer, Work } from '../sql/work.ts'

export interface CheckResult {
  readonly what: string
  readonly ok: boolean
  readonly detail: string
}

const TABLES = ['tenants', 'api_keys', 'resources', 'suspended', 'edges', 'changes'] as const

/** Rows are counted up to here: a large table is not read to its end for a look at it. */
const COUNTED = 100_000

export function* check(migrations: readonly Migration[]): Work<readonly CheckResult[]> {
  const asked = [
    `select current_setting('server_version') as it`,
    `select current_setting('synchronous_commit') as it`,
    `select current_setting('fsync') as it`,
    `select max(number) as it from migrations`,
    ...TABLES.map(
      (table) => `select count(*) as it from (select 1 from ${table} limit ${COUNTED + 1}) c`,
    ),
  ]
  const answers = yield asked.map((sql) => ({ sql, values: [], want: 'one' as const }))
  const [version, commit, fsync, schema, ...counts] = answers.map(only)
  const latest = migrations.at(-1)?.number
  return [
    { what: 'server', ok: true, detail: `PostgreSQL ${version}` },
    {
      what: 'commits',
      ok: commit !== 'off' && fsync === 'on',
      detail: `synchronous_commit ${commit}, fsync ${fsync}`,
    },
    { what: 'schema', ok: schema === latest, detail: `version ${schema}` },
    ...TABLES.map((table, index) => ({ what: table, ok: true, detail: rowsOf(counts[index]) })),
  ]
}

const rowsOf = (count: unknown) =>
  Number(count) > COUNTED ? `more than ${COUNTED}` : String(count)

const only = ({ rows: [row] }: Answer) => (row as { readonly it: unknown } | undefined)?.it
