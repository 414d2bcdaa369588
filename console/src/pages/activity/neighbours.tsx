/** The next newer and the next older request that fit the same filters. */

import { useQuery } from '@tanstack/react-query'
import { activityQuery } from '../../api/queries.ts'
import { ButtonLink } from '../../parts/button.tsx'
import type { Filters } from '../../words/activity.ts'

interface Props {
  readonly tenant: string
  readonly seq: string
  readonly filters: Filters
}

export function Neighbours({ tenant, seq, filters }: Props) {
  const one = { ...filters, count: '1' }
  const newer = useQuery(activityQuery(tenant, { ...one, after: seq })).data?.rows[0]
  const older = useQuery(activityQuery(tenant, { ...one, before: seq })).data?.rows[0]
  return (
    <>
      {newer && (
        <ButtonLink
          to="/t/$tenant/activity/$seq"
          params={{ tenant, seq: newer.seq }}
          search={filters}
          sign="left"
          preload={false}
        >
          Newer
        </ButtonLink>
      )}
      {older && (
        <ButtonLink
          to="/t/$tenant/activity/$seq"
          params={{ tenant, seq: older.seq }}
          search={filters}
          sign="right"
          preload={false}
        >
          Older
        </ButtonLink>
      )}
    </>
  )
}
