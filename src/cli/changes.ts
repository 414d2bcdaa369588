/** `changes`: the change log as JSON lines, oldest first; keys that somebody stored in it are not told. */

import { withoutKeysIn } from '../server/redaction/keys.ts'
import { optional, text } from '../server/settings.ts'
import { command } from './command.ts'
import { database, findTenant, moment, tenant, withDatabase } from './common.ts'
import { OK } from './exit-codes.ts'

const PAGE = 500

export const changes = command({
  name: 'changes',
  summary: 'print the change log, a JSON object a line',
  settings: {
    about: {
      flag: 'about',
      argument: 'ID',
      help: 'only what concerns this resource',
      value: optional(text((given) => given)),
    },
    after: {
      flag: 'after',
      argument: 'SEQ',
      fallback: '0',
      help: 'only what came after this number',
      value: text(sequence),
    },
    tenant,
    database,
  },
  async run({ values }, terminal) {
    await withDatabase(values.database, async (opened) => {
      const owner = await findTenant(opened.registry, values.tenant)
      const store = opened.tenant(owner.id)
      const about = values.about === undefined ? {} : { about: values.about }
      let after = values.after
      for (;;) {
        const page = await store.changes({ after, limit: PAGE, ...about })
        for (const change of page) {
          const told = withoutKeysIn({ ...change, at: moment(change.at) })
          terminal.out(`${JSON.stringify(told)}\n`)
        }
        const last = page.at(-1)
        if (last === undefined || page.length < PAGE) return
        after = last.seq
      }
    })
    return OK
  },
})

function sequence(given: string): number {
  if (!/^\d{1,15}$/.test(given)) throw new Error(`"${given}" is not a number`)
  return Number(given)
}
