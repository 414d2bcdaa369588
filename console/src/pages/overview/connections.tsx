/** Every key with its health, in a word, and why, in a sentence. What fails comes first. */

import { Link } from '@tanstack/react-router'
import type { Connection } from '../../../../src/server/admin/types.ts'
import type { Tenant } from '../../frame/tenant.tsx'
import { Soft } from '../../parts/page.tsx'
import { Status, type Tone } from '../../parts/status.tsx'
import { type Column, Table } from '../../parts/table.tsx'
import { Text } from '../../parts/text.tsx'
import { Count, Time } from '../../parts/time.tsx'
import { NextStep } from './next-step.tsx'
import styles from './overview.module.css'

const HEALTH: Readonly<Record<Connection['health'], readonly [Tone, string]>> = {
  failing: ['bad', 'Failing'],
  troubled: ['warn', 'Troubled'],
  stale: ['warn', 'Stale'],
  healthy: ['good', 'Healthy'],
  unused: ['note', 'Unused'],
  ended: ['none', 'Ended'],
}

const ORDER = Object.keys(HEALTH)

export function Connections({
  connections,
  tenant,
  asOf,
}: {
  readonly connections: readonly Connection[]
  readonly tenant: Tenant
  /** When this was so, if nobody knows whether it still is. */
  readonly asOf: number | null
}) {
  const params = { tenant: tenant.name }
  const columns: readonly Column<Connection>[] = [
    {
      title: 'Key',
      cell: ({ key }) => (
        <>
          <Link to="/t/$tenant/activity" params={params} search={{ key: key.id }}>
            <Text of={key.name} />
          </Link>{' '}
          <Soft>…{key.last4}</Soft>
          <span className={styles.client}>
            <Text of={key.lastUsed?.client ?? key.lastUsed?.agent ?? ''} />
          </span>
        </>
      ),
    },
    {
      title: 'Health',
      cell: (connection) => {
        const { health, because } = connection
        return (
          <>
            {asOf === null ? (
              <Status tone={HEALTH[health][0]}>{HEALTH[health][1]}</Status>
            ) : (
              <Status tone="none">Was {HEALTH[health][1].toLowerCase()}</Status>
            )}
            <span className={styles.because}>
              {asOf !== null && (
                <>
                  As of <Time at={asOf} as="clock" />:{' '}
                </>
              )}
              {because}
              {asOf === null && (
                <>
                  {' '}
                  <NextStep connection={connection} tenant={tenant} />
                </>
              )}
            </span>
          </>
        )
      },
    },
    {
      title: 'Last request',
      isNarrow: true,
      cell: ({ lastRequest }) =>
        lastRequest === null ? <Soft>never</Soft> : <Time at={lastRequest} />,
    },
    {
      title: 'Today',
      align: 'end',
      isNarrow: true,
      cell: ({ today }) => <Count of={today.requests} />,
    },
    {
      title: 'Refused or failed',
      align: 'end',
      isNarrow: true,
      cell: ({ key, today }) =>
        today.refused + today.failed === 0 ? (
          <Count of={0} />
        ) : (
          <Link to="/t/$tenant/activity" params={params} search={{ key: key.id, status: 'bad' }}>
            <Count of={today.refused + today.failed} />
          </Link>
        ),
    },
  ]
  const sorted = connections.toSorted((a, b) => ORDER.indexOf(a.health) - ORDER.indexOf(b.health))
  return (
    <Table
      caption="Connections"
      columns={columns}
      rows={sorted}
      rowKey={(connection) => connection.key.id}
    />
  )
}
