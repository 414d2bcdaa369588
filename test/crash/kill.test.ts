/**
 * `kill -9` in the middle of writes, over and over on one database (the README's guarantee 1).
 *
 * Each round starts the real server, lets many writers write until the process is killed at a random
 * moment, and starts it again. Whatever was acknowledged must be there; whatever was not must be
 * there whole or not at all. `ROLLCALL_CRASH_ROUNDS` asks for more rounds than the default.
 */

import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { GROUP, USER } from '../../src/protocol/urn.ts'
import { patchOf } from '../support/client.ts'
import { freshDatabase, type TestDatabase } from '../support/postgres.ts'
import { type Service, send, service, workplace } from '../support/service.ts'

const ROUNDS = Number(process.env.ROLLCALL_CRASH_ROUNDS ?? 12)
const WRITERS = 16
/** Users a round has at least, before the server is killed. */
const ENOUGH = 10

/** A database of each kind that outlives a server, gone after the tests. */
const place = workplace()
let postgres: TestDatabase
beforeAll(async () => {
  postgres = await freshDatabase({ bare: true })
})
afterAll(async () => {
  place.remove()
  await postgres.drop()
})
const databases = { sqlite: () => place.database, postgres: () => postgres.url }

/** What a writer was told, and what it had asked when the server died. */
interface Log {
  readonly created: { readonly id: string; readonly userName: string }[]
  readonly joined: string[]
  readonly renamed: Map<string, { acknowledged: string; asked: string }>
  readonly unanswered: string[]
}

describe.each(['sqlite', 'postgres'] as const)('kill -9 in the middle of writes, on %s', (kind) => {
  test(`${ROUNDS} rounds lose nothing that was acknowledged`, { timeout: 400_000 }, async () => {
    const database = databases[kind]()
    let server = await service(database)
    const key = server.key as string
    const group = await caller(server, key)('POST', '/Groups', {
      schemas: [GROUP],
      displayName: 'Everyone',
    })
    const members = new Set<string>()
    let acknowledged = 0
    for (let round = 0; round < ROUNDS; round++) {
      const log: Log = { created: [], joined: [], renamed: new Map(), unanswered: [] }
      const writers = Array.from({ length: WRITERS }, (_, writer) =>
        write(caller(server, key), group.body.id, `r${round}w${writer}`, log),
      )
      while (log.created.length < ENOUGH) await sleep(5)
      await sleep(Math.random() * 400)
      server.process.kill('SIGKILL')
      await server.done
      await Promise.all(writers)

      server = await service(database)
      for (const id of log.joined) members.add(id)
      acknowledged += await verify(caller(server, key), log)
      await verifyMembers(caller(server, key), group.body.id, members)
    }
    await server.stop()
    expect(acknowledged).toBeGreaterThanOrEqual(ROUNDS * ENOUGH)
  })
})

/** Creates users, puts each into the group and renames it, until nobody answers any more. */
async function write(call: Call, group: string, name: string, log: Log): Promise<void> {
  for (let n = 0; ; n++) {
    const userName = `${name}n${n}@example.com`
    try {
      log.unanswered.push(userName)
      const { status, body } = await call('POST', '/Users', { schemas: [USER], userName })
      if (status !== 201) throw new Error(`unexpected ${status}: ${JSON.stringify(body)}`)
      log.unanswered.splice(log.unanswered.indexOf(userName), 1)
      log.created.push({ id: body.id, userName })
      await patch(call, `/Groups/${group}`, {
        op: 'add',
        path: 'members',
        value: [{ value: body.id }],
      })
      log.joined.push(body.id)
      const rename = { acknowledged: '', asked: '' }
      log.renamed.set(body.id, rename)
      for (const title of ['first', 'second']) {
        rename.asked = title
        await patch(call, `/Users/${body.id}`, { op: 'replace', path: 'title', value: title })
        rename.acknowledged = title
      }
    } catch (error) {
      if (error instanceof Error && error.message.startsWith('unexpected')) throw error
      return
    }
  }
}

async function patch(call: Call, path: string, operation: unknown) {
  const { status, body } = await call('PATCH', path, patchOf(operation))
  if (status !== 200 && status !== 204) {
    throw new Error(`unexpected ${status}: ${JSON.stringify(body)}`)
  }
}

async function verify(call: Call, log: Log): Promise<number> {
  for (const { id, userName } of log.created) {
    const { status, body } = await call('GET', `/Users/${id}`)
    expect(status, `${userName} was acknowledged`).toBe(200)
    expect(body.userName).toBe(userName)
    const rename = log.renamed.get(id)
    if (rename === undefined) continue
    const titles =
      rename.acknowledged === rename.asked ? [rename.asked] : [rename.acknowledged, rename.asked]
    expect(titles).toContain(body.title ?? '')
    const found = await call(
      'GET',
      `/Users?filter=${encodeURIComponent(`userName eq "${userName}"`)}`,
    )
    expect(found.body.totalResults).toBe(1)
  }
  for (const userName of log.unanswered) {
    const found = await call(
      'GET',
      `/Users?filter=${encodeURIComponent(`userName eq "${userName}"`)}`,
    )
    expect(found.body.totalResults).toBeLessThanOrEqual(1)
    // All or nothing: when the name is there, so is the user, and when not, it is free.
    if (found.body.totalResults === 1) {
      expect(found.body.Resources[0].userName).toBe(userName)
    } else {
      const again = await call('POST', '/Users', { schemas: [USER], userName })
      expect(again.status).toBe(201)
    }
  }
  return log.created.length
}

async function verifyMembers(call: Call, group: string, members: ReadonlySet<string>) {
  const { body } = await call('GET', `/Groups/${group}`)
  const there = new Set((body.members ?? []).map(({ value }: { value: string }) => value))
  expect([...members].filter((id) => !there.has(id))).toEqual([])
}

// biome-ignore lint/suspicious/noExplicitAny: a test reads whatever was answered
type Call = (method: string, path: string, body?: unknown) => Promise<{ status: number; body: any }>

function caller(server: Service, key: string): Call {
  return async (method, path, body) => {
    const response = await send(server, path, key, body, method)
    const text = await response.text()
    return { status: response.status, body: text === '' ? undefined : JSON.parse(text) }
  }
}
