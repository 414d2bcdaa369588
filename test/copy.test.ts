/**
 * `rollcall copy` and `rollcall migrate`: the real program, from SQLite to PostgreSQL and back.
 */

import { symlink } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { databaseAddress } from '../src/server/config.ts'
import { copy } from '../src/server/copy.ts'
import { openDatabase } from '../src/server/database.ts'
import type { Transfer } from '../src/store/transfer.ts'
import { administer, freshDatabase, type TestDatabase } from './support/postgres.ts'
import { command, launch, rollcall, send, service, workplace } from './support/service.ts'

const { path, database: sqlite, remove } = workplace()
let postgres: TestDatabase

beforeAll(async () => {
  const made = await command(['demo', '--users', '1500', '--database', sqlite])
  expect(made.code, made.stderr).toBe(0)
  // A start makes keys and secrets, and somebody leaves.
  const server = await service(sqlite)
  const page = await (await send(server, '/Users?count=1', server.key)).json()
  const { id } = (page as ListPage).Resources[0] as { id: string }
  expect((await send(server, `/Users/${id}`, server.key, undefined, 'DELETE')).status).toBe(204)
  await server.stop()
  postgres = await freshDatabase()
})

afterAll(async () => {
  remove()
  await postgres.drop()
})

interface ListPage {
  readonly totalResults: number
  readonly Resources: readonly { readonly id: string }[]
}

/** A database that fails after so many writes. */
function failing(to: Transfer, writes: number): Transfer {
  let left = writes
  return {
    ...to,
    async insert(table, rows) {
      if (left-- <= 0) throw new Error('cut off')
      await to.insert(table, rows)
    },
  }
}

test('a copy that was cut off is refused by a server, and gone on with by the same command', async () => {
  const from = await openDatabase(databaseAddress(sqlite), { create: false, lock: true })
  const to = await openDatabase(databaseAddress(postgres.url), { create: true, lock: false })
  for (const writes of [1, 3, 5, 4]) {
    await expect(copy(from.transfer, failing(to.transfer, writes), () => {})).rejects.toThrow(
      'cut off',
    )
  }
  await from.close()
  await to.close()

  const refused = await rollcall(['serve', '--port', '0', '--database', postgres.url])
  expect(refused.code).toBe(1)
  expect(refused.stderr).toContain('was not finished; run it again')

  for (const line of ['key create --name k', 'tenant create t', 'demo --users 10', 'user list']) {
    const { code, stderr } = await command([...line.split(' '), '--database', postgres.url])
    expect([code, stderr], line).toEqual([1, expect.stringContaining('was not finished')])
  }
  const looked = await command(['doctor', '--database', postgres.url])
  expect([looked.code, looked.stdout]).toEqual([1, expect.stringMatching(/^problem +copy +/m)])

  const copied = await rollcall(['copy', '--from', sqlite, '--to', postgres.url])
  expect(copied.code, copied.stderr).toBe(0)
  expect(copied.stdout.match(/^ok /gm)).toHaveLength(16)

  const back = `sqlite:${join(path, 'back.db')}`
  const returned = await command(['copy', '--from', postgres.url, '--to', back, '--json'])
  expect(returned.code, returned.stderr).toBe(0)
  const tables = JSON.parse(returned.stdout) as { table: string; rows: number; same: boolean }[]
  expect(tables.every(({ same }) => same)).toBe(true)
  expect(tables.find(({ table }) => table === 'suspended')?.rows).toBe(1)
})

test('a server on the copy answers what the first one answered, keys and cursors included', async () => {
  const made = await command(['key', 'create', '--name', 'k', '--database', sqlite])
  const key = made.stdout.trim().split('\n').at(-1) as string
  const other = await freshDatabase()
  expect((await command(['copy', '--from', sqlite, '--to', other.url])).code).toBe(0)
  const answers = async (database: string) => {
    const server = await service(database, ['--public-url', 'https://id.example.com'])
    const pages: unknown[] = []
    for (const path of ['/Users?count=500', '/Groups?count=50', '/Users?filter=active eq false']) {
      const response = await send(server, path, key)
      expect(response.status).toBe(200)
      pages.push(await response.json())
    }
    await server.stop()
    return pages
  }
  expect(await answers(other.url)).toEqual(await answers(sqlite))
  await other.drop()
})

