/**
 * A service of its own for a file of tests, or a part of one, with somebody who looks at it in a browser.
 *
 * @module
 */

import type { Browser } from 'playwright-core'
import { afterAll, beforeAll } from 'vitest'
import { type Service, service, workplace } from '../support/service.ts'
import { launch } from './browser.ts'
import { becomeOwner, type Visitor, visit } from './visitor.ts'

export interface Watched {
  running(): Service
  /** In the theme and the width that are given, signed in, at no address yet. The one before is gone. */
  look(colorScheme?: 'light' | 'dark', width?: number): Promise<Visitor>
}

/**
 * @param prepare Once it runs and has its first owner.
 * @param fill Before it starts.
 */
export function withService(
  prepare: (running: Service) => Promise<void> = async () => {},
  fill: (database: string) => Promise<unknown> = async () => {},
): Watched {
  const work = workplace()
  let browser: Browser
  let running: Service
  let visitor: Visitor | undefined
  beforeAll(async () => {
    await fill(work.database)
    browser = await launch()
    running = await service(work.database)
    await becomeOwner(running)
    await prepare(running)
  }, 600_000)
  afterAll(async () => {
    await visitor?.close()
    await browser.close()
    await running.stop()
    work.remove()
  })
  return {
    running: () => running,
    async look(colorScheme = 'light', width = 1280) {
      await visitor?.close()
      visitor = await visit(running, { colorScheme, viewport: { width, height: 900 } }, browser)
      return visitor
    },
  }
}
