import { copyFileSync, existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import {
  expectCounts,
  expectSuspended,
  groupsOfTwo,
  suspendThree,
} from '../../../test/support/counts-before.ts'
import { expectIds, noteNames } from '../../../test/support/nameless-acts.ts'
import { expectFound, suspendTwo } from '../../../test/support/suspended-before.ts'
import { groupType, userType } from '../../protocol/schema/core/types.ts'
import { arena, part, Scene, tenantNamed } from '../../store/contract/arena.ts'
import { journalContract } from '../../store/contract/journal.ts'
import { FEW, journalWalks } from '../../store/contract/journal-walks.ts'
import { operatorsContract } from '../../store/contract/operators.ts'
import type { OpenedOperators } from '../../store/contract/people.ts'
import { type Opened, storeContract } from '../../store/contract.ts'
import { RehearsalTooLong } from '../../store/store.ts'
import type { SearchLimits } from '../sql/journal-search.ts'
import { Connection } from './connection.ts'
import { openSqliteJournal } from './journal.ts'
import { openSqlite, type SqliteOptions, type SqliteStore } from './open.ts'

async function open(options: Partial<SqliteOptions> = {}): Promise<Opened & OpenedOperators> {
  const folder = mkdtempSync(join(tmpdir(), 'rollcall-'))
  const file = join(folder, 'rollcall.db')
  let store = await openSqlite({ ...options, file })
  const opened = () => ({
    store,
    registry: store.registry,
    operators: store.operators,
    close,
    reopen,
  })
  const close = async () => {
    await store.close()
    rmSync(folder, { recursive: true })
  }
  const reopen = async () => {
    await store.close()
    store = await openSqlite({ ...options, file })
    return opened()
  }
  return opened()
}

describe('SQLite', () => {
  storeContract({ open: () => open() })
  operatorsContract(() => open())
  const openJournal = (limits?: SearchLimits) => async (now: () => number) => {
    const folder = mkdtempSync(join(tmpdir(), 'rollcall-'))
    const file = join(folder, 'rollcall.requests.db')
    const journal = openSqliteJournal({ file, now, ...(limits && { limits }) })
    const close = async () => {
      await journal.close()
      rmSync(folder, { recursive: true })
    }
    return { journal, close }
  }
  journalContract(openJournal())
  journalWalks(openJournal(FEW))

  test('the journal has of a request what was kept of it before there were columns', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'rollcall-'))
    const options = { file: join(folder, 'requests.db'), now: () => 1 }
    await openSqliteJournal(options).close()
    const connection = new Connection(options.file)
    connection.exec(`
      insert into requests (tenant, seq, status, milliseconds, at, result, method, path, request_id, quirks, bytes)
        values ('t', 7, 200, 1, 1, 'success', 'GET', '/Users', 'r', '', 1);
      insert into request_contents (seq, tenant, data) values (7, 't',
        '{"query":"count=1","route":"/Users","request":{"body":"asked"},"response":{"body":"told"}}')`)
    connection.close()
    const journal = openSqliteJournal(options)
    expect(await journal.request('t', '7')).toMatchObject({
      ...{ query: 'count=1', route: '/Users' },
      ...{ request: { body: 'asked' }, response: { body: 'told' } },
    })
    expect((await journal.search('t', { limit: 1 })).rows).toMatchObject([{ query: '' }])
    await journal.close()
    rmSync(folder, { recursive: true })
  })

  // So that everything that may scan does, in its thread.
  describe('where nothing is near', () => {
    storeContract({ open: () => open({ near: { entries: 2, looks: 2 } }) })
  })

  test('skips nobody on a walk by numbers when somebody before has left', async () => {
    const { store, registry, close } = await open()
    const at = await arena({ store, registry, close }).scene()
    const ids: string[] = []
    for (let index = 0; index < 12; index++) ids.push((await at.user(`user-${index}`)).id)
    const leaving = [...ids]
    const walked = await at.leaf({ parts: [part(userType)] }, 3, () =>
      at.suspend(leaving.shift() as string),
    )
    expect(walked.slice(0, 9)).toEqual(ids.slice(0, 9))
    await close()
  })

  test('gives up what is only rehearsed when it takes long, and undoes it', async () => {
    const { store, registry, close } = await open({ rehearsalMilliseconds: -1 })
    const at = await arena({ store, registry, close }).scene()
    const { id } = await at.user('somebody')
    const tenant = (await registry.tenants())[0]?.id as string
    const rehearsed = new Scene((store as SqliteStore).rehearsal(tenant).store)
    await expect(rehearsed.user('another')).rejects.toThrow(RehearsalTooLong)
    await expect(rehearsed.suspend(id)).rejects.toThrow(RehearsalTooLong)
    expect((await at.readUser(id))?.version).toBe(1)
    expect((await at.user('later')).version).toBe(1)
    await close()
  })

  test('names accounts in what people did by their ids, before and after a migration', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'rollcall-'))
    const file = join(folder, 'rollcall.db')
    const before = await openSqlite({ file })
    const subjects = await noteNames(before)
    await before.close()
    const connection = new Connection(file)
    connection.exec('delete from migrations where number = 7')
    connection.close()
    const after = await openSqlite({ file })
    await expectIds(after, subjects)
    await after.close()
    rmSync(folder, { recursive: true })
  })

  test('finds who was suspended before it noted by what', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'rollcall-'))
    const file = join(folder, 'rollcall.db')
    const before = await openSqlite({ file })
    const ids = await suspendTwo(before)
    await expectFound(before, ids)
    await before.close()
    const connection = new Connection(file)
    connection.exec('drop table suspended_values; delete from migrations where number = 9')
    connection.close()
    const after = await openSqlite({ file })
    await expectFound(after, ids)
    await after.close()
    rmSync(folder, { recursive: true })
  })

  test('counts members that were there before they were counted', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'rollcall-'))
    const file = join(folder, 'rollcall.db')
    const before = await openSqlite({ file })
    const counts = await groupsOfTwo(before)
    await before.close()
    const connection = new Connection(file)
    connection.exec('alter table resources drop column members')
    connection.exec('delete from migrations where number = 10')
    connection.close()
    const after = await openSqlite({ file })
    await expectCounts(after, counts)
    await after.close()
    rmSync(folder, { recursive: true })
  })

  test('a group that is deleted leaves no edge, whatever its count says', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'rollcall-'))
    const file = join(folder, 'rollcall.db')
    const store = await openSqlite({ file })
    const [group] = [...(await groupsOfTwo(store)).keys()]
    const connection = new Connection(file)
    connection.exec('update resources set members = 0')
    await new Scene(store.tenant('t')).delete(groupType, group as string)
    const left = "select * from edges where tenant = 't' and owner = ?"
    expect(connection.query(left, group as string)).toEqual([])
    connection.close()
    await store.close()
    rmSync(folder, { recursive: true })
  })

  test('counts who was suspended before they were counted', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'rollcall-'))
    const file = join(folder, 'rollcall.db')
    const before = await openSqlite({ file })
    await suspendThree(before)
    await before.close()
    const connection = new Connection(file)
    connection.exec("delete from tallies where type = ' suspended'")
    connection.exec('delete from migrations where number = 11')
    connection.close()
    const after = await openSqlite({ file })
    await expectSuspended(after)
    await after.close()
    rmSync(folder, { recursive: true })
  })

  test('moves the epoch of the registry with what another process writes', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'rollcall-'))
    const file = join(folder, 'rollcall.db')
    const server = await openSqlite({ file, lock: true })
    const tool = await openSqlite({ file })
    const before = server.registry.epoch?.()
    expect(before).toBeTypeOf('number')
    expect(server.registry.epoch?.()).toBe(before)
    await tool.registry.addTenant(tenantNamed('elsewhere'))
    expect(server.registry.epoch?.()).not.toBe(before)
    await tool.close()
    await server.close()
    rmSync(folder, { recursive: true })
  })

  test('has nothing left in the file of somebody who was erased for good', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'rollcall-'))
    const file = join(folder, 'rollcall.db')
    const store = await openSqlite({ file })
    const tenant = tenantNamed('acme')
    await store.registry.addTenant(tenant)
    const at = new Scene(store.tenant(tenant.id))
    const [id] = await Promise.all(
      Array.from({ length: 50 }, async (_, index) => {
        const { id } = await at.user(`geheim${index}`, { displayName: 'Geheimnis'.repeat(200) })
        await at.group(`geheim of ${index}`, id)
        return id
      }),
    )
    await at.rewriteUser(id ?? '', { userName: 'geheim0', displayName: 'Geheimnis' })
    const { resources } = await store
      .tenant(tenant.id)
      .search({ parts: [part(userType)], offset: 0, limit: 100 })
    for (const { id } of resources) {
      await at.suspend(id)
      await at.rows.erase(id, at.write())
    }
    await store.close()
    expect(readFileSync(file).includes('Geheimnis')).toBe(false)
    rmSync(folder, { recursive: true })
  })

  test('refuses a second server on the same file, and takes one when the first is gone', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'rollcall-'))
    const file = join(folder, 'rollcall.db')
    const first = await openSqlite({ file, lock: true })
    await expect(openSqlite({ file, lock: true })).rejects.toThrow('another server is running')
    const tool = await openSqlite({ file })
    await tool.ready()
    await tool.close()
    await first.close()
    await (await openSqlite({ file, lock: true })).close()
    rmSync(folder, { recursive: true })
  })

  test('leaves everything in the one file, which its owner alone may read', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'rollcall-'))
    const file = join(folder, 'rollcall.db')
    const server = await openSqlite({ file, lock: true })
    const tool = await openSqlite({ file })
    await tool.registry.addTenant(tenantNamed('acme'))
    expect(await server.registry.tenant('acme')).toBeDefined()
    expect(statSync(`${file}.lock`).mode & 0o077).toBe(0)
    await tool.close()
    await server.close()
    expect(existsSync(`${file}-wal`)).toBe(false)
    copyFileSync(file, join(folder, 'copy.db'))
    const copied = await openSqlite({ file: join(folder, 'copy.db') })
    expect(await copied.registry.tenant('acme')).toBeDefined()
    await copied.close()
    rmSync(folder, { recursive: true })
  })
})
