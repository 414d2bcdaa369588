/** What to do about a connection that is not well, or soon will not be. */

import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import type { Connection } from '../../../../src/server/admin/types.ts'
import type { Tenant } from '../../frame/tenant.tsx'
import { Text } from '../../parts/text.tsx'

interface Props {
  readonly connection: Connection
  readonly tenant: Tenant
}

export function NextStep({ connection: { key, health }, tenant }: Props): ReactNode {
  const params = { tenant: tenant.name }
  const keys = (what: string) =>
    tenant.isAdmin && (
      <Link to="/my-stuff" search={{ open: 'api-key', tenant: tenant.name }}>
        {what}
      </Link>
    )
  switch (health) {
    case 'failing':
    case 'troubled':
      return (
        <Link to="/t/$tenant/activity" params={params} search={{ key: key.id, status: 'bad' }}>
          See what went wrong
        </Link>
      )
    case 'stale':
      return (
        <>
          Look whether it still runs in{' '}
          {key.lastUsed?.client ? <Text of={key.lastUsed.client} /> : 'the identity provider'}.{' '}
          <Link to="/t/$tenant/activity" params={params} search={{ key: key.id }}>
            See its last requests
          </Link>
        </>
      )
    case 'unused':
      return (
        <Link to="/t/$tenant/connect" params={params} search={{ key: key.id }}>
          Connect it
        </Link>
      )
    case 'ended':
      return key.state === 'expired' && keys('Make another')
    case 'healthy':
      return key.state === 'expiring' && keys('Rotate it')
  }
}
