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
  /** Whether there may be more before the next page, which nobody has searched for yet. */
  readonly isPart?: boolean
}

export function Foot({ before, older, rows, isPart = false }: Props) {
  return (
    <ListFoot>
      <span>
        {isPart ? `${count(rows, 'request')} so far` : wordsFor(before, rows, older === null)}
      </span>
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

function wordsFor(before: string | undefined, rows: number, isEnd: boolean): string {
  if (before !== undefined) return isEnd ? 'The oldest requests' : 'Older requests'
  return isEnd
    ? `${count(rows, 'request')}, and no older ones`
    : `The newest ${count(rows, 'request')}`
}
