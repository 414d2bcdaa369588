/** Below a list of requests: which these are, and the way to older ones and back to the newest. */

import { ButtonLink } from '../../parts/button.tsx'
import { ListFoot } from '../../parts/table.tsx'
import { count } from '../../parts/time.tsx'

interface Props {
  /** Where this page begins, as the address has it. */
  readonly before: string | undefined
  /** Where the next one begins, if there are older ones. */
  readonly older: string | null | undefined
  /** How many rows this page has. */
  readonly rows: number
}

export function Foot({ before, older, rows }: Props) {
  return (
    <ListFoot>
      <span>{before ? 'Older requests' : `The newest ${count(rows, 'request')}`}</span>
      <nav aria-label="Pages of requests">
        {before !== undefined && (
          <ButtonLink
            to="."
            look="quiet"
            search={(now) => ({ ...now, before: undefined })}
            preload={false}
          >
            Newest
          </ButtonLink>
        )}
        {older && (
          <ButtonLink
            to="."
            sign="right"
            search={(now) => ({ ...now, before: older })}
            preload={false}
          >
            Older
          </ButtonLink>
        )}
      </nav>
    </ListFoot>
  )
}
