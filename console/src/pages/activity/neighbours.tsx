/** The next newer and the next older request of the same list. */

import { useQuery } from '@tanstack/react-query'
import type { LinkProps } from '@tanstack/react-router'
import type { activityQuery } from '../../api/queries.ts'
import { ButtonLink } from '../../parts/button.tsx'

type Place = { readonly count: string } & ({ readonly after: string } | { readonly before: string })

interface Props {
  readonly seq: string
  /** The list, from a place on. */
  readonly query: (place: Place) => Pick<ReturnType<typeof activityQuery>, 'queryKey' | 'queryFn'>
  /** Where one of them is. */
  readonly to: (seq: string) => LinkProps
}

export function Neighbours({ seq, query, to }: Props) {
  const newer = useQuery(query({ count: '1', after: seq })).data?.rows[0]
  const older = useQuery(query({ count: '1', before: seq })).data?.rows[0]
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
