/**
 * One request, from the outside in: of a failure first its cause and what to do; then what it changed,
 * how it was decided, and both messages as they were, redacted. Older and newer are those that fit the
 * filters one came with.
 *
 * @module
 */

import { useQuery } from '@tanstack/react-query'
import { Link, useParams, useSearch } from '@tanstack/react-router'
import type { ActivityDetail, ActivityRow } from '../../../../src/server/admin/types.ts'
import { activityDetailQuery } from '../../api/queries.ts'
import { useTenant } from '../../frame/tenant.tsx'
import { ButtonLink } from '../../parts/button.tsx'
import { Changes } from '../../parts/changes.tsx'
import { CopyButton } from '../../parts/copy.tsx'
import { Bar, Fact, Facts, Page, Section, Skeleton } from '../../parts/page.tsx'
import { Problem } from '../../parts/problem.tsx'
import { Status, Tag } from '../../parts/status.tsx'
import { Time } from '../../parts/time.tsx'
import { duration, filtersOf, RESULTS, readableQuery } from '../../words/activity.ts'
import { KINDS } from '../../words/changes.ts'
import { Advice } from './advice.tsx'
import { Message } from './message.tsx'
import { Neighbours } from './neighbours.tsx'
import styles from './request.module.css'
import { Steps } from './steps.tsx'

export function OneRequest() {
  const tenant = useTenant()
  const { seq } = useParams({ from: '/signed-in/t/$tenant/activity/$seq' })
  const filters = filtersOf(useSearch({ from: '/signed-in/t/$tenant/activity/$seq' }))
  const request = useQuery(activityDetailQuery(tenant.name, seq))
  const detail = request.data
  return (
    <Page
      title={detail ? `${detail.row.method} ${shortened(detail.row.path)}` : 'Request'}
      above={
        <Link to="/t/$tenant/activity" params={{ tenant: tenant.name }} search={filters}>
          Activity
        </Link>
      }
      intro={detail && <Gist row={detail.row} />}
      actions={<Neighbours tenant={tenant.name} seq={seq} filters={filters} />}
    >
      {request.error && <Problem error={request.error} onRetry={() => request.refetch()} />}
      {request.isPending && <Skeleton lines={12} label="Loading the request" />}
      {detail && <Content tenant={tenant.name} detail={detail} />}
    </Page>
  )
}

function Gist({ row }: { readonly row: ActivityRow }) {
  const [tone, word] = RESULTS[row.result]
  return (
    <Bar>
      <Status tone={tone}>{word}</Status>
      <span>
        Answered <strong>{row.status}</strong>
        {row.scimType && <> {row.scimType}</>} in {duration(row.milliseconds)}
      </span>
      <Time at={row.at} />
    </Bar>
  )
}

function Content({ tenant, detail }: { readonly tenant: string; readonly detail: ActivityDetail }) {
  const { row } = detail
  return (
    <>
      {detail.advice && <Advice advice={detail.advice} />}
      {detail.changes.length > 0 && <WhatChanged tenant={tenant} detail={detail} />}
      <div className={styles.pair}>
        <Section title="How it was decided">
          <Steps steps={detail.steps} />
        </Section>
        <Section title="Who and when">
          <Who row={row} tenant={tenant} />
        </Section>
      </div>
      {detail.quirks.length > 0 && (
        <Section
          title="Quirks"
          intro="What this client sends beside the RFC, and what it was taken for."
        >
          <Facts>
            {detail.quirks.map((quirk) => (
              <Fact key={quirk.name} name={quirk.name}>
                <Marked text={quirk.means} />
              </Fact>
            ))}
          </Facts>
        </Section>
      )}
      <Section
        title="Messages"
        intro="As they were, but for what is secret: that is never written down."
        actions={
          <>
            <CopyButton text={detail.curl} what="as curl" label="Copy as curl" />
            <ButtonLink to="/t/$tenant/try" params={{ tenant }} search={{ seq: row.seq }}>
              Try it again
            </ButtonLink>
          </>
        }
      >
        <div className={styles.pair}>
          <Message
            title="Request"
            first={`${row.method} ${row.path}${row.query && `?${readableQuery(row.query)}`}`}
            message={detail.request}
            mayBeUnread={row.status >= 400 && /^P(?:OST|UT|ATCH)$/.test(row.method)}
          />
          <Message title="Response" first={String(row.status)} message={detail.response} />
        </div>
      </Section>
    </>
  )
}

/** What stands in backticks is set as code. */
function Marked({ text }: { readonly text: string }) {
  return text
    .split(/(`[^`]+`)/)
    .map((part) => (part.startsWith('`') ? <code key={part}>{part.slice(1, -1)}</code> : part))
}

function Who({ row, tenant }: { readonly row: ActivityRow; readonly tenant: string }) {
  return (
    <Facts>
      <Fact name="When">
        <Time at={row.at} as="whole" />
      </Fact>
      {row.query && (
        <Fact name="Query">
          <code>{readableQuery(row.query)}</code>
        </Fact>
      )}
      <Fact name="Key">
        {row.key ? (
          <Link to="/t/$tenant/activity" params={{ tenant }} search={{ key: row.key.id }}>
            {row.key.name ?? row.key.id}
          </Link>
        ) : (
          'none that was accepted'
        )}
      </Fact>
      <Fact name="Client">{row.client ?? 'unknown'}</Fact>
      <Fact name="Agent">{row.agent ?? 'not said'}</Fact>
      <Fact name="Address">{row.address ?? 'unknown'}</Fact>
      <Fact name="Request id">
        <code>{row.requestId}</code>
      </Fact>
      {row.resource && (
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
        {id}
      </Link>
    )
  }
  if (row.path.startsWith('/Groups')) {
    return (
      <Link to="/t/$tenant/groups/$id" params={params}>
        {id}
      </Link>
    )
  }
  return <code>{id}</code>
}

function WhatChanged({
  tenant,
  detail,
}: {
  readonly tenant: string
  readonly detail: ActivityDetail
}) {
  return (
    <Section title="What it changed">
      <ul className={styles.changes}>
        {detail.changes.map((change) => (
          <li key={change.seq}>
            <Bar>
              <Status tone={KINDS[change.kind][0]}>{KINDS[change.kind][1]}</Status>
              <Tag>{change.type}</Tag>
              <Link
                to={change.type === 'Group' ? '/t/$tenant/groups/$id' : '/t/$tenant/users/$id'}
                params={{ tenant, id: change.id }}
                search={{ part: 'timeline' }}
              >
                {(change.type === 'Group' ? change.group : change.member)?.display ?? change.id}
              </Link>
              {change.member && change.type === 'Group' && (
                <span>{change.member.display ?? change.member.id}</span>
              )}
            </Bar>
            {change.changes.length > 0 && <Changes changes={change.changes} />}
          </li>
        ))}
      </ul>
    </Section>
  )
}

/** Ids by their end, which is what tells them apart; whole ones are below. */
function shortened(path: string): string {
  return path.replaceAll(/[^/]{17,}/g, (id) => `…${id.slice(-6)}`)
}
