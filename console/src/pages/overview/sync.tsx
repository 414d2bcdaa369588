/** An initial sync while it runs: how far it is, how fast, and what went wrong so far. */

import { Link } from '@tanstack/react-router'
import type { InitialSync } from '../../../../src/server/admin/types.ts'
import { Count, count, Time } from '../../parts/time.tsx'
import styles from './overview.module.css'

export function Sync({ sync, tenant }: { readonly sync: InitialSync; readonly tenant: string }) {
  return (
    <section className={styles.sync} aria-label="Initial sync">
      <p>
        <span className={styles.pulse} aria-hidden="true" />
        <strong>{sync.key.name}</strong> is sending everybody for the first time, since{' '}
        <Time at={sync.since} />.
      </p>
      <dl className={styles.syncFigures}>
        <Figure name="users" value={sync.users} />
        <Figure name="groups" value={sync.groups} />
        <Figure name="memberships" value={sync.members} />
        <Figure name="a second" value={Math.round(sync.perSecond * 10) / 10} />
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
        {`${count(Math.floor(sync.users / 1000) * 1000, 'user')} and more so far.`}
      </p>
    </section>
  )
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
