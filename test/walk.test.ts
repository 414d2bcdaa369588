/**
 * A walk over a hundred thousand users while others come and go (RFC 9865): whoever lived throughout is
 * returned exactly once.
 *
 * They are made once, on SQLite, and copied to PostgreSQL.
 */

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { userType } from '../src/protocol/schema/core/types.ts'
import { copy } from '../src/server/copy.ts'
import { newResource } from '../src/store/contract/arena.ts'
import { openPostgres } from '../src/stores/postgres/open.ts'
import { openSqlite, type SqliteStore } from '../src/stores/sqlite/open.ts'
import { type App, startApp } from './support/app.ts'
import { freshDatabase } from './support/postgres.ts'
import type { OpenStore } from './support/stores.ts'

const USERS = 100_000
const PAGE = 1_000

const folder = mkdtempSync(join(tmpdir(), 'rollcall-'))
const everybody: string[] = []
let sqlite: SqliteStore

beforeAll(async () => {
  sqlite = await openSqlite({ file: join(folder, 'rollcall.db'), bulk: true })
  const rows = sqlite.tenant('main')
  const write = { at: 1_700_000_000_000, actor: 'test', request: 'test', view: { edges: [] } }
  for (let from = 0; from < USERS; from += 10_000) {
    const some = Array.from({ length: 10_000 }, (_, index) => {
      const number = String(from + index)
      const id = `${number.padStart(6, '0')}-x`
      return rows.create(newResource(userType, id, { userName: `user-${number}` }), write)
    })
    everybody.push(...(await Promise.all(some)).map(({ id }) => id))
  }
}, 300_000)

afterAll(async () => {
  await sqlite.close()
  rmSync(folder, { recursive: true })
})

async function onPostgres(): Promise<OpenStore> {
  const { url, drop } = await freshDatabase()
  const store = await openPostgres({ url, bulk: true })
  const tables = await copy(sqlite.transfer, store.transfer, () => undefined)
  expect(tables.every(({ same }) => same)).toBe(true)
  return { store, registry: store.registry, close: () => store.close().then(drop) }
}

// The copy is made before anybody comes or goes.
const STORES: readonly [string, () => Promise<OpenStore>][] = [
  ['postgres', onPostgres],
  [
    'sqlite',
    async () => ({ store: sqlite, registry: sqlite.registry, close: async () => undefined }),
  ],
]

describe.each(STORES)('a walk over 100,000 users, on %s', (_, open) => {
  let app: App
  const ids: string[] = []
  beforeAll(async () => {
    ids.push(...everybody)
    app = await startApp({ opened: await open() })
  }, 300_000)
  afterAll(() => app.close())

  test.each([
    ['in the order of ids', ''],
    ['by userName', '&sortBy=userName'],
    ['by userName, descending', '&sortBy=userName&sortOrder=descending'],
  ])('%s returns every user who lived throughout exactly once', async (_, order) => {
    const gone = new Set<string>()
    let turn = 0
    const disturb = async () => {
      turn += 1
      const body = { schemas: [userType.schema.id], userName: `late-${order}${turn}` }
      const leaving = ids.splice((turn * 7919) % ids.length, 1)[0] ?? ''
      gone.add(leaving)
      const deleted = await app.fetch(`/Users/${leaving}`, { method: 'DELETE' })
      expect(deleted.status).toBe(204)
      const created = await app.fetch('/Users', { method: 'POST', body })
      expect(created.status).toBe(201)
    }

    const seen = new Map<string, number>()
    let cursor: string | undefined = ''
    while (cursor !== undefined) {
      const query = `?attributes=id&count=${PAGE}${order}&cursor=${cursor}`
      const [page] = await Promise.all([app.fetch(`/Users${query}`), disturb(), disturb()])
      const { Resources, nextCursor } = (await page.json()) as ListPage
      for (const { id } of Resources) seen.set(id, (seen.get(id) ?? 0) + 1)
      cursor = nextCursor
    }
    expect([...seen.values()].filter((times) => times !== 1)).toEqual([])
    expect(ids.filter((id) => !seen.has(id))).toEqual([])
    expect(gone.size).toBeGreaterThan(USERS / PAGE)
  })
})

interface ListPage {
  readonly Resources: readonly { readonly id: string }[]
  readonly nextCursor?: string
}
