/**
 * One guide, about one key, with the checklist of that key beside it. A key that was made here stands
 * whole in its step until the page is left.
 *
 * @module
 */

import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import type { CreatedKey } from '../../../../src/server/admin/types.ts'
import { forget } from '../../api/changes.ts'
import { connectQuery } from '../../api/queries/connections.ts'
import { Lost } from '../../frame/instead.tsx'
import { useTenant } from '../../frame/tenant.tsx'
import { Page, Section, Skeleton } from '../../parts/page.tsx'
import { Problem } from '../../parts/problem.tsx'
import { NewKeyDialog } from '../api-keys/new-key-dialog.tsx'
import styles from './connect.module.css'
import { GuideSteps } from './guide.tsx'
import { GUIDES } from './guides.ts'
import { KeyChoice } from './key-choice.tsx'
import { KeyInstead } from './key-instead.tsx'
import { NotPublic } from './not-public.tsx'

const FROM = '/signed-in/t/$tenant/connect/$idp'

export function GuidePage() {
  const tenant = useTenant()
  const client = useQueryClient()
  const { idp } = useParams({ from: FROM })
  const { key } = useSearch({ from: FROM })
  const navigate = useNavigate({ from: '/t/$tenant/connect/$idp' })
  const [isMaking, setMaking] = useState(false)
  const [created, setCreated] = useState<CreatedKey>()
  const guide = GUIDES.find(({ id }) => id === idp)
  const of = guide?.id === 'other' ? undefined : guide?.name
  const connect = useQuery(connectQuery(tenant.name, key, key === undefined ? of : undefined))
  if (!guide) return <Lost />
  const chosen = connect.data?.keys.find(({ id }) => id === connect.data.checklist?.key)
  const choose = (id: string) => void navigate({ search: { key: id }, replace: true })
  return (
    <Page
      title={guide.name}
      above={
        <Link
          to="/t/$tenant/connect"
          params={{ tenant: tenant.name }}
          search={key && !connect.error ? { key } : {}}
        >
          Connect
        </Link>
      }
      intro={guide.gist}
    >
      {connect.error && (
        <Problem error={connect.error} onRetry={() => connect.refetch()} isAskedAgain />
      )}
      {connect.isPending && <Skeleton lines={9} />}
      {connect.data && (
        <>
          {!connect.data.isPublic && <NotPublic baseUrl={connect.data.baseUrl} />}
          <div className={styles.columns}>
            <div className={styles.main}>
              <Section title="Step by step">
                <GuideSteps
                  guide={guide}
                  baseUrl={connect.data.baseUrl}
                  isReadOnly={chosen?.scope === 'read'}
                  secret={created?.key.id === chosen?.id ? created?.secret : undefined}
                  keyInstead={
                    <KeyInstead
                      guide={guide}
                      tenant={tenant}
                      chosen={chosen}
                      onMake={() => setMaking(true)}
                    />
                  }
                />
              </Section>
            </div>
            <KeyChoice view={connect.data} tenant={tenant} onKey={choose} />
          </div>
        </>
      )}
      <NewKeyDialog
        isOpen={isMaking}
        tenant={tenant.name}
        name={guide.id === 'other' ? '' : guide.name}
        onCreated={(made) => {
          setCreated(made)
          void forget(client, tenant.name)
          choose(made.key.id)
        }}
        onClose={() => setMaking(false)}
      />
    </Page>
  )
}
