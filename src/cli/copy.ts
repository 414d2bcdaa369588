/**
 * `copy --from DATABASE --to DATABASE`: everything of one database into another, empty one. Ended
 * early, the same command goes on where it was. No server may run on either side meanwhile.
 *
 * @module
 */

import { databaseSetting } from '../server/config.ts'
import { type CopiedTable, type CopyProgress, copy as copyAll, NotEmpty } from '../server/copy.ts'
import { openDatabase } from '../server/database.ts'
import { command, Failure, type Terminal } from './command.ts'
import { columns, json } from './common.ts'
import { FAILED, OK } from './exit-codes.ts'
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
  async run({ values }, terminal) {
    const from = await openDatabase(values.from, { create: false, lock: true })
    try {
      const to = await openDatabase(values.to, { create: true, lock: true, bulk: true })
      try {
        const tables = await copyAll(from.transfer, to.transfer, reporter(terminal))
        if (values.json) terminal.out(`${JSON.stringify(tables, null, 2)}\n`)
        else terminal.out(columns(tables.map(line)))
        if (tables.every(({ same }) => same)) return OK
        terminal.err(
          'The two sides differ. Was something written meanwhile? Empty it, and copy anew.\n',
        )
        return FAILED
      } finally {
        await to.close()
      }
    } catch (error) {
      if (error instanceof NotEmpty) throw new Failure(`nothing was copied: ${error.message}`)
      throw error
    } finally {
      await from.close()
    }
  },
})

const line = ({ table, rows, checksum, same }: CopiedTable) => [
  same ? 'ok' : 'differs',
  table,
  `${count(rows)} rows`,
  `sha256 ${checksum.slice(0, 16)}`,
]

/** Says every second where it is, how fast, and how long this phase will take. */
function reporter(terminal: Terminal): (at: CopyProgress) => void {
  let said = terminal.now()
  let phase: { readonly name: string; readonly since: number; readonly done: number } | undefined
  return ({ phase: name, table, done, total, allDone, allTotal }) => {
    const now = terminal.now()
    if (phase?.name !== name) phase = { name, since: now, done: allDone }
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
