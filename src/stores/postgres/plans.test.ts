/**
 * One step costs what it names, whatever else there is. PostgreSQL plans by statistics, so it is asked
 * what it read: in a tenant of some thousands, with the plan it keeps for a prepared statement.
 */

import { expect, test } from 'vitest'
import { administer, freshDatabase } from '../../../test/support/postgres.ts'
import { userType } from '../../protocol/schema/core/types.ts'
import { members, memberTypes, noView, part, Scene } from '../../store/contract/arena.ts'
import type { EdgeChange, View } from '../../store/store.ts'
import { MemoryOfSearches } from '../sql/memory-of-searches.ts'
import { planner } from '../sql/plan.ts'
import { tables } from '../sql/tables.ts'
import { type Executor, tenantStore } from '../sql/tenant-store.ts'
import type { Answer, Call, Work } from '../sql/work.ts'
import { Connection } from './connection.ts'
import { BY_INDEX } from './open.ts'
import { spelling } from './spelling.ts'

const PATIENCE = 30_000
const PEOPLE = 5_000
/** Rows that a step may pass by, at any place of its plan. */
const MOST = 300

const fewMembers: View = { edges: [{ ...members, streamAbove: 100 }] }

interface Node {
  readonly 'Node Type': string
  readonly 'Actual Rows': number
  readonly 'Actual Loops': number
  readonly 'Rows Removed by Filter'?: number
  readonly Plans?: readonly Node[]
}

function read(node: Node): number {
  const own = (node['Actual Rows'] + (node['Rows Removed by Filter'] ?? 0)) * node['Actual Loops']
  return Math.max(own, ...(node.Plans ?? []).map(read))
}

const TENANTS = [
  ['of whom PostgreSQL knows nothing', ''],
  ['of a tenant among small ones', `${smallOnes(200)}; analyze`],
  ['of whom it knows all', 'analyze'],
] as const

test.each(TENANTS)('no step on one goes through those beside it, %s', async (_, known) => {
  const { url, drop } = await freshDatabase()
  const connection = await Connection.open({
    url,
    patience: PATIENCE,
    settings: BY_INDEX,
  })
  const read = new Map<string, number>()
  const run = async <T>(work: () => Work<T>): Promise<T> => {
    const running = work()
    let step = running.next()
    while (!step.done) {
      const answers: Answer[] = []
      for (const call of step.value) answers.push(await noted(connection, call, read))
      step = running.next(answers)
    }
    return step.value
  }
  const executor: Executor = {
    read: run,
    write: run,
    near: { entries: 1_000, looks: 1_000 },
    scan: () => Promise.reject(new Error('a plan for one gave up')),
    snapshot: async () => ({ read: run, end: async () => undefined }),
  }
  const memory = new MemoryOfSearches(() => 0)
  const at = new Scene(tenantStore('t', tables(spelling), planner(spelling), memory, executor))
  const emails = [{ value: 'babs@example.com', type: 'work' }]
  const babs = await at.user('bjensen', { displayName: 'Babs', emails, active: true })
  const crowd = await at.group('crowd')
  await administer({ url }, crowded(crowd.id))
  if (known !== '') await administer({ url }, known)
  read.clear()

  const change = (group: string, edge: EdgeChange) =>
    at.rows.change(
      'Group',
      group,
      () => ({ edges: [edge], memberTypes, what: {} }),
      at.write(fewMembers),
    )
  const outer = await at.group('outer')
  await change(crowd.id, { kind: 'add', members: [{ id: babs.id }] })
  await change(crowd.id, { kind: 'remove', ids: [babs.id] })
  await change(outer.id, { kind: 'add', members: [{ id: crowd.id }] })
  await change(crowd.id, { kind: 'add', members: [{ id: babs.id }] })
  await at.rewriteUser(babs.id, { userName: 'b', displayName: 'Barbara', emails })
  await at.readUser(babs.id)
  await at.rows.read('Group', crowd.id, noView)
  await at.rows.read('Group', crowd.id, fewMembers)
  const filters = ['userName eq "b"', 'emails.value eq "babs@example.com"']
  // What is asked of the rows of candidates is planned by statistics, for there may be many.
  if (known === 'analyze') {
    filters.push('displayName sw "barb" and not (active eq true)')
    filters.push('displayName sw "barb" and active eq true')
    const both = '(displayName sw "barb" or userName sw "barb")'
    const inCrowd = part(userType, `groups.value eq "${crowd.id}" and ${both}`)
    expect(await at.leaf({ parts: [inCrowd] }, 1)).toEqual([babs.id])
  }
  for (const filter of filters) await at.leaf({ parts: [part(userType, filter)] }, 1)
  expect(await at.rows.membersAmong(crowd.id, [outer.id, babs.id])).toHaveLength(1)
  await at.rows.memberCounts('Group', [crowd.id, outer.id])
  await at.rows.heldTwice({ type: 'Group', attribute: 'displayName', looked: 100, limit: 5 })
  await at.suspend(babs.id)
  await at.rows.suspended({ offset: 0, limit: 1 })
  await at.restore(babs.id)

  expect(read.size).toBeGreaterThan(22)
  expect([...read].filter(([, most]) => most > MOST)).toEqual([])
  await connection.close()
  await drop()
})

