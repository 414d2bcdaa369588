/** What was there before a migration began to count it. */

import { expect } from 'vitest'
import { Scene } from '../../src/store/contract/arena.ts'
import type { Store } from '../../src/store/store.ts'

/** Two suspended in one tenant and one in another, where somebody else was restored. */
export async function suspendThree(store: Store): Promise<void> {
  const [at, elsewhere] = scenes(store)
  for (const name of ['a', 'b']) await at.suspend((await at.user(name)).id)
  for (const name of ['a', 'c']) await elsewhere.suspend((await elsewhere.user(name)).id)
  await elsewhere.restore((await elsewhere.rows.suspended({ offset: 0, limit: 1 })).records[0]!.id)
}

/** Of those of {@link suspendThree}, one comes back. */
export async function expectSuspended(store: Store): Promise<void> {
  const all = scenes(store)
  const totals = () =>
    Promise.all(all.map(async ({ rows }) => (await rows.suspended({ offset: 0, limit: 0 })).total))
  expect(await totals()).toEqual([2, 1])
  const [newest] = (await all[0].rows.suspended({ offset: 0, limit: 1 })).records
  await all[0].restore(newest!.id)
  expect(await totals()).toEqual([1, 1])
}

function scenes(store: Store): [Scene, Scene] {
  return [new Scene(store.tenant('t')), new Scene(store.tenant('u'))]
}

/** Two groups, one in the other, in two tenants; resolves to how many members each has. */
export async function groupsOfTwo(store: Store): Promise<ReadonlyMap<string, number>> {
  const [at, elsewhere] = scenes(store)
  const inner = await at.group('inner', (await at.user('a')).id)
  const outer = await at.group('outer', inner.id, (await at.user('b')).id)
  await elsewhere.group('other', (await elsewhere.user('a')).id)
  return new Map([
    [inner.id, 1],
    [outer.id, 2],
  ])
}

/** @param counts What {@link groupsOfTwo} resolved to. */
export async function expectCounts(
  store: Store,
  counts: ReadonlyMap<string, number>,
): Promise<void> {
  expect(await store.tenant('t').memberCounts('Group', [...counts.keys()])).toEqual(counts)
}
