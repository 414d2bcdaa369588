/**
 * A look at a database, for a person.
 *
 * @module
 */

import type { Migration } from '../sql/migrations.ts'
import type { Connection } from './connection.ts'

export interface CheckResult {
  readonly what: string
  readonly ok: boolean
  readonly detail: string
}

const TABLES = ['tenants', 'api_keys', 'resources', 'suspended', 'edges', 'changes'] as const

/** `quick_check` reads the whole file: minutes, for a large one. */
export function check(connection: Connection, migrations: readonly Migration[]): CheckResult[] {
  const single = <T>(sql: string) => Object.values(connection.query<object>(sql)[0] ?? {})[0] as T
  const faults = connection.query<{ quick_check: string }>('pragma quick_check')
  const text = faults.map(({ quick_check }) => quick_check).join('; ')
  const mode = single<string>('pragma journal_mode')
  const schema = single<number | null>('select max(number) from migrations')
  const latest = migrations.at(-1)?.number
  return [
    { what: 'integrity', ok: text === 'ok', detail: text },
    { what: 'journal', ok: mode === 'wal', detail: mode },
    { what: 'schema', ok: schema === latest, detail: `version ${schema}` },
    ...TABLES.map((table) => ({
      what: table,
      ok: true,
      detail: `${single<number>(`select count(*) from ${table}`)}`,
    })),
  ]
}
