/**
 * The way for an identity provider into this tenant: which one it is, what works so far, and a link for
 * whoever administers it and has no account here.
 *
 * @module
 */

import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { connectQuery } from '../../api/queries/connections.ts'
import { useTenant } from '../../frame/tenant.tsx'
import { ButtonLink } from '../../parts/button.tsx'
import { CopyValue } from '../../parts/copy.tsx'
import { Icon } from '../../parts/icon.tsx'
import { Page, Section } from '../../parts/page.tsx'
import { Problem } from '../../parts/problem.tsx'
import styles from './connect.module.css'
import { GUIDES } from './guides.ts'
import { KeyChoice } from './key-choice.tsx'
import { NotPublic } from './not-public.tsx'
import { SetupLinks } from './setup-links.tsx'

export function Connect() {
  const tenant = useTenant()
  const { key } = useSearch({ from: '/signed-in/t/$tenant/connect' })
  const navigate = useNavigate({ from: '/t/$tenant/connect' })
  const connect = useQuery(connectQuery(tenant.name, key))
  return (
    <Page
      title="Connect"
      intro={`Bring people and groups from an identity provider into ${tenant.name}.`}
    >
      {connect.error && (
        <Problem error={connect.error} onRetry={() => connect.refetch()} isAskedAgain />
      )}
      {connect.data && !connect.data.isPublic && <NotPublic baseUrl={connect.data.baseUrl} />}
      <div className={styles.columns}>
        <div className={styles.main}>
          <Section title="Which one is it?">
            <ul className={styles.guides}>
              {GUIDES.map((guide) => (
                <li key={guide.id}>
                  <Link
                    to="/t/$tenant/connect/$idp"
                    params={{ tenant: tenant.name, idp: guide.id }}
                    search={key ? { key } : {}}
                  >
                    <span>
                      <strong>{guide.name}</strong>
                      <span className={styles.gist}>{guide.gist}</span>
                    </span>
                    <Icon sign="right" />
                  </Link>
                </li>
              ))}
            </ul>
          </Section>
          {connect.data && (
            <Section
              title="The two values"
              intro="Whatever it is called, every identity provider asks for these."
            >
              <CopyValue
                label="SCIM base URL"
                value={connect.data.baseUrl}
                what="the base URL"
                hint="Entra calls this “Tenant URL”, Okta “Base URL”."
              />
              <div className={styles.keyInstead}>
                <strong>API key</strong>
                <p>
                  Entra calls this “Secret Token”, Okta “API Token”. It is shown once, when made.
                </p>
                <ButtonLink
                  to="/my-stuff"
                  search={{ open: 'api-key', tenant: tenant.name }}
                  sign="key"
                >
                  {tenant.isAdmin ? 'Make an API key' : 'See the API keys'}
                </ButtonLink>
              </div>
            </Section>
          )}
          {connect.data && tenant.isAdmin && (
            <SetupLinks links={connect.data.links} tenant={tenant.name} />
          )}
          {connect.data && !tenant.isAdmin && (
            <Section title="Somebody else does it?">
              <p>
                An owner or an admin of {tenant.name} can make a link for the administrator of the
                identity provider, which needs no account.
              </p>
            </Section>
          )}
        </div>
        {!connect.error && (
          <KeyChoice
            view={connect.data}
            tenant={tenant}
            onKey={(id) => void navigate({ search: { key: id }, replace: true })}
          />
        )}
      </div>
    </Page>
  )
}
