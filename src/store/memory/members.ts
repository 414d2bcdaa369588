/**
 * What a list of edge changes makes of the members of a resource.
 *
 * @module
 */

import { matchElement } from '../../protocol/filter/match.ts'
import { type EdgeChange, type EdgeView, NoMemberMatched } from '../store.ts'
import type { Element } from './row.ts'

export interface MemberQuestions {
  /** Throws when the resource of that id cannot become a member. */
  require(id: string): void
  /** How a member shows in the edge attribute. */
  element(id: string, view: EdgeView): Element
}

/** The members after all steps, in order; only those that were not there before are asked for. */
export function afterwards(
  before: ReadonlySet<string>,
  changes: readonly EdgeChange[],
  questions: MemberQuestions,
): Set<string> {
  let members = new Set(before)
  const add = (id: string) => {
    if (!before.has(id)) questions.require(id)
    members.add(id)
  }
  for (const change of changes) {
    switch (change.kind) {
      case 'add':
        for (const { id } of change.members) add(id)
        break
      case 'remove':
        for (const id of change.ids) members.delete(id)
        break
      case 'replace':
        members = new Set()
        for (const { id } of change.members) add(id)
        break
      case 'removeMatching': {
        const matching = [...members].filter((id) =>
          matchElement(change.filter, questions.element(id, change.view)),
        )
        if (change.required && matching.length === 0) throw new NoMemberMatched()
        for (const id of matching) members.delete(id)
        break
      }
      default:
        change satisfies never
    }
  }
  return members
}
