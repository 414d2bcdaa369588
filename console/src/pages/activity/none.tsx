/** In place of requests where there are none: why, and what to do next. */

import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { keysQuery } from '../../api/queries/connections.ts'
import { Button, ButtonLink } from '../../parts/button.tsx'
import { Empty } from '../../parts/page.tsx'
import { FILTERS, type Filters, filterInWords, keyInWords } from '../../words/activity.ts'

const REFUSED_CREATES = { method: 'POST', result: 'rejected' }

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
  const name = [filters.q, filters.path].find((typed) => typed && !typed.startsWith('/'))
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
        {isLive && 'The first one that fits appears here.'}
        {name !== undefined && (
          <>
            {' '}
            Requests are found by path or id, not by names. For those about a person, look for the
            person under{' '}
            <Link to="/t/$tenant/users" params={{ tenant }} search={{ q: name }}>
              Users
            </Link>
            , and choose Requests from the menu there. A create that was refused made nobody: it is{' '}
            <Link to="/t/$tenant/activity" params={{ tenant }} search={REFUSED_CREATES}>
              among those
            </Link>
            , with the name it was sent with.
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
