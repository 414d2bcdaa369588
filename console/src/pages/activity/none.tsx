/** In place of requests where there are none: why, and what to do next. */

import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { keysQuery } from '../../api/queries.ts'
import { Button, ButtonLink } from '../../parts/button.tsx'
import { Empty } from '../../parts/page.tsx'
import { FILTERS, type Filters, filterInWords, keyInWords } from '../../words/activity.ts'

export function None({
  tenant,
  filters,
  before,
  isLive,
  isAll,
  onDrop,
}: {
  readonly tenant: string
  readonly filters: Filters
  readonly before: string | undefined
  readonly isLive: boolean
  /** Whether all that ever came is kept, as far as the tenant's own rules go. */
  readonly isAll: boolean
  readonly onDrop: () => void
}) {
  const keys = useQuery(keysQuery(tenant)).data ?? []
  const asked = FILTERS.filter((name) => filters[name])
  if (asked.length > 0 || before !== undefined) {
    const words = asked.map((name) =>
      filterInWords(name, filters[name] ?? '', (id) =>
        keyInWords(keys.find((key) => key.id === id)),
      ),
    )
    return (
      <Empty
        title={before ? 'No older request is kept' : 'No request fits'}
        action={<Button onClick={onDrop}>Show all requests</Button>}
      >
        {words.length > 0 && <>The filters are: {words.join(', ')}. </>}
        {isLive ? 'The first one that fits appears here.' : 'Older ones may have been forgotten.'}
        {filters.path?.includes('@') && (
          <>
            {' '}
            Requests are found by path or id. For those about a person, look for the person under{' '}
            <Link to="/t/$tenant/users" params={{ tenant }} search={{ q: filters.path }}>
              Users
            </Link>
            , and choose Its requests from the menu there.
          </>
        )}
      </Empty>
    )
  }
  return (
    <Empty
      title={isAll ? 'No request has come yet' : 'No request is kept any more'}
      action={
        <>
          <ButtonLink to="/t/$tenant/connect" params={{ tenant }} look="primary">
            Connect an identity provider
          </ButtonLink>
          <ButtonLink to="/t/$tenant/try" params={{ tenant }}>
            Try a request
          </ButtonLink>
        </>
      }
    >
      {isLive
        ? 'The first one appears here by itself, a second or two after it came.'
        : 'Go live and press “Test connection” at your identity provider: it appears here by itself.'}
    </Empty>
  )
}
