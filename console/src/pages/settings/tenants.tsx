/** For whoever owns the service: its tenants, and a new one. */

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import type { TenantView } from '../../../../src/server/admin/types.ts'
import { createTenant } from '../../api/changes.ts'
import { sessionQuery } from '../../api/queries/people.ts'
import { tenantsQuery } from '../../api/queries/tenants.ts'
import { TenantMark } from '../../frame/tenant.tsx'
import { Button } from '../../parts/button.tsx'
import { TextField } from '../../parts/field.tsx'
import { Section, Skeleton } from '../../parts/page.tsx'
import { Problem } from '../../parts/problem.tsx'
import { type Column, Table } from '../../parts/table.tsx'
import { Time } from '../../parts/time.tsx'
import { say } from '../../parts/toasts.tsx'
import styles from './settings.module.css'

const COLUMNS: readonly Column<TenantView>[] = [
  {
    title: 'Tenant',
    cell: ({ name }) => (
      <span className={styles.tenant}>
        <TenantMark name={name} />
        <Link to="/t/$tenant/overview" params={{ tenant: name }}>
          {name}
        </Link>
      </span>
    ),
  },
  { title: 'Profile', cell: ({ settings }) => settings.profile },
  { title: 'Made', cell: ({ created }) => <Time at={created} as="day" /> },
]

export function Tenants() {
  const client = useQueryClient()
  const navigate = useNavigate()
  const tenants = useQuery(tenantsQuery)
  const [name, setName] = useState('')
  const create = useMutation({
    mutationFn: () => createTenant(name.trim()),
    onSuccess: async (tenant) => {
      await Promise.all([
        client.refetchQueries({ queryKey: sessionQuery.queryKey }),
        client.invalidateQueries({ queryKey: tenantsQuery.queryKey }),
      ])
      say(`${tenant.name} was made.`)
      void navigate({ to: '/t/$tenant/connect', params: { tenant: tenant.name } })
    },
  })
  return (
    <Section
      title="Tenants"
      intro="Each is a directory of its own: no key, no user and no group of one is seen by another."
    >
      <form
        className={styles.newTenant}
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          if (name.trim() !== '' && !create.isPending) create.mutate()
        }}
      >
        <TextField
          label="A new tenant"
          hint="A customer’s name, for example: letters, digits, . _ and -, such as acme-berlin. It is in the address of its pages."
          autoComplete="off"
          value={name}
          onChange={(event) => setName(event.target.value)}
        />
        <Button
          type="submit"
          look="primary"
          disabled={name.trim() === ''}
          isBusy={create.isPending}
        >
          Make it
        </Button>
      </form>
      {create.error && <Problem error={create.error} />}
      {tenants.error && <Problem error={tenants.error} onRetry={() => tenants.refetch()} />}
      {tenants.isPending && <Skeleton lines={3} />}
      {tenants.data && (
        <Table
          caption="Tenants"
          columns={COLUMNS}
          rows={tenants.data}
          rowKey={(tenant) => tenant.id}
        />
      )}
    </Section>
  )
}
