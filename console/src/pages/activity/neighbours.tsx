/** The next newer and the next older request of the same list. */

import { useQuery } from '@tanstack/react-query'
import type { LinkProps } from '@tanstack/react-router'
import { neighbourQuery, type Requests } from '../../api/queries/requests.ts'
import { ButtonLink } from '../../parts/button.tsx'
import type { Filters } from '../../words/activity.ts'

interface Props {
  readonly of: Requests
  readonly filters?: Filters
  readonly seq: string
  /** Where one of them is. */
  readonly to: (seq: string) => LinkProps
}

export function Neighbours({ of, filters = {}, seq, to }: Props) {
  const newer = useQuery(neighbourQuery(of, filters, 'after', seq)).data
  const older = useQuery(neighbourQuery(of, filters, 'before', seq)).data
  return (
    <>
      {newer && (
        <ButtonLink {...to(newer.seq)} sign="left" preload={false}>
          Newer
        </ButtonLink>
      )}
      {older && (
        <ButtonLink {...to(older.seq)} sign="right" preload={false}>
          Older
        </ButtonLink>
      )}
    </>
  )
}
