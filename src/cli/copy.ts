/**
 * `copy --from DATABASE --to DATABASE`: everything of one database into another, empty one. Ended
 * early, the same command goes on where it was. No server may run on either side meanwhile.
 *
 * @module
 */

import { realpathSync } from 'node:fs'
import { type DatabaseAddress, databaseSetting, shownAddress } from '../server/config.ts'
import {
  type CopiedTable,
  type CopyProgress,
  copy as copyAll,
  NotEmpty,
  SameDatabase,
  UnfinishedCopy,
} from '../server/copy.ts'
import { openDatabase } from '../server/database.ts'
import { command, Failure, type Terminal } from './command.ts'
import { columns, json } from './common.ts'
import { FAILED, interrupted, OK } from './exit-codes.ts'
import { interruptible } from './interrupt.ts'
import { count, duration } from './numbers.ts'

const SAY_EVERY = 1_000

const side = (flag: string, help: string) =>
  ({ flag, argument: 'URL', help, value: databaseSetting.value }) as const

export const copy = command({
  name: 'copy',
  summary: 'copy everything into another database, while no server runs',
  settings: {
    from: side('from', 'the database to read, such as sqlite:./data/rollcall.db'),
    to: side('to', 'the database to fill, such as postgres://user@host/name; empty, or begun'),
    json,
  },
  run: ({ values: { from, to, json: asJson } }, terminal) =>
    interruptible(async (signal) => {
      if (place(from) === place(to)) throw new Failure(SAME)
      try {
        const tables = await between(from, to, terminal, signal)
        if (asJson) terminal.out(`${JSON.stringify(tables, null, 2)}\n`)
        else terminal.out(columns(tables.map(line)))
        if (tables.every(({ same }) => same)) return OK
        terminal.err(
          'The two sides differ: was something written to one of them meanwhile? --to stays marked ' +
            `as unfinished. Empty it (${emptied(to)}), and copy anew.\n`,
        )
        return FAILED
      } catch (error) {
        if (signal.aborted && error === signal.reason) {
          terminal.err('Ended early; the same command goes on.\n')
          return interrupted('SIGINT')
        }
        throw explained(error, to)
      }
    }),
})

async function between(
  fromAddress: DatabaseAddress,
  toAddress: DatabaseAddress,
  terminal: Terminal,
  signal: AbortSignal,
): Promise<readonly CopiedTable[]> {
  const from = await openDatabase(fromAddress, { create: false, lock: true })
  try {
    const to = await openDatabase(toAddress, { create: true, lock: true, bulk: true })
    try {
      return await copyAll(from.transfer, to.transfer, reporter(terminal), signal)
    } finally {
      await to.close()
    }
  } finally {
    await from.close()
  }
}

const SAME = 'nothing was copied: --from and --to are the same database'

function explained(error: unknown, to: DatabaseAddress): unknown {
  if (error instanceof SameDatabase) return new Failure(SAME)
  if (error instanceof UnfinishedCopy) {
    return new Failure('nothing was copied: --from holds a copy itself, which was not finished')
  }
  if (!(error instanceof NotEmpty)) return error
  return new Failure(
    `nothing was copied: --to ${error.message}. A database that a server was started on is not ` +
      `empty. Name a new one; or, if nobody needs what is in it, ${emptied(to)}`,
  )
}

/** How a database is made an empty one. */
const emptied = (address: DatabaseAddress) =>
  address.kind === 'sqlite'
    ? `remove ${shownAddress(address)} and the files -wal and -shm beside it`
    : 'drop the database, and create it again'

// Of two addresses of one database that differ, most are found out here and the others by the copy.
function place(address: DatabaseAddress): string {
  if (address.kind === 'postgres') {
    const { hostname, port, pathname } = new URL(address.url)
    return `${hostname}:${port || 5432}${pathname}`
  }
  try {
    return realpathSync(address.file)
  } catch {
    return shownAddress(address)
  }
}

const line = ({ table, rows, checksum, same }: CopiedTable) => [
  same ? 'ok' : 'differs',
  table,
  `${count(rows)} rows`,
  `sha256 ${checksum.slice(0, 16)}`,
]

/** Says at once what begins, and every second where it is, how fast, and how long this phase will take. */
function reporter(terminal: Terminal): (at: CopyProgress) => void {
  let said = terminal.now()
  let phase: { readonly name: string; readonly since: number; readonly done: number } | undefined
  return ({ phase: name, table, done, total, allDone, allTotal }) => {
    const now = terminal.now()
    if (phase?.name !== name) {
      phase = { name, since: now, done: allDone }
      said = now
      terminal.err(`${name} ${count(allTotal)} rows\n`)
    }
    if (now - said < SAY_EVERY) return
    said = now
    const rate = (allDone - phase.done) / Math.max(1, (now - phase.since) / 1000)
    const left = rate > 0 ? `, ${duration((allTotal - allDone) / rate)} left` : ''
    const all = `${Math.floor((allDone / Math.max(1, allTotal)) * 100)} %`
    terminal.err(
      `${name} ${table}: ${count(done)} of ${count(total)}; ${all} of all, ${count(rate)}/s${left}\n`,
    )
  }
}
