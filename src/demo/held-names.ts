/**
 * Names of groups that somebody else holds: asked before anything is made, since a demo that stops
 * behind a hundred thousand people has wasted somebody's time, and leaves half a company.
 *
 * @module
 */

import { bindFilter } from '../protocol/filter/bind.ts'
import { filterLimits } from '../protocol/filter/options.ts'
import { parseFilter } from '../protocol/filter/parser.ts'
import { strict } from '../protocol/quirks.ts'
import { groupType } from '../protocol/schema/core/types.ts'
import type { TenantStore } from '../store/store.ts'
import type { DemoGroup } from './groups.ts'

/** As many are named as anybody reads. */
const NAMED = 5

export class GroupNamesHeld extends Error {
  override readonly name = 'GroupNamesHeld'
  /** The first few. */
  readonly names: readonly string[]
  constructor(names: readonly string[]) {
    super(`groups are called ${names.join(', ')} already`)
    this.names = names
  }
}

/** @param progress Told after each name how many were looked up. @throws {GroupNamesHeld} */
export async function requireNamesFree(
  rows: TenantStore,
  groups: Iterable<DemoGroup>,
  progress: (looked: number) => void,
): Promise<void> {
  const held: string[] = []
  let looked = 0
  for (const { id, displayName } of groups) {
    if (await isHeld(rows, displayName, id)) held.push(displayName)
    progress(++looked)
    if (held.length === NAMED) break
  }
  if (held.length > 0) throw new GroupNamesHeld(held)
}

async function isHeld(rows: TenantStore, displayName: string, own: string): Promise<boolean> {
  const text = `displayName eq ${JSON.stringify(displayName)}`
  const parsed = parseFilter(text, { tolerate: strict, limits: filterLimits })
  const part = {
    type: groupType.name,
    filter: bindFilter(parsed, groupType, strict),
    view: { edges: [] },
    lookups: groupType.lookups,
    refs: {},
  }
  const { resources } = await rows.search({ parts: [part], offset: 0, limit: 1 })
  return resources.some(({ id }) => id !== own)
}
