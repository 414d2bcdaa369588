/**
 * `migrate --to DATABASE`: brings a database up to this version of the program, and makes one where
 * there is none. A start of the service does the same; this is for whoever wants it as a step of its
 * own, before new nodes start.
 *
 * @module
 */

import { databaseSetting } from '../server/config.ts'
import { openDatabase } from '../server/database.ts'
import { command } from './command.ts'
import { OK } from './exit-codes.ts'

export const migrate = command({
  name: 'migrate',
  summary: 'bring a database up to this version of the program',
  settings: {
    to: { ...databaseSetting, flag: 'to', help: 'the database; made when there is none' },
  },
  async run({ values: { to } }, terminal) {
    let steps = 0
    const log = (text: string) => {
      steps += 1
      terminal.err(`${text}\n`)
    }
    const opened = await openDatabase(to, { create: true, lock: false, log })
    try {
      const schema = (await opened.check()).find(({ what }) => what === 'schema')
      terminal.err(steps === 0 ? 'Nothing was to be done.\n' : '')
      terminal.out(`${schema?.detail ?? 'unknown'}\n`)
    } finally {
      await opened.close()
    }
    return OK
  },
})