test('a plan that was made of an empty table is not kept for long', async () => {
  const { url, drop } = await freshDatabase()
  const settings = { plan_cache_mode: 'force_generic_plan', enable_seqscan: 'off' }
  const connection = await Connection.open({ url, patience: PATIENCE, settings })
  const sql = 'select owner from edges where tenant = $1 and owner = $2'
  const call = { sql, values: ['t', 'g'] }
  const planOf = async () => {
    await connection.send([call], PATIENCE)
    const named = `select name from pg_prepared_statements where statement = $1`
    const [reply] = await connection.send([{ sql: named, values: [sql] }], PATIENCE)
    const [{ name = '' } = {}] = (reply?.rows ?? []) as readonly { readonly name?: string }[]
    const explain = `explain execute "${name}" ('t', 'g')`
    const [explained] = await connection.send([{ sql: explain, values: [] }], PATIENCE)
    return JSON.stringify(explained?.rows)
  }
  const before = await planOf()
  expect(before).toContain('edges_pkey')
  await connection.script('set enable_indexscan = off; set enable_indexonlyscan = off', PATIENCE)
  await connection.script('set enable_bitmapscan = off; set enable_seqscan = on', PATIENCE)
  connection.refresh()
  expect(await planOf()).toBe(before)
  connection.refresh(performance.now() + 5_000)
  expect(await planOf()).toContain('Seq Scan')
  await connection.close()
  await drop()
})

/** Everybody, in one group, looked up by a name; and as many who were suspended. */
const crowded = (group: string) => `
  with made as (
    insert into resources
    select 't', 'User', 'p' || n, 1, n, n, 'p' || n, '{}', '{"userName":"p' || n || '"}'
    from generate_series(1, ${PEOPLE}) n returning id),
  named as (
    insert into lookups select 't', 'User', a, id, id, 1
    from made, unnest(array['userName', 'emails.value', 'displayName']) a),
  gone as (
    insert into suspended (tenant, type, id, version, created, modified, secrets, body, name,
      suspended_at, suspended_by, suspension)
    select 't', 'User', 'gone' || n, 1, n, n, '{}', '{}', 'gone' || n, n, 'key:1', n
    from generate_series(1, ${PEOPLE}) n),
  active as (
    insert into lookups select 't', 'User', 'active', 'true', id, 0 from made)
  insert into edges select 't', '${group}', id, 'User', 'Group', id from made`

/** Tenants of twenty people and a group. */
function smallOnes(count: number): string {
  const all = `generate_series(1, ${count}) t, generate_series(1, 20) n`
  return `
    insert into resources
    select 't' || t, 'User', 'p' || n, 1, n, n, 'p' || n, '{}', '{}' from ${all};
    insert into edges select 't' || t, 'g', 'p' || n, 'User', 'Group', 'p' || n from ${all}`
}

/** Runs a call, and notes the most rows its plan has passed by at one place. */
async function noted(
  connection: Connection,
  { sql, values }: Call,
  most: Map<string, number>,
): Promise<Answer> {
  const given = values.map((value) =>
    typeof value === 'string' ? `'${value.replaceAll("'", "''")}'` : String(value),
  )
  const execute = given.length === 0 ? 'execute step' : `execute step (${given.join(', ')})`
  await connection.script(`begin; prepare step as ${sql}`, PATIENCE)
  const [explained] = await connection.send(
    [{ sql: `explain (analyze, format json) ${execute}`, values: [] }],
    PATIENCE,
  )
  await connection.script('rollback; deallocate step', PATIENCE)
  const [row] = (explained?.rows ?? []) as readonly [{ 'QUERY PLAN': readonly [{ Plan: Node }] }]
  most.set(sql, Math.max(most.get(sql) ?? 0, read(row['QUERY PLAN'][0].Plan)))
  const [answer] = await connection.send([{ sql, values }], PATIENCE)
  return answer as Answer
}
