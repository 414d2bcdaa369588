/**
 * A suite over every store, beside a tenant that must never notice.
 *
 * After each test, whatever it did: the second tenant's rows are byte for byte what they were, no
 * fault of ours was thrown, and nothing was answered with a 5xx but the 501 of what is not built.
 *
 * @module
 */

import { afterAll, afterEach, beforeAll, beforeEach, describe, expect } from 'vitest'
import { type App, type AppOptions, rowsOf, startApp } from './app.ts'
import { type Client, client } from './client.ts'
import { STORES, type StoreKind } from './stores.ts'

export interface Suite extends Client {
  readonly kind: StoreKind
  /** The service of the test at hand. */
  readonly app: App
  /** Puts a service with other options in its place; what was in the first one is gone. */
  restart(options: Omit<AppOptions, 'store'>): Promise<void>
  /** Every row of the tenant under test, as text. */
  rows(): Promise<string>
}

export function onEveryStore(subject: string, tests: (suite: Suite) => void): void {
  forEveryStore(subject, tests, beforeEach, afterEach)
}

/** The same for tests that only read: one service serves them all, filled in a `beforeAll`. */
export function readOnEveryStore(subject: string, tests: (suite: Suite) => void): void {
  forEveryStore(subject, tests, beforeAll, afterAll)
}

function forEveryStore(
  subject: string,
  tests: (suite: Suite) => void,
  before: typeof beforeEach | typeof beforeAll,
  after: typeof afterEach | typeof afterAll,
): void {
  for (const kind of STORES) {
    describe(`${subject}, on ${kind}`, () => {
      let running: { readonly app: App; readonly canary: string } | undefined

      const start = async (options: Omit<AppOptions, 'store'> = {}) => {
        const app = await startApp({ ...options, store: kind })
        running = { app, canary: await app.canary() }
      }
      const stop = async () => {
        if (running === undefined) return
        const { app, canary } = running
        running = undefined
        const after = await app.canary()
        await app.close()
        expect(app.faults).toEqual([])
        expect(after).toBe(canary)
        const failed = app.entries.filter(({ status }) => status >= 500 && status !== 501)
        expect(failed).toEqual([])
      }
      const app = () => running?.app as App
      before(() => start())
      after(stop)

      tests({
        kind,
        get app() {
          return app()
        },
        restart: async (options) => {
          await stop()
          await start(options)
        },
        rows: () => rowsOf(app().store, 'main'),
        ...client(app),
      })
    })
  }
}
