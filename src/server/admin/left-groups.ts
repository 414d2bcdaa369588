/**
 * Groups that a suspension took an account out of, and that nobody has put it back into.
 *
 * Whoever restores an account does not put it back, and an identity provider does not know that it has
 * left: so somebody has to be told of which groups it is about.
 *
 * @module
 */

import type { TenantStore } from '../../store/store.ts'
import { namedOf } from './consequences.ts'
import type { Several } from './types.ts'

/** The newest of its changes, in which its last suspension is looked for. */
const LOOKED = 500

export async function leftGroups(rows: TenantStore, id: string): Promise<Several> {
  const log = await rows.changes({ before: Number.MAX_SAFE_INTEGER, limit: LOOKED, about: id })
  const last = log.find((one) => one.kind === 'suspended' && one.id === id)
  const edges = log.filter(({ member }) => member === id)
  const groups = (of: typeof edges) => of.map((one) => one.id)
  const left = edges.filter(
    ({ kind, request, actor }) =>
      kind === 'memberRemoved' && request === last?.request && actor === last.actor,
  )
  const back = edges.filter(({ kind, seq }) => kind === 'memberAdded' && seq > (last?.seq ?? 0))
  const isBack = new Set(groups(back))
  return namedOf(
    rows,
    groups(left).filter((group) => !isBack.has(group)),
  )
}
