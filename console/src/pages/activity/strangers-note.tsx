/** Says to those who may know that requests with unknown keys came, and leads to them. */

import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { strangersQuery } from '../../api/queries/requests.ts'
import { useSession } from '../../frame/tenant.tsx'
import { count } from '../../parts/time.tsx'

const MOST = 100
const DAY = 24 * 3_600_000

/** Nothing for others, and while none came within a day. */
export function StrangersNote() {
  const { isRoot } = useSession()
  const { data } = useQuery({
    ...strangersQuery({ count: String(MOST) }),
    enabled: isRoot,
    refetchInterval: 30_000,
  })
  const since = Date.now() - DAY
  const lately = data?.rows.filter(({ at }) => at >= since).length ?? 0
  if (lately === 0) return null
  const how = lately < MOST ? count(lately, 'request') : `${MOST} requests or more`
  return (
    <p role="status">
      Within a day {how} came with no key that is known here.{' '}
      <Link to="/unknown-keys">See {lately === 1 ? 'it' : 'them'}</Link>
    </p>
  )
}
