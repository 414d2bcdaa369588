/** What lists are asked with. */

import { z } from 'zod'

/** How many rows, 100 at most. */
export const count = z.coerce.number().int().min(1).max(100).default(50)

/** Rows and whether there are more, of a list that was asked for one more than fits. */
export function cut<T>(
  rows: readonly T[],
  count: number,
): { rows: readonly T[]; hasMore: boolean } {
  return { rows: rows.slice(0, count), hasMore: rows.length > count }
}
