/**
 * How this tenant is doing: who is connected and how they fare, what came today, the last hour, and an
 * initial sync while it runs. Asked for again every second or two.
 *
 * @module
 */

import { useQuery } from '@tanstack/react-query'
import type { Overview as View } from '../../../../src/server/admin/types.ts'
import { overviewQuery } from '../../api/queries/tenants.ts'
import { type Tenant, useTenant } from '../../frame/tenant.tsx'
import { ButtonLink } from '../../parts/button.tsx'
import { Empty, Page, Section, Skeleton } from '../../parts/page.tsx'
import { Note, Problem } from '../../parts/problem.tsx'
import { Time } from '../../parts/time.tsx'
import { StrangersNote } from '../activity/strangers-note.tsx'
import { Connections } from './connections.tsx'
import { Today, Totals } from './figures.tsx'
import { LastHour } from './last-hour.tsx'
import { Sync } from './sync.tsx'

export function Overview() {
  const tenant = useTenant()
  const overview = useQuery(overviewQuery(tenant.name))
  return (
    <Page title="Overview" intro={`How ${tenant.name} and its identity providers are doing.`}>
      {overview.error && (
        <Problem error={overview.error} onRetry={() => overview.refetch()} isAskedAgain />
      )}
      {overview.isPending && <Skeleton lines={9} />}
      {overview.data && (
        <Content
          tenant={tenant}
          view={overview.data}
          at={overview.dataUpdatedAt}
          isOld={overview.error !== null}
        />
      )}
    </Page>
  )
}

function Content({
  tenant,
  view,
  at,
  isOld,
}: {
  readonly tenant: Tenant
  readonly view: View
  /** When all this was so. */
  readonly at: number
  /** Nobody knows whether it still is. */
  readonly isOld: boolean
}) {
  const asOf = isOld ? at : null
  // The service does not note its own trying of a key.
  const isConnected = view.connections.some(({ key }) => key.lastUsed !== null)
  const hasRequests = view.minutes.some(({ ok, bad }) => ok + bad > 0)
  return (
    <>
      <StrangersNote />
      {asOf !== null && (
        <Note kind="warn">
          <p>
            What stands below is as of <Time at={asOf} as="clock" />, and may be different by now.
          </p>
        </Note>
      )}
      {view.sync && <Sync key={view.sync.key.id} sync={view.sync} at={at} tenant={tenant.name} />}
      <Totals totals={view.totals} tenant={tenant.name} />
      <Section title="Connections" intro="Each API key, and who is at its other end.">
        {!isConnected && (
          <Empty
            title="No identity provider is connected yet"
            action={
              <>
                <ButtonLink to="/t/$tenant/connect" params={{ tenant: tenant.name }} look="primary">
                  Connect one
                </ButtonLink>
                {tenant.isAdmin && view.connections.length === 0 && (
                  <ButtonLink
                    to="/my-stuff"
                    search={{ open: 'api-key', tenant: tenant.name }}
                    sign="key"
                  >
                    Make an API key
                  </ButtonLink>
                )}
              </>
            }
          >
            Entra ID, Okta and the others ask for two things, this server’s address and an API key.
            The guide has both, and ticks off what works as the first calls arrive.
          </Empty>
        )}
        {view.connections.length > 0 && (
          <Connections connections={view.connections} tenant={tenant} asOf={asOf} />
        )}
      </Section>
      {(hasRequests || view.today.requests > 0) && (
        <>
          <Today today={view.today} tenant={tenant.name} />
          <LastHour minutes={view.minutes} />
        </>
      )}
    </>
  )
}
