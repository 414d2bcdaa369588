/** One guide, with the checklist beside it. */

import { useQuery } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { connectQuery } from '../../api/queries.ts'
import { Lost } from '../../frame/instead.tsx'
import { useTenant } from '../../frame/tenant.tsx'
import { ButtonLink } from '../../parts/button.tsx'
import { Page, Section, Skeleton } from '../../parts/page.tsx'
import { Problem } from '../../parts/problem.tsx'
import { Checklist } from './checklist.tsx'
import styles from './connect.module.css'
import { GuideSteps } from './guide.tsx'
import { GUIDES } from './guides.ts'
import { NotPublic } from './not-public.tsx'

export function GuidePage() {
  const tenant = useTenant()
  const { idp } = useParams({ from: '/signed-in/t/$tenant/connect/$idp' })
  const connect = useQuery(connectQuery(tenant.name))
  const guide = GUIDES.find(({ id }) => id === idp)
  if (!guide) return <Lost />
  return (
    <Page
      title={guide.name}
      above={
        <Link to="/t/$tenant/connect" params={{ tenant: tenant.name }}>
          Connect
        </Link>
      }
      intro={guide.gist}
    >
      {connect.error && <Problem error={connect.error} onRetry={() => connect.refetch()} />}
      {connect.isPending && <Skeleton lines={9} />}
      {connect.data && (
        <>
          {!connect.data.isPublic && <NotPublic baseUrl={connect.data.baseUrl} />}
          <div className={styles.columns}>
            <div className={styles.main}>
              <Section title="Step by step">
                {' '}
                <GuideSteps
                  guide={guide}
                  baseUrl={connect.data.baseUrl}
                  keyInstead={
                    <>
                      <p>An API key of this tenant. It is shown once, when it is made.</p>
                      <ButtonLink
                        to="/my-stuff"
                        search={{ open: 'api-key', tenant: tenant.name }}
                        sign="key"
                      >
                        {tenant.isAdmin ? 'Make an API key' : 'See the API keys'}
                      </ButtonLink>
                    </>
                  }
                />
              </Section>{' '}
            </div>
            <aside className={styles.aside} aria-labelledby="so-far">
              <h2 id="so-far">What works so far</h2>
              <Checklist checklist={connect.data.checklist} tenant={tenant.name} />
            </aside>
          </div>
        </>
      )}
    </Page>
  )
}
