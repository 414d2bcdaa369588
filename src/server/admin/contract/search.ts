/** What the palette finds. */

import type { ActivityRow } from './activity.ts'
import type { GroupRow } from './groups.ts'
import type { SuspendedRow, UserRow } from './users.ts'

/** `GET /search?q=`: what the palette finds, a few of each. */
export interface Found {
  readonly users: readonly UserRow[]
  readonly groups: readonly GroupRow[]
  readonly suspended: readonly SuspendedRow[]
  readonly requests: readonly ActivityRow[]
}
