/** An initial sync while it runs: how far it is, how fast, and what went wrong so far. */

import { Link } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import type { InitialSync } from '../../../../src/server/admin/types.ts'
import { Text } from '../../parts/text.tsx'
import { Count, count, Time, useNow } from '../../parts/time.tsx'
import styles from './overview.module.css'
import { paceOf, type Sample, WINDOW } from './pace.ts'

/** Without a request for so long it is quiet, and may be over. */
const QUIET = 15_000

export function Sync({
  sync,
  at,
  tenant,
}: {
  readonly sync: InitialSync
  /** When it was so. */
  readonly at: number
  readonly tenant: string
}) {
  const isQuiet = useNow() - sync.last > QUIET
  const [samples, setSamples] = useState<readonly Sample[]>([])
  const made = sync.users + sync.groups
  useEffect(() => {
    setSamples((before) => [...before.filter((one) => one.at > at - WINDOW), { at, made }])
  }, [at, made])
  return (
    <section className={styles.sync} aria-label="Initial sync">
      <p>
        {!isQuiet && <span className={styles.pulse} aria-hidden="true" />}
        {isQuiet ? (
          <>
            <strong>
              <Text of={sync.key.name} />
            </strong>{' '}
            sent many people{sync.isFirst && ' for the first time'}. Its last request came{' '}
            <Time at={sync.last} />.
          </>
        ) : (
          <>
            <strong>
              <Text of={sync.key.name} />
            </strong>{' '}
            is sending {sync.isFirst ? 'everybody for the first time' : 'many more people'}. It
            began{' '}
            {sync.isSinceExact ? (
              <Time at={sync.since} />
            ) : (
              <>
                in the minute after <Time at={sync.since} as="clock" />
              </>
            )}
            .
          </>
        )}
      </p>
      <dl className={styles.syncFigures}>
        <Figure name={sync.users === 1 ? 'user' : 'users'} value={sync.users} />
        <Figure name={sync.groups === 1 ? 'group' : 'groups'} value={sync.groups} />
        <Figure name={sync.members === 1 ? 'membership' : 'memberships'} value={sync.members} />
        <Figure name="a second" value={paceOf(samples) ?? sync.perSecond} />
        <div>
          <dd>
            <Count of={sync.errors} />
          </dd>
          <dt>
            {sync.errors > 0 ? (
              <Link
                to="/t/$tenant/activity"
                params={{ tenant }}
                search={{ key: sync.key.id, status: 'bad' }}
              >
                {sync.errors === 1 ? 'error' : 'errors'}
              </Link>
            ) : (
              'errors'
            )}
          </dt>
        </div>
      </dl>
      <p className="visually-hidden" role="status">
        {soFar(sync.users)}
      </p>
    </section>
  )
}

/** Said anew only when it is worth it: every hundred, then every thousand. */
function soFar(users: number): string {
  const step = users < 1000 ? 100 : 1000
  const whole = Math.floor(users / step) * step
  return whole === 0
    ? 'Fewer than 100 users were sent.'
    : `${count(whole, 'user')} or more were sent.`
}

function Figure({ name, value }: { readonly name: string; readonly value: number }) {
  return (
    <div>
      <dd>
        <Count of={value} />
      </dd>
      <dt>{name}</dt>
    </div>
  )
}
