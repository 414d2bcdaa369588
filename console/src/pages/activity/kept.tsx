/** How long requests are kept, and what of them, with the way to change it. */

import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { settingsQuery } from '../../api/queries/tenants.ts'
import type { Tenant } from '../../frame/tenant.tsx'
import { count } from '../../parts/time.tsx'

const BODIES = {
  all: 'with their bodies',
  writes: 'with the bodies of writes',
  none: 'without bodies',
} as const

export function Kept({ tenant }: { readonly tenant: Tenant }) {
  const { data } = useQuery(settingsQuery(tenant.name))
  if (!data) return <>Every SCIM request that came.</>
  return (
    <>
      Every SCIM request that came.{' '}
      {data.retention === 0
        ? 'None that comes is kept; those from before are forgotten within the hour.'
        : `They are kept for up to ${count(data.retention, 'day')}, ${BODIES[data.bodies]}.`}{' '}
      <Link to="/t/$tenant/settings" params={{ tenant: tenant.name }}>
        {tenant.isAdmin ? 'Change what is kept' : 'What the settings say'}
      </Link>
    </>
  )
}
