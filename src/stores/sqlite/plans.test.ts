/**
 * Every statement is of one tenant, and no statement goes through a tenant, let alone through a table, where an index leads to what it
 * wants. SQLite is asked how it would carry out each that a life of users and groups comes to.
 */

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { userType } from '../../protocol/schema/core/types.ts'
import { members, part, refs, Scene } from '../../store/contract/arena.ts'
import type { Stored, SuspendedPlace } from '../../store/store.ts'
import { MemoryOfSearches } from '../sql/memory-of-searches.ts'
import { planner } from '../sql/plan.ts'
import { carryOut } from '../sql/search.ts'
import { suspendedSearch } from '../sql/suspended-search.ts'
import { tables } from '../sql/tables.ts'
import { type Executor, tenantStore } from '../sql/tenant-store.ts'
import { type Call, perform, type Work } from '../sql/work.ts'
import { Connection } from './connection.ts'
import { openSqlite } from './open.ts'
import { spelling } from './spelling.ts'

const folder = mkdtempSync(join(tmpdir(), 'rollcall-'))
const asked = new Map<string, Call>()
let connection: Connection
let scene: Scene
let scans = 0

beforeAll(async () => {
  const file = join(folder, 'rollcall.db')
  await (await openSqlite({ file })).close()
  connection = new Connection(file)
  const run = async <T>(work: () => Work<T>) =>
    perform(work(), (call) => {
      asked.set(call.sql, call)
      return connection.answer(call)
    })
  const statements = tables(spelling)
  const executor: Executor = {
    read: run,
    write: run,
    near: { entries: 1_000, looks: 1_000 },
    scan: async ({ plan }, known) => {
      scans += 1
      const outcome = await run(() => carryOut(plan(), statements, known))
      if (outcome === undefined) throw new Error('a plan that may scan gave up')
      return outcome
    },
    snapshot: async () => ({ read: run, end: async () => undefined }),
  }
  const memory = new MemoryOfSearches(() => 0)
  scene = new Scene(tenantStore('t', statements, planner(spelling), memory, executor))
  await live(scene)
})

afterAll(() => {
  connection.close()
  rmSync(folder, { recursive: true })
})

async function live(at: Scene): Promise<void> {
  const emails = [{ value: 'babs@example.com', type: 'work' }]
  const babs = await at.user('bjensen', { displayName: 'Babs', emails, active: true })
  const other = await at.user('other', { active: true })
  const inner = await at.group('inner', babs.id)
  const group = await at.group('outer', inner.id)
  await at.addMembers(group.id, other.id)
  await at.changeMembers(group.id, { kind: 'remove', ids: [other.id] })
  await at.addMembers(group.id, other.id).then(() => at.rewriteUser(other.id, { userName: 'o' }))
  await at.rows.read('Group', group.id, { edges: [{ ...members, streamAbove: 0 }] })
  await at.readUser(babs.id)
  for (const filter of [
    'userName eq "bjensen"',
    'id eq "id-000001"',
    'id sw "id-00"',
    'displayName sw "李" or name.familyName sw "李" or id sw "李"',
    'emails.value eq "babs@example.com"',
    'emails[type eq "work" and value eq "babs@example.com"]',
    'displayName sw "ba"',
    'active eq true and displayName sw "ba"',
    'active eq true and not (userName eq "x")',
    'userName eq "bjensen" or externalId eq "x"',
    'groups.value eq "id-000003"',
    'groups[value eq "id-000003" and display sw "i"]',
    'meta.lastModified gt "2020-01-01T00:00:00Z"',
    undefined,
  ]) {
    for (const sort of [undefined, 'title', 'userName']) {
      const parts = [{ ...part(userType, filter, sort), view: viewOfUsers }]
      await at.walk({ parts }, 'after', 1)
      await at.walk({ parts }, 'before', 1)
      await at.leaf({ parts }, 1)
    }
  }
  await at.rows.memberCounts('Group', [group.id, inner.id])
  await at.rows.membersAmong(group.id, [other.id, babs.id])
  await at.rows.heldTwice({ type: 'Group', attribute: 'displayName', looked: 100, limit: 5 })
  await at.suspend(babs.id)
  await at.restore(babs.id)
  await at.suspend(babs.id)
  for (const begins of [undefined, 'b']) {
    const query = { offset: 0, limit: 1, ...(begins && { begins }) }
    await at.rows.suspended(query)
    await at.rows.suspended({ ...query, behind: { suspendedAt: at.now + 1, suspension: 0 } })
  }
  await at.rows.suspendedNamed('User', 'bjensen')
  await at.rows.erase(babs.id, at.write())
  await at.log(other.id)
}

const viewOfUsers = { edges: [{ attribute: 'groups', side: 'member', refs } as const] }

test('of suspended accounts that many fit, each page looks into so many, newest first', async () => {
  const users: Stored[] = []
  for (const name of ['z1', 'y2', 'z3', 'z4', 'y5']) users.push(await scene.user(name))
  for (const { id } of users) await scene.suspend(id)
  const search = suspendedSearch(spelling, { few: 2, looked: 2 })
  const counts: number[] = []
  const found: string[] = []
  for (let behind: SuspendedPlace | undefined, isLast = false; !isLast; ) {
    const query = { offset: 0, limit: 10, begins: 'z', ...(behind && { behind }) }
    const page = perform(search('t', query), (call) => {
      asked.set(call.sql, call)
      return connection.answer(call)
    })
    expect(page).toMatchObject({ total: 3, isAtLeast: true })
    counts.push(page.records.length)
    found.push(...page.records.map(({ id }) => id))
    behind = page.next
    isLast = behind === undefined
  }
  expect(counts).toEqual([1, 1, 1])
  expect(found).toEqual([3, 2, 0].map((index) => users[index]?.id))
})

test('every statement names its tenant (docs/scale-out.md)', () => {
  const statements = [...asked.keys()]
  const nameless = statements.filter((sql) => {
    if (/^insert into "?\w+"? \("?tenant"?, /.test(sql)) return false
    return !/\b(r\.|e\.|l\.|s\.|v\.)?tenant = \?/.test(sql)
  })
  expect(nameless).toEqual([])
})

// A page of all suspended accounts, from the first on.
const isInOrder = (sql: string, detail: string) =>
  detail.endsWith('suspended_newest (tenant=?)') && sql.includes('limit')

test('no plan scans a table, or searches one by the tenant alone', () => {
  expect(asked.size).toBeGreaterThan(60)
  const table = '(r|e|l|o|s|v|resources|edges|lookups|changes|suspended|suspended_values)'
  const slow = new RegExp(`^SCAN ${table}\\b|^SEARCH ${table} .*\\(tenant=\\?\\)$`)
  const plans = [...asked.values()].map(({ sql, values }) => ({
    sql,
    slow: connection
      .query<{ detail: string }>(`explain query plan ${sql}`, ...values)
      .map(({ detail }) => detail)
      .filter((detail) => slow.test(detail) && !isInOrder(sql, detail)),
  }))
  expect(plans.filter((plan) => plan.slow.length > 0)).toEqual([])
})

test('a filter of many terms goes where scans go before it is planned, however few it finds', async () => {
  const search = async (terms: number) => {
    const names = Array.from({ length: terms }, (_, index) => `userName eq "n${index}"`)
    const before = scans
    expect(await scene.leaf({ parts: [part(userType, names.join(' or '))] }, 1)).toEqual([])
    return scans - before
  }
  expect(await search(10)).toBe(0)
  expect(await search(100)).toBe(1)
})
