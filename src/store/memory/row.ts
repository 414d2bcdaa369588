/**
 * A resource as the memory store holds it.
 *
 * @module
 */

import type { Lookup } from '../store.ts'

export interface Row {
  readonly type: string
  readonly id: string
  readonly version: number
  readonly created: number
  readonly modified: number
  readonly body: string
  readonly label: string | null
  readonly lookups: readonly Lookup[]
  readonly secrets: Readonly<Record<string, string>>
}

/** One value of an edge attribute: `value`, `$ref`, `type` and `display`, in that order. */
export type Element = Readonly<Record<string, string>>

/** What no two rows of a tenant may have in common. */
export function uniqueKeys(type: string, lookups: readonly Lookup[]): string[] {
  return lookups
    .filter(({ unique }) => unique)
    .map(({ attribute, value }) => JSON.stringify([type, attribute, value]))
}
