/**
 * The rows that a request is tried on: they tell what they would hold, one write is rehearsed at a
 * time, and none that is about more members than a moment is enough for.
 *
 * How many a group has is asked before its write and not in it: asked there, it would hold others up.
 *
 * @module
 */

import type { Change, EdgeChange, Stored, TenantStore, View } from '../../store/store.ts'
import { Refusal } from './refusal.ts'
import type { Rehearsals } from './rehearsals.ts'

/** Members that a tried request may bring, or be about. */
export const MEMBERS = 1_000
/** Operations of a PATCH that is tried. */
export const OPERATIONS = 100

/** What is too much to be tried, though the service itself may take it. */
export const tooMuch = (why: string) =>
  new Refusal(
    413,
    `${why} While a request is tried, the writes of clients wait, so a small one alone can be: ` +
      `at most ${OPERATIONS} operations and ${MEMBERS.toLocaleString('en')} members.`,
  )

/** @param hear Is told what would be held. */
export function rehearsedStore(
  store: TenantStore,
  { writing }: Rehearsals,
  hear: (stored: Stored) => void,
): TenantStore {
  const heard = <T extends Stored | undefined>(stored: T): T => {
    if (stored !== undefined) hear(stored)
    return stored
  }
  const hasMany = async (id: string, side: 'owner' | 'member') =>
    (await store.edges({ id, side, after: null, limit: MEMBERS + 1 })).length > MEMBERS
  return {
    ...store,
    create: async (...given) => heard(await writing(() => store.create(...given))),
    async change(type, id, decide, write) {
      const isLarge = await hasMany(id, 'owner')
      if (isLarge && showsAll(write.view)) throw tooMuch('The answer would have too many members.')
      const isEverywhere = await hasMany(id, 'member')
      const careful = (current: Stored): Change | null => {
        const change = decide(current)
        const steps = change?.edges ?? []
        if (steps.some((step) => countOf(step) > MEMBERS)) throw tooMuch('Too many members.')
        if (isLarge && steps.some(isAboutAll)) {
          throw tooMuch('This would go through all members of the group, which has too many.')
        }
        if (isEverywhere && change?.label !== undefined) {
          throw tooMuch('This is a member of too many groups, which would all be told of its name.')
        }
        return change
      }
      return heard(await writing(() => store.change(type, id, careful, write)))
    },
    async delete(...given) {
      const [, id] = given
      if (await hasMany(id, 'owner')) throw tooMuch('The group has too many members.')
      if (await hasMany(id, 'member')) throw tooMuch('This is a member of too many groups.')
      return writing(() => store.delete(...given))
    },
  }
}

function countOf(step: EdgeChange): number {
  if (step.kind === 'removeMatching') return 0
  return step.kind === 'remove' ? step.ids.length : step.members.length
}

const isAboutAll = ({ kind }: EdgeChange) => kind === 'replace' || kind === 'removeMatching'

const showsAll = ({ edges }: View) =>
  edges.some(({ side, max }) => side === 'owner' && max === undefined)
