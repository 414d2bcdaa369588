/**
 * What a tried request would mean beside its answer: who joins a group and who leaves it, and what a DELETE
 * takes away. Told from what it would have logged, with names where ids are.
 *
 * @module
 */

import type { LoggedChange, TenantStore } from '../../store/store.ts'
import { nameOf } from './names.ts'
import type { Several, TryResult } from './types.ts'

/** More are counted, and not named. */
const NAMED = 50

/** @param rows Those that are there, on which nothing was done. */
export async function consequences(
  rows: TenantStore,
  changes: readonly LoggedChange[],
): Promise<Pick<TryResult, 'members' | 'removal'>> {
  const several = (ids: readonly string[]) => namedOf(rows, ids)
  const gone = changes.find(({ kind }) => kind === 'suspended' || kind === 'deleted')
  if (gone === undefined) {
    const members = (kind: string) =>
      several(changes.flatMap((one) => (one.kind === kind ? (one.member ?? []) : [])))
    const [added, removed] = [await members('memberAdded'), await members('memberRemoved')]
    return { members: { added, removed }, removal: null }
  }
  const { id, type } = gone
  const edges = changes.filter(({ kind }) => kind === 'memberRemoved')
  const none: Several = { count: 0, first: [] }
  return {
    members: { added: none, removed: none },
    removal: {
      ...{ kind: gone.kind as 'suspended' | 'deleted', type, id },
      display: (await nameOf(rows, id))?.display ?? null,
      groups: await several(edges.flatMap((one) => (one.member === id ? one.id : []))),
      members: edges.filter((one) => one.id === id).length,
    },
  }
}

/** So many, and the first of them with what they are called. */
export async function namedOf(rows: TenantStore, ids: readonly string[]): Promise<Several> {
  const first = ids.slice(0, NAMED).map(async (id) => {
    const name = await nameOf(rows, id)
    return { id, display: name?.display ?? null, type: name?.type ?? null }
  })
  return { count: ids.length, first: await Promise.all(first) }
}
