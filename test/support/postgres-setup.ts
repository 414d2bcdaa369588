/**
 * One PostgreSQL server for a whole run of the tests: the one that `ROLLCALL_TEST_POSTGRES` names, a
 * URL whose user may create databases, or else one of our own. Without either nothing runs.
 *
 * @module
 */

import { randomUUID } from 'node:crypto'
import type { TestProject } from 'vitest/node'
import { openPostgres } from '../../src/stores/postgres/open.ts'
import { administer, databases, type TestPostgres } from './postgres.ts'
import { initialise, start, unpackBinaries } from './postgres-server.ts'

let down: () => Promise<void>

/** Vitest calls it before the first test. */
export async function setup({ provide }: Pick<TestProject, 'provide'>) {
  const { url, stop } = await server()
  const template = `rollcall_test_${randomUUID().slice(0, 8)}`
  const postgres: TestPostgres = { url, template }
  try {
    await administer(postgres, `create database ${template} template template0 encoding 'UTF8'`)
    const store = await openPostgres({ url: urlOf(postgres) })
    await store.close()
  } catch (error) {
    await stop()
    throw error
  }
  provide('postgres', postgres)
  down = async () => {
    for (const name of await databases(postgres)) {
      await administer(postgres, `drop database ${name} with (force)`)
    }
    await stop()
  }
}

/** Vitest calls it after the last test. */
export const teardown = () => down()

const urlOf = ({ url, template }: TestPostgres) =>
  Object.assign(new URL(url), { pathname: `/${template}` }).href

async function server(): Promise<{ readonly url: string; stop(): Promise<void> }> {
  const named = process.env.ROLLCALL_TEST_POSTGRES
  if (named !== undefined && named !== '') return { url: named, stop: async () => undefined }
  const binaries = await unpackBinaries()
  try {
    const running = await start(binaries, await initialise(binaries))
    const stop = async () => {
      await running.stop()
      binaries.remove()
    }
    return { url: running.url('postgres'), stop }
  } catch (error) {
    binaries.remove()
    throw error
  }
}
