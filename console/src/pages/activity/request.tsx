/**
 * One request, from the outside in: of a failure first its cause and what to do; then what it changed,
 * how it was decided, and both messages as they were, redacted. Older and newer are those that fit the
 * filters one came with.
 *
 * @module
 */

import { useQuery } from '@tanstack/react-query'
import { Link, useParams, useSearch } from '@tanstack/react-router'
import type { ActivityDetail } from '../../../../src/server/admin/types.ts'
import { activityDetailQuery, requestsOf } from '../../api/queries/requests.ts'
import { type Tenant, useTenant } from '../../frame/tenant.tsx'
import { ButtonLink } from '../../parts/button.tsx'
import { Page, Section, Skeleton } from '../../parts/page.tsx'
import { Problem } from '../../parts/problem.tsx'
import { filtersOf } from '../../words/activity.ts'
import { Advice } from './advice.tsx'
import { Gist, titleOf } from './gist.tsx'
import { Messages } from './messages.tsx'
import { Neighbours } from './neighbours.tsx'
import { Quirks } from './quirks.tsx'
import styles from './request.module.css'
import { Steps } from './steps.tsx'
import { WhatChanged } from './what-changed.tsx'
import { Who } from './who.tsx'

export function OneRequest() {
  const tenant = useTenant()
  const { seq } = useParams({ from: '/signed-in/t/$tenant/activity/$seq' })
  const filters = filtersOf(useSearch({ from: '/signed-in/t/$tenant/activity/$seq' }))
  const request = useQuery(activityDetailQuery(tenant.name, seq))
  const detail = request.data
  return (
    <Page
      title={detail ? titleOf(detail.row) : 'Request'}
      above={
        <Link to="/t/$tenant/activity" params={{ tenant: tenant.name }} search={filters}>
          Activity
        </Link>
      }
      intro={detail && <Gist row={detail.row} />}
      actions={
        <Neighbours
          of={requestsOf(tenant.name)}
          filters={filters}
          seq={seq}
          to={(one) => ({
            to: '/t/$tenant/activity/$seq',
            params: { tenant: tenant.name, seq: one },
            search: filters,
          })}
        />
      }
    >
      {request.error && <Problem error={request.error} onRetry={() => request.refetch()} />}
      {request.isPending && <Skeleton lines={12} label="Loading the request" />}
      {detail && <Content tenant={tenant} detail={detail} />}
    </Page>
  )
}

function Content({
  tenant: { name: tenant, isAdmin },
  detail,
}: {
  readonly tenant: Tenant
  readonly detail: ActivityDetail
}) {
  const { row } = detail
  return (
    <>
      {detail.advice && <Advice advice={detail.advice} tenant={tenant} />}
      {detail.changes.length > 0 && <WhatChanged tenant={tenant} detail={detail} />}
      <div className={styles.pair}>
        <Section title="How it was decided">
          <Steps steps={detail.steps} />
        </Section>
        <Section title="Who and when">
          <Who row={row} tenant={tenant} />
        </Section>
      </div>
      <Quirks
        quirks={detail.quirks}
        intro="What this client sends beside the RFC, and what it was taken for."
      />
      <Messages detail={detail}>
        {isAdmin && (
          <ButtonLink to="/t/$tenant/try" params={{ tenant }} search={{ seq: row.seq }}>
            Try it again
          </ButtonLink>
        )}
      </Messages>
    </>
  )
}
