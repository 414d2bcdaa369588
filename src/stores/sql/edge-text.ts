/**
 * Edges as a client reads them: `{"value":…,"$ref":…,"type":…,"display":…}` (RFC 7643 §2.4).
 *
 * The database gives bare values and this puts the text together: its own JSON functions take three
 * times as long, and a group is read a million members at a time.
 *
 * @module
 */

import { quoted } from '../../protocol/json.ts'
import type { EdgeView } from '../../store/store.ts'

/** The other end's id, resource type and label. */
export type Edge = readonly [value: string, type: string, label: string | null]

/** What a query with `spelling.tuples` answers. */
export function edgesIn(json: string | null | undefined): readonly Edge[] {
  return json ? (JSON.parse(json) as readonly Edge[]) : []
}

/** With commas between. */
export const edgeTexts = (edges: readonly Edge[], view: EdgeView): string =>
  edgeParts(edges, view).join('')

/** The same in parts: one name in another script makes a text of it all twice as long to go through. */
export function edgeParts(edges: readonly Edge[], { side, refs }: EdgeView): string[] {
  const parts: string[] = []
  let last: string | undefined
  let [open, shown] = ['', '']
  for (const [value, type, label] of edges) {
    if (type !== last) {
      const ref = refs[type]
      // e.g. ',"$ref":"https://x/Users/' and then '2819c223"'
      open = ref === undefined ? '' : `,"$ref":${JSON.stringify(ref).slice(0, -1)}`
      shown = `,"type":${JSON.stringify(side === 'owner' ? type : 'direct')}`
      last = type
    }
    const id = quoted(value)
    const display = label === null ? '' : `,"display":${quoted(label)}`
    const comma = parts.length === 0 ? '' : ','
    parts.push(`${comma}{"value":${id}${open === '' ? '' : open + id.slice(1)}${shown}${display}}`)
  }
  return parts
}
