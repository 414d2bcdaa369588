/** The large figures: what there is, and what came today. Each leads to what it counts. */

import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import type { Counts, Overview } from '../../../../src/server/admin/types.ts'
import { Section } from '../../parts/page.tsx'
import { Count } from '../../parts/time.tsx'
import styles from './overview.module.css'

interface OfTenant {
  readonly tenant: string
}

export function Totals({ totals, tenant }: OfTenant & { readonly totals: Overview['totals'] }) {
  return (
    <ul className={styles.totals} aria-label="What there is">
      <Figure count={totals.users}>
        <Link to="/t/$tenant/users" params={{ tenant }}>
          {totals.users === 1 ? 'user' : 'users'}
        </Link>
      </Figure>
      <Figure count={totals.groups}>
        <Link to="/t/$tenant/groups" params={{ tenant }}>
          {totals.groups === 1 ? 'group' : 'groups'}
        </Link>
      </Figure>
      <Figure count={totals.suspended}>
        <Link to="/t/$tenant/suspended" params={{ tenant }}>
          suspended
        </Link>
      </Figure>
    </ul>
  )
}

function Figure({ count, children }: { readonly count: number; readonly children: ReactNode }) {
  return (
    <li>
      <span className={styles.large}>
        <Count of={count} />
      </span>
      <span className={styles.small}>{children}</span>
    </li>
  )
}

export function Today({ today, tenant }: OfTenant & { readonly today: Counts }) {
  const all = { tenant }
  return (
    <Section title="Today" intro="What identity providers did, to users and groups together.">
      <dl className={styles.today}>
        <Line name="Requests" count={today.requests}>
          <Link to="/t/$tenant/activity" params={all}>
            see all
          </Link>
        </Line>
        <Line name="Created" count={today.created}>
          {today.created > 0 && (
            <Link to="/t/$tenant/activity" params={all} search={{ method: 'POST', status: '201' }}>
              see them
            </Link>
          )}
        </Line>
        <Line name="Changed" count={today.changed} />
        <Line name="Suspended" count={today.suspended}>
          {today.suspended > 0 && (
            <Link
              to="/t/$tenant/activity"
              params={all}
              search={{ method: 'DELETE', path: '/Users' }}
            >
              see them
            </Link>
          )}
        </Line>
        <Line name="Refused" count={today.refused}>
          {today.refused > 0 && (
            <Link to="/t/$tenant/activity" params={all} search={{ status: '4xx' }}>
              see why
            </Link>
          )}
        </Line>
        <Line name="Failed" count={today.failed}>
          {today.failed > 0 && (
            <Link to="/t/$tenant/activity" params={all} search={{ status: '5xx' }}>
              see why
            </Link>
          )}
        </Line>
      </dl>
    </Section>
  )
}

function Line({
  name,
  count,
  children,
}: {
  readonly name: string
  readonly count: number
  readonly children?: ReactNode
}) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>
        <span className={styles.middle}>
          <Count of={count} />
        </span>
        {children && <span className={styles.small}>{children}</span>}
      </dd>
    </div>
  )
}
