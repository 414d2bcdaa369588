/**
 * The service from its start to its stop.
 *
 * The order is the point. Start: the database (which refuses a second server on it) is open, then the port,
 * then the first key, so that a start which fails leaves no key that nobody saw. Stop: `/readyz` says
 * no, then nothing new is accepted, then what runs may end, then the database closes.
 *
 * @module
 */

import { setTimeout as sleep } from 'node:timers/promises'
import { provider } from '../provider/options.ts'
import type { Registry } from '../store/registry.ts'
import { ofJournal } from './admin/activity.ts'
import { keyTests } from './admin/key-test.ts'
import { oidc } from './admin/oidc.ts'
import { rehearsals } from './admin/rehearsals.ts'
import { signInLimits } from './admin/sign-in-limits.ts'
import { consoleSite } from './admin/static.ts'
import { createApp, prefixOf } from './app.ts'
import { behind, ofConnection } from './client-address.ts'
import { commandFlags } from './command-flags.ts'
import type { Config } from './config.ts'
import { requireFinished } from './copy.ts'
import type { Database } from './database.ts'
import { firstKey, firstLink } from './first-run.ts'
import { health } from './health.ts'
import { type HttpServer, listen } from './http-server.ts'
import { keepSmall } from './journal/keep-small.ts'
import { lossLog } from './journal/loss-log.ts'
import { startRecorder } from './journal/recorder.ts'
import { ASIDE } from './journal/thread-handle.ts'
import { listener } from './listener.ts'
import type { Log } from './log.ts'
import { type OwnCalls, ownCalls } from './own-calls.ts'
import { passwordHasher } from './passwords.ts'
import { ascendingIds } from './random.ts'
import { providerOptions, SCIM_PATH, scimService } from './scim.ts'
import { newSealSecret, sealWith } from './seal.ts'

export interface Running {
  /** What clients are given. */
  readonly baseUrl: string
  /** The same, from this machine. */
  readonly localUrl: string
  readonly consoleUrl: string
  /** The first key, when this start made it. */
  readonly key: string | undefined
  /** Signs the first person in, while there is none. */
  readonly link: string | undefined
  /** Drains and closes; the second call gets the first one's promise. */
  stop(): Promise<void>
}

/**
 * Starts the service on a database, which is closed when it stops or does not start.
 *
 * @throws {ListenError}
 */
export async function startServer(
  database: Database,
  config: Config,
  world: { readonly log: Log; readonly now: () => number },
): Promise<Running> {
  const { log, now } = world
  let secret: string
  let http: HttpServer
  let key: string | undefined
  let link: string | undefined
  try {
    await requireFinished(database.transfer)
    secret = await database.registry.secret('seal', newSealSecret)
    // Nothing may be waited for between listening and answering: who asks meanwhile is never answered.
    http = await listen(config.port, config.host, config.requestTimeout * 1000)
  } catch (error) {
    await database.close()
    throw error
  }
  const localUrl = `http://${reachable(config.host)}:${http.port}`
  const publicUrl = config.publicUrl ?? localUrl
  const ready = health(() => database.ready())
  const own = ownCalls(secret, now)
  const requests = journalOf(config, database.registry, own, world)
  const scimOptions = {
    store: database,
    ...(requests && { record: requests.recorder.record }),
    registry: database.registry,
    log,
    now,
    publicUrl,
    seal: sealWith(secret),
    own,
    limits: { body: config.maxBody, page: config.maxPage, members: config.maxMembers },
  }
  const given = providerOptions(scimOptions)
  const scim = scimService(scimOptions, given)
  const admin = {
    database,
    provider: provider(given),
    publicUrl,
    localUrl,
    commandFlags: commandFlags(config.database, publicUrl),
    // Apart from those of SCIM, so that no flood of users with passwords keeps people out.
    passwords: passwordHasher({ running: 1, waiting: 64 }),
    limits: signInLimits(),
    keyTests: keyTests(),
    own,
    rehearsals: rehearsals(),
    oidc: oidcOf(config, publicUrl),
    log,
    now,
    newId: ascendingIds(now),
    reach: fetch,
    ...(requests && ofJournal(requests.recorder, database.registry)),
  }
  const address = config.trustedProxies ? behind(config.trustedProxies) : ofConnection
  const site = consoleSite(publicUrl)
  const app = createApp({ scim, health: ready, log, publicUrl, admin, site, address })
  http.answer(listener(app, scim, prefixOf(publicUrl), address))
  // Commands make links that lead here. They can be told where it is, so nothing ends for want of it.
  await tellAddress(database.registry, publicUrl).catch((err: unknown) =>
    log.warn({ err }, 'the address could not be kept for the command line'),
  )
  try {
    key = await firstKey(database.registry, { now, quiet: config.quiet })
    const world = { operators: database.operators, now, publicUrl }
    link = config.quiet ? undefined : await firstLink(world)
  } catch (error) {
    await http.drain(0)
    await requests?.close()
    await database.close()
    throw error
  }

  const stop = async () => {
    ready.drain()
    log.info('stopping')
    await sleep(config.shutdownDelay * 1000)
    const ended = await http.drain(config.shutdownGrace * 1000)
    if (!ended) log.warn('some requests did not end in time and were cut off')
    await requests?.close()
    await database.close()
    log.info('stopped')
  }
  let stopping: Promise<void> | undefined
  return {
    baseUrl: publicUrl + SCIM_PATH,
    localUrl: localUrl + SCIM_PATH,
    consoleUrl: `${publicUrl}/`,
    key,
    link,
    stop() {
      stopping ??= stop()
      return stopping
    },
  }
}

async function tellAddress(registry: Registry, url: string): Promise<void> {
  if ((await registry.address()) !== url) await registry.setAddress(url)
}

function oidcOf(config: Config, publicUrl: string) {
  const { oidcIssuer: issuer, oidcClientId: clientId, oidcClientSecret: clientSecret } = config
  if (issuer === undefined || clientId === undefined) return undefined
  return oidc({ issuer, clientId, clientSecret, label: config.oidcLabel, publicUrl })
}

function journalOf(
  { database, journalSize }: Config,
  registry: Registry,
  { isOwn }: OwnCalls,
  { log, now }: { readonly log: Log; readonly now: () => number },
) {
  if (journalSize === 0) return undefined
  const losses = lossLog(log, now)
  // What was put aside is no row that could be forgotten: of the whole it may be a part.
  const aside = Math.min(ASIDE, journalSize / 4)
  const recorder = startRecorder(database, { lost: losses.lost, aside, isOwn })
  const failed = (err: unknown) => log.error({ err }, 'old requests could not be forgotten')
  const stop = keepSmall(recorder, registry, { bytes: journalSize, now, failed })
  return {
    recorder,
    async close() {
      stop()
      await recorder.close()
      losses.close()
    },
  }
}

// e.g. '0.0.0.0' (listen everywhere) -> '127.0.0.1'; '::1' -> '[::1]'
function reachable(host: string): string {
  if (host === '0.0.0.0') return '127.0.0.1'
  if (host === '::') return '[::1]'
  return host.includes(':') ? `[${host}]` : host
}
