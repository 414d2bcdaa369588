/**
 * `backup --to FILE`: a copy of the database while the server goes on. It never overwrites, and the
 * file stands under its name only when it is whole.
 *
 * @module
 */

import { chmodSync, existsSync, linkSync, mkdirSync, rmSync, statSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { text } from '../server/settings.ts'
import { command, Failure } from './command.ts'
import { database, withDatabase } from './common.ts'
import { OK } from './exit-codes.ts'

const SAY_EVERY = 1_000

export const backup = command({
  name: 'backup',
  summary: 'copy the database to a file, while a server may run',
  settings: {
    to: {
      flag: 'to',
      argument: 'FILE',
      help: 'the file to make; it must not exist',
      value: text((given) => {
        if (given === '') throw new Error('is empty')
        return resolve(given)
      }),
    },
    database,
  },
  async run({ values: { to, database: address } }, terminal) {
    if (address.kind === 'postgres') {
      throw new Failure('a PostgreSQL database is backed up by its own tools, such as pg_dump')
    }
    if (existsSync(to)) throw new Failure(`${to} exists; a backup overwrites nothing`)
    mkdirSync(dirname(to), { recursive: true, mode: 0o700 })
    const part = `${to}.${process.pid}.part`
    let said = terminal.now()
    const progress = (at: { readonly total: number; readonly remaining: number }) => {
      if (at.total === 0 || terminal.now() - said < SAY_EVERY) return
      said = terminal.now()
      terminal.err(`${Math.floor((1 - at.remaining / at.total) * 100)} %\n`)
    }
    try {
      await withDatabase(address, async (opened) => await opened.backup?.(part, progress))
      chmodSync(part, 0o600)
      // A link, unlike a rename, fails when somebody made the file meanwhile.
      linkSync(part, to)
    } finally {
      rmSync(part, { force: true })
    }
    terminal.err(`${statSync(to).size} bytes. The journal of requests is not in it.\n`)
    terminal.out(`${to}\n`)
    return OK
  },
})