test('a database that holds something else is refused, and keeps it', async () => {
  const other = await freshDatabase()
  await command(['key', 'create', '--name', 'k', '--database', other.url])
  const { code, stderr } = await command(['copy', '--from', sqlite, '--to', other.url])
  expect(code).toBe(1)
  expect(stderr).toContain('nothing was copied: --to holds tenants already')
  expect((await command(['key', 'list', '--database', other.url])).stdout).toContain(' k ')
  await other.drop()
})

test('sides that differ are told, table by table, and the copy stays unfinished', async () => {
  const other = await freshDatabase()
  await administer(
    other,
    `create function spoil() returns trigger language plpgsql as
       $$ begin new.label := 'spoilt'; return new; end $$;
     create trigger spoil before insert on resources for each row execute function spoil()`,
  )
  const { code, stdout, stderr } = await command(['copy', '--from', sqlite, '--to', other.url])
  expect(code).toBe(1)
  expect(stdout).toMatch(/^differs +resources/m)
  expect(stdout).toMatch(/^ok +edges/m)
  expect(stderr).toContain('The two sides differ')
  expect(stderr).toContain('Empty it (drop the database')
  const refused = await command(['serve', '--port', '0', '--database', other.url])
  expect(refused.stderr).toContain('was not finished')
  await other.drop()
})

test('a database is not copied into itself, by whatever name', async () => {
  const other = await freshDatabase()
  const aliased = other.url.replace(/\/r(\w+)$/, '/%72$1')
  expect(aliased).not.toBe(other.url)
  await symlink(join(path, 'data'), join(path, 'alias'))
  for (const [from, to] of [
    [sqlite, `sqlite:${join(path, 'alias', 'rollcall.db')}`],
    [other.url, other.url],
    [other.url, aliased],
  ] as const) {
    const { code, stderr } = await command(['copy', '--from', from, '--to', to])
    expect(code).toBe(1)
    expect(stderr).toContain('--from and --to are the same database')
  }
  // The mark is gone again.
  expect((await command(['tenant', 'list', '--database', other.url])).code).toBe(0)
  await other.drop()
})

test('an unfinished copy is not copied on', async () => {
  const to = `sqlite:${join(path, 'part.db')}`
  const from = await openDatabase(databaseAddress(sqlite), { create: false, lock: false })
  const part = await openDatabase(databaseAddress(to), { create: true, lock: false })
  await expect(copy(from.transfer, failing(part.transfer, 2), () => {})).rejects.toThrow('cut off')
  await from.close()
  await part.close()
  const more = `sqlite:${join(path, 'more.db')}`
  const { code, stderr } = await command(['copy', '--from', to, '--to', more])
  expect([code, stderr]).toEqual([1, expect.stringContaining('--from holds a copy itself')])
})

test('Ctrl-C ends a copy with a word, and the same command goes on', async () => {
  const words = ['copy', '--from', sqlite, '--to', `sqlite:${join(path, 'ended.db')}`]
  const child = launch(words)
  child.process.stderr?.once('data', () => child.process.kill('SIGINT'))
  const { code, stdout, stderr } = await child.done
  expect([code, stdout]).toEqual([130, ''])
  expect(stderr).toMatch(/^copying [\d,]+ rows\n/)
  expect(stderr).toContain('Ended early; the same command goes on.')
  expect((await command(words)).code).toBe(0)
})

test('two demos at once on one database end with a sentence, or well', async () => {
  const other = await freshDatabase()
  const words = ['demo', '--users', '400', '--database', other.url]
  const ended = await Promise.all([rollcall(words), rollcall(words)])
  for (const { code, stderr } of ended) {
    expect(stderr).not.toContain('duplicate key')
    if (code !== 0) expect(stderr).toMatch(/another demo|somebody here holds|gave up while/)
  }
  expect((await command(words)).code).toBe(0)
  await other.drop()
})

test('a running server keeps its file from being copied', async () => {
  const server = await service(sqlite)
  const { code, stderr } = await command(['copy', '--from', sqlite, '--to', postgres.url])
  await server.stop()
  expect(code).toBe(1)
  expect(stderr).toContain('another server is running')
})

test('migrate makes and updates a database, and says what it is', async () => {
  const other = await freshDatabase({ bare: true })
  for (const database of [other.url, `sqlite:${join(path, 'new.db')}`]) {
    const first = await rollcall(['migrate', '--to', database])
    expect(first.code, first.stderr).toBe(0)
    expect(first.stderr).toContain('001-begin.sql')
    const second = await command(['migrate', '--to', database])
    expect(second.stdout).toBe(first.stdout)
    expect(second.stderr).toContain('Nothing was to be done')
  }
  await other.drop()
})
