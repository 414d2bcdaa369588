/** What was there before a migration began to count it. */

import { expect } from 'vitest'
import { Scene } from '../../src/store/contract/arena.ts'
import type { Store } from '../../src/store/store.ts'

/** Two groups, one in the other, in two tenants; resolves to how many members each has. */
export async function groupsOfTwo(store: Store): Promise<ReadonlyMap<string, number>> {
  const [at, elsewhere] = ['t', 'u'].map((tenant) => new Scene(store.tenant(tenant))) as [
    Scene,
    Scene,
  ]
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
