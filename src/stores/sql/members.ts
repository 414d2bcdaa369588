/**
 * The steps of a change on the members of a resource, one after the other.
 *
 * What counts in the end is the difference between before and after: a member that one step adds and
 * a later one removes was never there, and nobody hears of it.
 *
 * @module
 */

import { type EdgeChange, NoMemberMatched } from '../../store/store.ts'
import type { Ref } from './changes.ts'
import type { Tables } from './tables.ts'
import type { Work } from './work.ts'

export interface MemberDifference {
  readonly added: readonly string[]
  readonly removed: readonly string[]
}

const UNMOVED: MemberDifference = { added: [], removed: [] }

/** @throws {MissingMember} @throws {MemberCycle} @throws {NoMemberMatched} */
export function* applyEdgeChanges(
  { edges, memberFilter }: Tables,
  tenant: string,
  owner: Ref,
  steps: readonly EdgeChange[],
  memberTypes: readonly string[],
): Work<MemberDifference> {
  if (steps.length === 0) return UNMOVED
  const difference = new Map<string, 'added' | 'removed'>()
  const note = (ids: readonly string[], what: 'added' | 'removed') => {
    for (const id of ids) {
      if (difference.has(id)) difference.delete(id)
      else difference.set(id, what)
    }
  }
  function* add(members: readonly { readonly id: string }[]): Work<void> {
    const ids = [...new Set(members.map(({ id }) => id))]
    if (ids.length > 0) note(yield* edges.add(tenant, owner, ids, memberTypes), 'added')
  }

  for (const step of steps) {
    switch (step.kind) {
      case 'add':
        yield* add(step.members)
        break
      case 'remove':
        if (step.ids.length > 0) note(yield* edges.remove(tenant, owner.id, step.ids), 'removed')
        break
      case 'removeMatching': {
        const { filter, view, required } = step
        const ids = yield* memberFilter.matching(tenant, owner.id, filter, view)
        if (required && ids.length === 0) throw new NoMemberMatched()
        if (ids.length > 0) note(yield* edges.remove(tenant, owner.id, ids), 'removed')
        break
      }
      case 'replace': {
        const ids = step.members.map(({ id }) => id)
        note(yield* edges.keepOnly(tenant, owner.id, ids), 'removed')
        yield* add(step.members)
        break
      }
      default:
        step satisfies never
    }
  }
  const those = (what: 'added' | 'removed') =>
    [...difference].filter(([, kind]) => kind === what).map(([id]) => id)
  return { added: those('added'), removed: those('removed') }
}
