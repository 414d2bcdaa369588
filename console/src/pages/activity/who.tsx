/** Who sent a request, and what it was about; with links where it is of a tenant. */

import { Link } from '@tanstack/react-router'
import type { ActivityRow } from '../../../../src/server/admin/types.ts'
import { CopyButton } from '../../parts/copy.tsx'
import { Fact, Facts } from '../../parts/page.tsx'
import { Text } from '../../parts/text.tsx'
import { Time } from '../../parts/time.tsx'
import { keyInWords, readableQuery } from '../../words/activity.ts'

export function Who({
  row,
  tenant,
}: {
  readonly row: ActivityRow
  /** Absent for what is of none. */
  readonly tenant?: string
}) {
  return (
    <Facts>
      <Fact name="When">
        <Time at={row.at} as="whole" />
      </Fact>
      {row.query && (
        <Fact name="Query">
          <code>
            <Text of={readableQuery(row.query)} />
          </code>
        </Fact>
      )}
      <Fact name="Key">
        {row.key && tenant ? (
          <Link to="/t/$tenant/activity" params={{ tenant }} search={{ key: row.key.id }}>
            <Text of={keyInWords(row.key) ?? row.key.id} />
          </Link>
        ) : (
          (WITHOUT_KEY[row.refused ?? 'none'] ?? 'none that was accepted')
        )}
      </Fact>
      <Fact name="Client">{row.client ?? 'unknown'}</Fact>
      <Fact name="Agent">
        <Text of={row.agent ?? 'not said'} />
      </Fact>
      <Fact name="Address">{row.address ?? 'unknown'}</Fact>
      <Fact name="Request id">
        <code>{row.requestId}</code> <CopyButton text={row.requestId} what="the request id" />
      </Fact>
      {row.resource && tenant && (
        <Fact name="About">
          <About row={row} tenant={tenant} id={row.resource} />
        </Fact>
      )}
    </Facts>
  )
}

function About({
  row,
  tenant,
  id,
}: {
  readonly row: ActivityRow
  readonly tenant: string
  readonly id: string
}) {
  const params = { tenant, id }
  if (row.path.startsWith('/Users')) {
    return (
      <Link to="/t/$tenant/users/$id" params={params}>
        <Text of={row.about ?? id} />
      </Link>
    )
  }
  if (row.path.startsWith('/Groups')) {
    return (
      <Link to="/t/$tenant/groups/$id" params={params}>
        <Text of={row.about ?? id} />
      </Link>
    )
  }
  return <code>{id}</code>
}

const WITHOUT_KEY: Readonly<Record<string, string>> = {
  malformed: 'what came is no API key',
  unknown: 'one that nobody here knows',
}
