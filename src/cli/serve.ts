/**
 * `serve`: runs the service until it is told to stop.
 *
 * The first SIGTERM or SIGINT lets what runs end; a second one does not wait. Whatever nobody
 * caught ends the process, after a line in the log: what comes after it could not be trusted.
 *
 * @module
 */

import { resolve } from 'node:path'
import { DEFAULT_DATABASE, serveSettings } from '../server/config.ts'
import { banner } from '../server/first-run.ts'
import { createLog } from '../server/log.ts'
import { startServer } from '../server/serve.ts'
import { version } from '../server/version.ts'
import { command } from './command.ts'
import { FAILED, interrupted, OK } from './exit-codes.ts'

export const serve = command({
  name: 'serve',
  summary: 'run the service',
  settings: serveSettings,
  async run({ values: config }, terminal) {
    const log = createLog(config.logLevel)
    const stopped = signalled()
    const die = (error: unknown) => {
      log.fatal({ err: error }, 'nobody caught this; the service ends')
      process.exit(FAILED)
    }
    process.on('uncaughtException', die)
    const { baseUrl, localUrl, key, stop } = await startServer(config, { log, now: terminal.now })
    const file = resolve(config.database.file)
    const atDefault = file === resolve(DEFAULT_DATABASE.slice('sqlite:'.length))
    const place = {
      baseUrl,
      localUrl,
      file,
      version,
      command: (words: string) =>
        `${terminal.program} ${words}${atDefault ? '' : ` --database ${quoted(`sqlite:${file}`)}`}`,
    }
    if (!config.quiet) terminal.out(`${banner(place, key)}\n`)
    log.info({ base_url: baseUrl, local_url: localUrl, data: file, version }, 'listening')
    log.info({ signal: await stopped }, 'told to stop')
    await stop()
    process.off('uncaughtException', die)
    return OK
  },
})

function signalled(): Promise<string> {
  return new Promise((resolve) => {
    let first = true
    for (const signal of ['SIGTERM', 'SIGINT'] as const) {
      process.on(signal, () => {
        if (!first) process.exit(interrupted(signal))
        first = false
        resolve(signal)
      })
    }
  })
}

// e.g. "sqlite:/my data/x.db" -> "'sqlite:/my data/x.db'", for a shell
function quoted(word: string): string {
  return /^[\w./:@%+=-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`
}
