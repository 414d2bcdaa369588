/**
 * Groups that somebody is in because a group is in them (RFC 7643 §4.1.2, `indirect`), from the nearest
 * on. SCIM shows direct ones alone, so these are looked for here, one group at a time and not for long.
 *
 * @module
 */

import type { TenantStore } from '../../store/store.ts'
import type { Named, OuterGroups } from './types.ts'

/** Groups whose own groups are asked for, and groups that are shown. */
const ASKED = 100
const SHOWN = 100

export async function outerGroups(
  rows: Pick<TenantStore, 'edges'>,
  direct: readonly Named[],
): Promise<OuterGroups> {
  const known = new Set(direct.map(({ id }) => id))
  const line: Named[] = [...direct]
  const found: (Named & { readonly through: Named })[] = []
  for (const [index, through] of line.entries()) {
    if (index === ASKED || found.length > SHOWN) break
    const page = { id: through.id, side: 'member', after: null, limit: SHOWN + 1 } as const
    for (const { id, label } of await rows.edges(page)) {
      if (known.has(id)) continue
      known.add(id)
      const group = { id, display: label }
      line.push(group)
      found.push({ ...group, through })
    }
  }
  return { groups: found.slice(0, SHOWN), hasMore: line.length > ASKED || found.length > SHOWN }
}
