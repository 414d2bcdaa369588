/**
 * Accounts that an identity provider deleted, or an operator suspended: kept whole until somebody
 * restores or erases them.
 *
 * @module
 */

import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import type { SuspendedRow } from '../../../../src/server/admin/types.ts'
import { suspendedQuery } from '../../api/queries/directory.ts'
import { type Tenant, useTenant } from '../../frame/tenant.tsx'
import { Button, ButtonLink } from '../../parts/button.tsx'
import { SearchBox } from '../../parts/find.tsx'
import { Looking } from '../../parts/looking.tsx'
import { MenuItem, MoreActions } from '../../parts/menu.tsx'
import { Empty, Page, Skeleton } from '../../parts/page.tsx'
import { Pager } from '../../parts/pager.tsx'
import { Note, Problem } from '../../parts/problem.tsx'
import { type Column, RowLink, Table, Under } from '../../parts/table.tsx'
import { Text } from '../../parts/text.tsx'
import { Time } from '../../parts/time.tsx'
import { visible } from '../../words/hidden.ts'
import { actorInWords } from '../../words/people.ts'
import { Restore } from '../users/actions.tsx'
import { Erase } from '../users/erase.tsx'

interface Asking {
  readonly what: 'restore' | 'erase'
  readonly row: SuspendedRow
}

export function Suspended() {
  const tenant = useTenant()
  const navigate = useNavigate({ from: '/t/$tenant/suspended' })
  const search = useSearch({ from: '/signed-in/t/$tenant/suspended' })
  const { q = '', after } = search
  const list = useQuery(suspendedQuery(tenant.name, search))
  const [asking, setAsking] = useState<Asking | null>(null)
  const [isOpen, setOpen] = useState(false)
  const rows = list.data?.rows ?? []
  const find = (wanted: string): void => {
    const search = wanted === '' ? {} : { q: wanted }
    void navigate({ search, replace: q !== '', resetScroll: false })
  }
  const ask = (what: Asking['what'], row: SuspendedRow): void => {
    setAsking({ what, row })
    setOpen(true)
  }
  const about = asking && {
    tenant: tenant.name,
    id: asking.row.id,
    name: asking.row.displayName ?? asking.row.name,
    onClose: () => setOpen(false),
  }
  return (
    <Page
      title="Suspended"
      intro="Accounts that an identity provider deleted, or somebody suspended here. SCIM no longer shows them; everything of them is kept until they are restored or erased."
    >
      {rows.length > 0 && q === '' && after === undefined && <Difference tenant={tenant} />}
      {(q !== '' || rows.length > 0) && (
        <search>
          <SearchBox label="How an id, name or e-mail begins" value={q} onChange={find} />
        </search>
      )}
      {list.error && <Problem error={list.error} onRetry={() => list.refetch()} />}
      {list.isPending && <Skeleton lines={6} label="Loading suspended accounts" />}
      {list.data && !list.error && rows.length === 0 && !list.data.isLooking && (
        <None tenant={tenant} q={q} onDrop={() => find('')} />
      )}
      {list.data && !list.error && rows.length > 0 && (
        <div>
          <Table
            caption="Suspended accounts"
            columns={columns(tenant, ask)}
            rows={rows}
            rowKey={(row) => row.id}
            isStale={list.isPlaceholderData}
          />
          <Pager
            after={after}
            next={list.data.next}
            rows={rows.length}
            total={list.data.total}
            isAtLeast={list.data.isAtLeast === true}
            isStale={list.isPlaceholderData}
            what={list.data.total === 1 ? 'account' : 'accounts'}
          />
        </div>
      )}
      {list.data?.isLooking && !list.error && (
        <Looking what="suspended accounts" found={rows.length} />
      )}
      {about && (
        <>
          <Restore
            {...about}
            userName={asking.row.name}
            isOpen={isOpen && asking.what === 'restore'}
          />
          <Erase {...about} seen={asking.row.seen} isOpen={isOpen && asking.what === 'erase'} />
        </>
      )}
    </Page>
  )
}

function Difference({ tenant }: { readonly tenant: Tenant }) {
  return (
    <Note>
      <p>
        <strong>Suspended is not deactivated.</strong> A deactivated user has{' '}
        <code>active: false</code>: the identity provider still knows them, still updates them, and
        they are{' '}
        <Link
          to="/t/$tenant/users"
          params={{ tenant: tenant.name }}
          search={{ filter: 'active eq false' }}
        >
          among the users
        </Link>
        . A suspended one was deleted there, or suspended here. If it is created again, the tenant’s{' '}
        <Link to="/t/$tenant/settings" params={{ tenant: tenant.name }}>
          settings
        </Link>{' '}
        say whether this account comes back or a new one begins.
      </p>
    </Note>
  )
}

function columns(
  tenant: Tenant,
  ask: (what: Asking['what'], row: SuspendedRow) => void,
): readonly Column<SuspendedRow>[] {
  return [
    {
      title: 'Account',
      cell: (row) => (
        <>
          <RowLink to="/t/$tenant/users/$id" params={{ tenant: tenant.name, id: row.id }}>
            <Text of={row.displayName ?? row.name} />
          </RowLink>
          {row.displayName !== null && (
            <Under>
              <Text of={row.name} />
            </Under>
          )}
        </>
      ),
    },
    { title: 'By', cell: (row) => <Text of={actorInWords(row.by)} /> },
    { title: 'When', isNarrow: true, cell: (row) => <Time at={row.suspendedAt} /> },
    ...(tenant.isAdmin
      ? [
          {
            title: 'Actions',
            hidesTitle: true,
            isNarrow: true,
            align: 'end' as const,
            cell: (row: SuspendedRow) => (
              <MoreActions label={`More actions for ${visible(row.displayName ?? row.name)}`}>
                <MenuItem onSelect={() => ask('restore', row)}>Restore …</MenuItem>
                <MenuItem onSelect={() => ask('erase', row)} isDanger>
                  Erase …
                </MenuItem>
              </MoreActions>
            ),
          },
        ]
      : []),
  ]
}

function None({
  tenant,
  q,
  onDrop,
}: {
  readonly tenant: Tenant
  readonly q: string
  readonly onDrop: () => void
}) {
  if (q !== '') {
    return (
      <Empty
        title={`No suspended account matches “${q}”`}
        action={
          <>
            <Button onClick={onDrop}>Show all suspended</Button>
            <ButtonLink
              to="/t/$tenant/users"
              params={{ tenant: tenant.name }}
              search={{ q }}
              look="quiet"
            >
              Look among the users
            </ButtonLink>
          </>
        }
      >
        The beginning of a name, user name, e-mail, telephone number or id is enough, with its
        accents.
      </Empty>
    )
  }
  return (
    <Empty
      title="No account is suspended"
      action={
        <ButtonLink
          to="/t/$tenant/users"
          params={{ tenant: tenant.name }}
          search={{ filter: 'active eq false' }}
        >
          See deactivated users
        </ButtonLink>
      }
    >
      When an identity provider deletes somebody, the account waits here, whole, until you restore
      or erase it. Who was only deactivated, <code>active: false</code>, stays among the users.
    </Empty>
  )
}
