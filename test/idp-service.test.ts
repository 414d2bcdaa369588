/**
 * The recorded conversations once more, against the program as `npm start` runs it: a socket, a key,
 * SQLite on disk, argon2id. Each has a tenant of its own.
 */

import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Recording, runConversation } from './support/conversation.ts'
import { command, type Service, service, workplace } from './support/service.ts'

const FOLDER = join(import.meta.dirname, '..', 'idp')
const files = readdirSync(FOLDER).filter((file) => file.endsWith('.json'))

describe('the running service takes from first to last', () => {
  const { database, remove } = workplace()
  let running: Service
  beforeAll(async () => {
    running = await service(database)
  })
  afterAll(async () => {
    await running.stop()
    remove()
  })

  test.each(files)('%s', async (file) => {
    const recording = JSON.parse(readFileSync(join(FOLDER, file), 'utf8')) as Recording
    const name = file.replace('.json', '')
    await command(['tenant', 'create', name, '--database', database])
    const made = await command([
      ...['key', 'create', '--name', 'idp', '--tenant', name, '--database', database],
    ])
    const key = made.stdout.trim().split('\n').at(-1)
    expect(key).toMatch(/^rc_\w{38,}$/)
    await runConversation(
      recording,
      (path, { method, headers, body }) =>
        fetch(running.baseUrl + path, {
          method,
          headers: {
            Authorization: `Bearer ${key}`,
            ...(body === undefined ? {} : { 'Content-Type': 'application/scim+json' }),
            ...headers,
          },
          ...(body === undefined
            ? {}
            : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
        }),
      { baseUrl: running.baseUrl },
    )
  })
})
