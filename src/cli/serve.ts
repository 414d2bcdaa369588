/**
 * `serve`: runs the service until it is told to stop.
 *
 * The first SIGTERM or SIGINT lets what runs end; a second one does not wait. Whatever nobody
 * caught ends the process, after a line in the log: what comes after it could not be trusted.
 *
 * @module
 */

import { serveSettings, shownAddress } from '../server/config.ts'
import { openDatabase } from '../server/database.ts'
import { banner } from '../server/first-run.ts'
import { createLog } from '../server/log.ts'
import { logOutput } from '../server/log-output.ts'
import { version } from '../server/version.ts'
import { command, Misuse } from './command.ts'
import { commandOn } from './common.ts'
import { FAILED, interrupted, OK } from './exit-codes.ts'
import { SAME_SIGNAL } from './interrupt.ts'

/** Milliseconds the reader of the log is given at the end. */
const LOG_PATIENCE = 2_000

export const serve = command({
  name: 'serve',
  summary: 'run the service',
  settings: serveSettings,
  async run({ values: config }, terminal) {
    if ((config.oidcIssuer === undefined) !== (config.oidcClientId === undefined)) {
      throw new Misuse('--oidc-issuer and --oidc-client-id go together')
    }
    const output = logOutput()
    const log = createLog(config.logLevel, output)
    const exit = (code: number) => {
      if (output.isStalled()) process.kill(process.pid, 'SIGKILL')
      process.exit(code)
    }
    const stopped = signalled(() => performance.now(), exit)
    const die = (error: unknown) => {
      log.fatal({ err: error }, 'nobody caught this; the service ends')
      exit(FAILED)
    }
    process.on('uncaughtException', die)
    const { database } = config
    // Most of the program is the service, and no other command needs it. A server of a database answers
    // while it is read.
    const [opened, { startServer }] = await Promise.all([
      openDatabase(database, { create: true, lock: true, log: (line) => log.debug(line) }),
      import('../server/serve.ts'),
    ])
    const world = { log, now: terminal.now }
    const { key, link, stop, ...urls } = await startServer(opened, config, world)
    const data = shownAddress(database)
    const place = {
      ...urls,
      data,
      version,
      command: (words: string) => commandOn(database, words, terminal),
    }
    if (!config.quiet) terminal.out(`${banner(place, key, link)}\n`)
    log.info({ base_url: urls.baseUrl, local_url: urls.localUrl, data, version }, 'listening')
    log.info({ signal: await stopped }, 'told to stop')
    await stop()
    if (!(await output.settled(LOG_PATIENCE))) exit(OK)
    process.off('uncaughtException', die)
    return OK
  },
})

function signalled(now: () => number, exit: (code: number) => void): Promise<string> {
  return new Promise((resolve) => {
    let first: number | undefined
    for (const signal of ['SIGTERM', 'SIGINT'] as const) {
      process.on(signal, () => {
        if (first !== undefined && now() - first > SAME_SIGNAL) exit(interrupted(signal))
        first ??= now()
        resolve(signal)
      })
    }
    if (process.env.npm_lifecycle_event !== undefined) orphaned(() => resolve('parent ended'))
  })
}

// npm passes SIGTERM on to a shell, and some shells (dash) die of it without telling us. Nobody is
// left then to stop a service that was started with `npm start`; so it stops with them.
function orphaned(then: () => void): void {
  const parent = process.ppid
  const watch = setInterval(() => {
    if (process.ppid === parent) return
    clearInterval(watch)
    then()
  }, 100)
  watch.unref()
}
