/**
 * What holds for a tenant, who may enter it, what its resources may have, what people did here; and for
 * whoever owns the service, the tenants.
 *
 * @module
 */

import { useNavigate, useSearch } from '@tanstack/react-router'
import { useSession, useTenant } from '../../frame/tenant.tsx'
import { Page } from '../../parts/page.tsx'
import { Note } from '../../parts/problem.tsx'
import { Tabs } from '../../parts/tabs.tsx'
import { Audit } from './audit.tsx'
import { Operators } from './operators.tsx'
import { Rules } from './rules.tsx'
import { Schemas } from './schemas.tsx'
import { Tenants } from './tenants.tsx'

export function Settings() {
  const tenant = useTenant()
  const { isRoot } = useSession()
  const { part } = useSearch({ from: '/signed-in/t/$tenant/settings' })
  const navigate = useNavigate({ from: '/t/$tenant/settings' })
  const forAdmins = <Note>Owners and admins of {tenant.name} see this. You are a viewer here.</Note>
  const tabs = [
    { value: 'rules', label: 'Rules', panel: <Rules tenant={tenant} /> },
    {
      value: 'operators',
      label: 'Operators',
      panel: tenant.isAdmin ? <Operators tenant={tenant} /> : forAdmins,
    },
    { value: 'schemas', label: 'Schemas', panel: <Schemas tenant={tenant.name} /> },
    {
      value: 'audit',
      label: 'Audit log',
      panel: tenant.isAdmin ? <Audit tenant={tenant.name} /> : forAdmins,
    },
    ...(isRoot ? [{ value: 'tenants', label: 'Tenants', panel: <Tenants /> }] : []),
  ]
  return (
    <Page title="Settings" intro={`What holds for ${tenant.name}.`}>
      <Tabs
        label="Settings"
        tabs={tabs}
        value={tabs.find(({ value }) => value === part)?.value ?? 'rules'}
        onChange={(value) =>
          navigate({ search: { part: value }, replace: true, resetScroll: false })
        }
      />
    </Page>
  )
}
