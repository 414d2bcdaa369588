/**
 * What a database does when it fails, and what clients see of it (decisions/007).
 *
 * Each test does something bad to the server, or to the way there, while clients write. They are told
 * success or 503, within the deadline; what they were told is true; and afterwards all is well.
 */

import { createHash } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, expect, test } from 'vitest'
import { openPostgres } from '../../src/stores/postgres/open.ts'
import { type App, startApp } from '../support/app.ts'
import { userOf } from '../support/client.ts'
import { startLoad } from '../support/load.ts'
import { administer, freshDatabase } from '../support/postgres.ts'
import { unpackBinaries } from '../support/postgres-server.ts'
import { addStandby, initialisedPrimary } from '../support/postgres-standby.ts'
import { proxyTo, type Way } from '../support/proxy.ts'

/** How long a request may take at the database, in milliseconds. */
const DEADLINE = 3_000
/** And what a busy machine may add until the answer is here. */
const SLACK = 5_000

const cleanups: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup()
})

/** The service on a database behind a proxy. */
async function behindProxy(url: string): Promise<{ app: App; proxy: Way }> {
  const { port, hostname } = new URL(url)
  expect(['127.0.0.1', 'localhost'], 'the server of the tests is on this machine').toContain(
    hostname,
  )
  const proxy = await proxyTo(Number(port))
  cleanups.push(() => proxy.close())
  const through = Object.assign(new URL(url), { port: String(proxy.port) }).href
  const store = await openPostgres({ url: through, milliseconds: DEADLINE })
  const app = await startApp({
    opened: { store, registry: store.registry, close: () => store.close() },
  })
  cleanups.push(() => app.close())
  return { app, proxy }
}

async function onFreshDatabase() {
  const { url, drop } = await freshDatabase()
  cleanups.push(drop)
  return { url, ...(await behindProxy(url)) }
}

const post = (app: App, userName: string) =>
  app.fetch('/Users', { method: 'POST', body: userOf(userName) })

/** Waits until a request succeeds. */
async function heals(app: App): Promise<void> {
  for (let n = 0; ; n++) {
    if ((await post(app, `healed${n}`)).status === 201) return
    expect(n).toBeLessThan(50)
    await sleep(100)
  }
}

test('sessions that the server ends, over and over, under load', async () => {
  const { app, url } = await onFreshDatabase()
  const load = await startLoad(app)
  for (let round = 0; round < 20; round++) {
    await sleep(100)
    await administer({ url }, END_SESSIONS)
  }
  await load.stop()
  expect(load.answered).toBeGreaterThan(30)
  expect(load.longest).toBeLessThan(DEADLINE + SLACK)
  await heals(app)
  await load.verify()
  expect(app.faults).toEqual([])
})

const END_SESSIONS = `select pg_terminate_backend(pid) from pg_stat_activity
  where datname = current_database() and application_name = 'rollcall' and random() < 0.5`

test('connections that are cut, over and over, under load', async () => {
  const { app, proxy } = await onFreshDatabase()
  const load = await startLoad(app)
  for (let round = 0; round < 20; round++) {
    await sleep(100)
    proxy.cut()
  }
  await load.stop()
  expect(load.answered).toBeGreaterThan(30)
  expect(load.longest).toBeLessThan(DEADLINE + SLACK)
  await heals(app)
  await load.verify()
  expect(app.faults).toEqual([])
})

const isCommitted = (bytes: Buffer) => bytes.includes('COMMIT\0')

test('a COMMIT whose answer is lost has happened, once', async () => {
  const { app, proxy } = await onFreshDatabase()
  for (const name of ['ada', 'grace', 'mary']) {
    const lost = proxy.lose('database', isCommitted)
    const response = await post(app, name)
    await lost
    expect(response.status).toBe(201)
    const { id } = (await response.json()) as { id: string }
    const log = await app.store.tenant('main').changes({ after: 0, limit: 100, about: id })
    expect(log.map(({ kind }) => kind)).toEqual(['created'])
  }
  expect((await (await app.fetch('/Users')).json()) as unknown).toMatchObject({ totalResults: 3 })
})

// The driver sends the name of a prepared statement, which we make of its text.
const COMMIT = createHash('sha256').update('commit').digest('hex').slice(0, 24)

test('a COMMIT that is lost on its way has not happened, and the work is done again', async () => {
  const { app, proxy } = await onFreshDatabase()
  for (const name of ['ada', 'grace', 'mary']) {
    // A new connection sends the text of each statement with its first use.
    proxy.cut()
    const lost = proxy.lose('node', (bytes) => bytes.includes(COMMIT) && bytes.includes('tallies'))
    const response = await post(app, name)
    await lost
    expect(response.status).toBe(201)
    const { id } = (await response.json()) as { id: string }
    const log = await app.store.tenant('main').changes({ after: 0, limit: 100, about: id })
    expect(log.map(({ kind }) => kind)).toEqual(['created'])
  }
  expect((await (await app.fetch('/Users')).json()) as unknown).toMatchObject({ totalResults: 3 })
})

test('a black hole between node and database: 503 within the deadline, and then all is well', async () => {
  const { app, proxy } = await onFreshDatabase()
  const load = await startLoad(app)
  await sleep(500)
  proxy.swallow(true)
  await sleep(DEADLINE + 1_000)
  expect(load.refused).toBeGreaterThan(0)
  // What was swallowed is gone, and so are the connections it went over, though nobody was told.
  proxy.swallow(false)
  await heals(app)
  await load.stop()
  expect(load.longest).toBeLessThan(DEADLINE + SLACK)
  await load.verify()
  expect(app.faults).toEqual([])
})

test('a failover to a standby that is promoted by hand', { timeout: 180_000 }, async () => {
  const binaries = await unpackBinaries()
  cleanups.push(async () => binaries.remove())
  const primary = await initialisedPrimary(binaries)
  let isUp = true
  cleanups.push(async () => isUp && (await primary.stop()))
  await administer({ url: primary.url('postgres') }, `create database rollcall encoding 'UTF8'`)
  const standby = await addStandby(binaries, primary)
  cleanups.push(() => standby.stop())

  const { app, proxy } = await behindProxy(primary.url('rollcall'))
  const load = await startLoad(app)
  await sleep(2_000)
  const before = load.answered
  await primary.kill()
  isUp = false
  proxy.cut()
  proxy.lead(standby.port)
  // Nodes find a standby, which they do not write to.
  await sleep(500)
  await administer({ url: standby.url('postgres') }, 'alter system reset synchronous_standby_names')
  await administer({ url: standby.url('postgres') }, 'select pg_promote()')
  await heals(app)
  await sleep(1_000)
  await load.stop()
  expect(load.answered).toBeGreaterThan(before)
  expect(load.longest).toBeLessThan(DEADLINE + SLACK)
  await load.verify()
  expect(app.faults).toEqual([])
})
