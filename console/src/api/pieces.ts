/**
 * A page that no index knows comes in pieces, each as soon as it is there: what was found so far is
 * shown, and it is looked on until the page is full or somebody leaves.
 *
 * @module
 */

import type { QueryClient, QueryKey } from '@tanstack/react-query'
import type { Page } from '../../../src/server/admin/types.ts'

export interface Looked<Row> extends Page<Row> {
  /** There may be more for this page. */
  readonly isLooking?: boolean
}

export async function inPieces<Row>(
  { client, queryKey }: { readonly client: QueryClient; readonly queryKey: QueryKey },
  { after, count = '50' }: { readonly after?: string; readonly count?: string },
  ask: (after: string | undefined) => Promise<Page<Row>>,
): Promise<Looked<Row>> {
  let page = await ask(after)
  while (page.next !== null && page.rows.length < Number(count)) {
    client.setQueryData<Looked<Row>>(queryKey, { ...page, isLooking: true })
    const more = await ask(page.next)
    const rows = [...page.rows, ...more.rows]
    page = { ...more, rows, total: Math.max(more.total ?? 0, rows.length) }
  }
  const isWhole = after === undefined && page.next === null
  return isWhole ? { ...page, total: page.rows.length, isAtLeast: false } : page
}
