/**
 * The ListResponse message (RFC 7644 §3.4.2), written as text around resources that are text.
 *
 * @module
 */

import { LIST_RESPONSE } from '../urn.ts'

export interface Page {
  /** Resources that match, on all pages together. */
  readonly totalResults: number
  /** 1-based index of the first one here; absent where cursors page (RFC 9865 §2). */
  readonly startIndex?: number
  readonly previousCursor?: string | undefined
  readonly nextCursor?: string | undefined
  /** Their representations, as JSON text. */
  readonly resources: readonly string[]
}

/** The message in parts. `Resources` is there even when it is empty; Okta and others read its length. */
export function listResponse({ totalResults, startIndex, resources, ...cursors }: Page): string[] {
  const head = JSON.stringify({
    schemas: [LIST_RESPONSE],
    totalResults,
    startIndex,
    itemsPerPage: resources.length,
    ...cursors,
  })
  const items = resources.map((one, index) => (index === 0 ? one : `,${one}`))
  return [`${head.slice(0, -1)},"Resources":[`, ...items, ']}']
}
