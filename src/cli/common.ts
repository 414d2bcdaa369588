/**
 * What most commands share: opening the database beside a running server, finding a tenant, and
 * printing a list.
 *
 * @module
 */

import type { DatabaseAddress } from '../server/config.ts'
import { databaseSetting, isDefaultDatabase, shownAddress } from '../server/config.ts'
import { requireFinished } from '../server/copy.ts'
import { type Database, openDatabase } from '../server/database.ts'
import { isSwitch, optional, type Setting, text } from '../server/settings.ts'
import { DEFAULT_TENANT, tenantName } from '../server/tenants.ts'
import type { Registry, Tenant } from '../store/registry.ts'
import type { WriteContext } from '../store/store.ts'
import { Failure, type Terminal } from './command.ts'

export const database = databaseSetting

export const json = {
  flag: 'json',
  help: 'print JSON',
  value: isSwitch,
} as const satisfies Setting

export const tenant = {
  flag: 'tenant',
  argument: 'NAME',
  help: `the tenant, by name or id; "${DEFAULT_TENANT}" when absent`,
  value: optional(text(tenantName)),
} as const satisfies Setting

/**
 * Runs `work` on the database and closes it, whatever comes. A server may be running on it.
 *
 * @param options `unfinished`: take a database as well into which a copy was not finished; what is
 *   written into one keeps the copy from ever being finished.
 */
export async function withDatabase<T>(
  address: DatabaseAddress,
  work: (database: Database) => Promise<T>,
  options: {
    readonly create?: boolean
    readonly bulk?: boolean
    readonly unfinished?: boolean
  } = {},
): Promise<T> {
  const { create = false, bulk = false, unfinished = false } = options
  const opened = await openDatabase(address, { create, bulk, lock: false })
  try {
    if (!unfinished) await requireFinished(opened.transfer)
    return await work(opened)
  } finally {
    await opened.close()
  }
}

/** A command line as a person may type it, on the same database. Its password is not among it. */
export function commandOn(
  address: DatabaseAddress,
  words: string,
  { program }: Pick<Terminal, 'program'>,
): string {
  if (isDefaultDatabase(address)) return `${program} ${words}`
  const shown = shownAddress(address)
  const named = address.kind === 'sqlite' ? `sqlite:${shown}` : shown
  return `${program} ${words} --database ${quoted(named)}`
}

// e.g. "sqlite:/my data/x.db" -> "'sqlite:/my data/x.db'", for a shell
function quoted(word: string): string {
  return /^[\w./:@%+=-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`
}

/** The tenant of a name or id. @throws {Failure} */
export async function findTenant(registry: Registry, name = DEFAULT_TENANT): Promise<Tenant> {
  const found = await registry.tenant(name)
  if (found === undefined) throw new Failure(`there is no tenant "${name}"; see tenant list`)
  return found
}

/** The head of a change that was made from the command line. */
export function writeContext(terminal: Terminal): WriteContext {
  return { at: terminal.now(), actor: 'cli', request: `cli-${crypto.randomUUID()}` }
}

/** A moment, for a person and for JSON alike; `never` is `null` in JSON and `-` on screen. */
export function moment(at: number | null): string | null {
  return at === null ? null : new Date(at).toISOString()
}

/** Prints rows as one JSON array, or as columns under their names. */
export function printList(
  rows: readonly Readonly<Record<string, string | number | boolean | null>>[],
  asJson: boolean,
  terminal: Terminal,
  none: string,
): void {
  if (asJson) {
    terminal.out(`${JSON.stringify(rows, null, 2)}\n`)
    return
  }
  const first = rows[0]
  if (first === undefined) {
    terminal.err(`${none}\n`)
    return
  }
  const names = Object.keys(first)
  const cells = rows.map((row) => names.map((name) => printable(row[name])))
  terminal.out(columns([names.map((name) => name.toUpperCase()), ...cells]))
}

/** Lines whose cells stand below each other. */
export function columns(lines: readonly (readonly string[])[]): string {
  const widths: number[] = []
  for (const line of lines) {
    line.forEach((cell, index) => {
      widths[index] = Math.max(widths[index] ?? 0, cell.length)
    })
  }
  return lines
    .map(
      (line) =>
        `${line
          .map((cell, i) => cell.padEnd(widths[i] ?? 0))
          .join('  ')
          .trimEnd()}\n`,
    )
    .join('')
}

// Names come from clients; a control character in one could rewrite what the terminal shows.
function printable(value: unknown): string {
  if (value === null || value === undefined) return '-'
  return String(value).replace(/[\p{Cc}\p{Cf}\u2028\u2029]/gu, '?')
}
