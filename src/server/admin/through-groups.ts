/**
 * Groups that somebody or something is in only because a group is that they are in: SCIM shows them
 * nowhere, and whoever asks what a person may do has to know.
 *
 * @module
 */

import type { EdgeEnd, TenantStore } from '../../store/store.ts'
import type { GroupName, ThroughGroup } from './types.ts'

/** Of more groups than these is not asked what they are in. */
const ASKED = 500
/** More groups that one is in are not listed. */
const PARENTS = 1_000

/** Nearest first, each once, with all the groups that it comes through. */
export async function throughGroups(
  rows: TenantStore,
  direct: readonly GroupName[],
): Promise<readonly ThroughGroup[]> {
  const own = new Set(direct.map(({ id }) => id))
  const found = new Map<string, ThroughGroup & { readonly via: GroupName[] }>()
  let left = ASKED
  for (let level = direct; level.length > 0 && left > 0; ) {
    const asked = level.slice(0, left)
    left -= asked.length
    const parents = await Promise.all(asked.map(({ id }) => groupsOf(rows, id)))
    const next: GroupName[] = []
    for (const [index, via] of asked.entries()) {
      for (const { id, display } of parents[index] ?? []) {
        if (own.has(id)) continue
        const group = found.get(id) ?? { id, display, via: [] }
        group.via.push({ id: via.id, display: via.display })
        if (!found.has(id)) next.push(group)
        found.set(id, group)
      }
    }
    level = next
  }
  return [...found.values()]
}

/** Those that something is a member of itself. */
export async function groupsOf(rows: TenantStore, id: string): Promise<readonly GroupName[]> {
  const groups = await rows.edges({ id, side: 'member', after: null, limit: PARENTS })
  return groups.map(named)
}

const named = ({ id, label }: EdgeEnd): GroupName => ({ id, display: label })
