/**
 * How many members a resource has, counted when somebody asks.
 *
 * A tally of each group would be one more row that everybody who adds a member waits for. So the edges
 * are counted, a stretch at a time in one state of the database, and others have their turn between two
 * stretches. What a long count came to holds for as long as the version, which members move.
 *
 * @module
 */

import { setImmediate as turn } from 'node:timers/promises'
import type { View } from '../../store/store.ts'
import type { Ref } from './changes.ts'
import { Lru } from './lru.ts'
import type { Snapshot } from './streams.ts'
import type { Tables } from './tables.ts'
import type { Work } from './work.ts'

/** Edges in one stretch: a millisecond or two of somebody's time. */
const STRETCH = 10_000
const GROUPS = 1_000

interface Reading {
  read<T>(work: () => Work<T>): Promise<T>
  snapshot(tenant: string): Promise<Snapshot>
}

const NOTHING: View = { edges: [] }

export function memberCounts(
  { oneResource, edges }: Tables,
  tenant: string,
  { read, snapshot }: Reading,
): (ref: Ref) => Promise<number | undefined> {
  const known = new Lru<{ total?: number }>(GROUPS)
  const remembered = ({ type, id }: Ref, version: number) =>
    known.get(`${type} ${id} ${version}`, () => ({}))

  return async (ref) => {
    const here = await read(() => oneResource(tenant, ref, NOTHING))
    if (here === undefined) return undefined
    const { total } = remembered(ref, here.version)
    if (total !== undefined) return total
    const few = await read(() => edges.stretch(tenant, ref.id, '', STRETCH))
    if (few.count < STRETCH) return few.count
    const state = await snapshot(tenant)
    try {
      const there = await state.read(() => oneResource(tenant, ref, NOTHING))
      if (there === undefined) return undefined
      let sum = 0
      for (let after: string | null = ''; after !== null; ) {
        const behind: string = after
        const { count, last } = await state.read(() =>
          edges.stretch(tenant, ref.id, behind, STRETCH),
        )
        sum += count
        after = count < STRETCH ? null : last
        await turn()
      }
      remembered(ref, there.version).total = sum
      return sum
    } finally {
      await state.end()
    }
  }
}
