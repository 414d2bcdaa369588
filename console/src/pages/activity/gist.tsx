/** A request in a line: what became of it, how long it took, and when it came. */

import type { ActivityRow } from '../../../../src/server/admin/types.ts'
import { Bar } from '../../parts/page.tsx'
import { Status } from '../../parts/status.tsx'
import { Time } from '../../parts/time.tsx'
import { duration, RESULTS, refusalInWords } from '../../words/activity.ts'

export function Gist({ row }: { readonly row: ActivityRow }) {
  const [tone, word] = RESULTS[row.result]
  return (
    <Bar>
      <Status tone={tone}>{word}</Status>
      <span>
        Answered <strong>{row.status}</strong>
        {row.scimType && <> {row.scimType}</>}
        {row.status === 401 && <> {refusalInWords(row.refused)}</>} in {duration(row.milliseconds)}
      </span>
      <Time at={row.at} />
    </Bar>
  )
}

/** Ids by their end, which is what tells them apart; whole ones are below. */
export function titleOf({ method, path }: Pick<ActivityRow, 'method' | 'path'>): string {
  return `${method} ${path.replaceAll(/[^/]{17,}/g, (id) => `…${id.slice(-6)}`)}`
}
