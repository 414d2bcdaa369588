/**
 * Everybody in the directory: one box for any id, name or e-mail, a SCIM filter, and pages that cost the
 * same at the end of a million as at the beginning. Suspended accounts are not among them.
 *
 * @module
 */

import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import type { UserRow } from '../../../../src/server/admin/types.ts'
import { usersQuery } from '../../api/queries/directory.ts'
import { type Tenant, useTenant } from '../../frame/tenant.tsx'
import { Button, ButtonLink } from '../../parts/button.tsx'
import { Find, filterError } from '../../parts/find.tsx'
import { Looking } from '../../parts/looking.tsx'
import { Empty, Page, Skeleton, Soft } from '../../parts/page.tsx'
import { Pager } from '../../parts/pager.tsx'
import { Problem } from '../../parts/problem.tsx'
import { type Column, RowLink, Table, Under } from '../../parts/table.tsx'
import { Text } from '../../parts/text.tsx'
import { Time } from '../../parts/time.tsx'
import { parted } from '../../words/states.ts'
import { Activeness, StateChoice } from './state.tsx'
import styles from './users.module.css'

const EXAMPLES = ['emails[type eq "work" and value ew "@example.com"]', 'name.familyName sw "J"']

export function Users() {
  const tenant = useTenant()
  const navigate = useNavigate({ from: '/t/$tenant/users' })
  const search = useSearch({ from: '/signed-in/t/$tenant/users' })
  const users = useQuery(usersQuery(tenant.name, search))
  const { q = '', filter = '' } = search
  const isFilterWrong = filter !== '' && filterError(users.error) !== undefined
  const find = (wanted: { readonly q?: string; readonly filter?: string }): void => {
    void navigate({
      search: (before) => ({ ...before, ...wanted, after: undefined }),
      // Back leads to what was asked for before, but not through every letter that was typed.
      replace: wanted.q !== undefined && q !== '',
      resetScroll: false,
    })
  }
  return (
    <Page
      title="Users"
      intro={
        <>
          Who your identity providers have put here. Accounts they deleted are in{' '}
          <Link to="/t/$tenant/suspended" params={{ tenant: tenant.name }}>
            Suspended
          </Link>
          .
        </>
      }
    >
      <Find
        label="How an id, name or e-mail begins"
        q={q}
        filter={filter}
        onChange={find}
        examples={EXAMPLES}
        error={users.error}
        isOpened={parted(filter).rest !== ''}
      >
        <StateChoice filter={filter} onChange={(wanted) => find({ filter: wanted })} />
      </Find>
      {users.error && !isFilterWrong && (
        <Problem error={users.error} onRetry={() => users.refetch()} />
      )}
      {users.isPending && <Skeleton lines={10} label="Loading users" />}
      {users.data && !users.error && users.data.rows.length === 0 && !users.data.isLooking && (
        <None tenant={tenant} q={q} filter={filter} onDrop={() => find({ q: '', filter: '' })} />
      )}
      {users.data && !users.error && users.data.rows.length > 0 && (
        <div>
          <Table
            caption="Users"
            columns={columns(tenant)}
            rows={users.data.rows}
            rowKey={(user) => user.id}
            isStale={users.isPlaceholderData}
          />
          <Pager
            after={search.after}
            next={users.data.next}
            rows={users.data.rows.length}
            total={users.data.total}
            isAtLeast={users.data.isAtLeast === true}
            isStale={users.isPlaceholderData}
            what={users.data.total === 1 ? 'user' : 'users'}
          />
        </div>
      )}
      {users.data?.isLooking && !users.error && (
        <Looking what="users" found={users.data.rows.length} />
      )}
    </Page>
  )
}

function columns({ name }: Tenant): readonly Column<UserRow>[] {
  return [
    {
      title: 'User',
      cell: (user) => (
        <div className={styles.who}>
          <RowLink to="/t/$tenant/users/$id" params={{ tenant: name, id: user.id }}>
            <Text of={user.displayName ?? user.userName} />
          </RowLink>
          {user.displayName !== null && (
            <Under>
              <Text of={user.userName} />
            </Under>
          )}
        </div>
      ),
    },
    {
      title: 'E-mail',
      cell: (user) =>
        user.email === null ? (
          <Soft>none</Soft>
        ) : user.email === user.userName ? (
          <Soft>
            <Text of={user.email} />
          </Soft>
        ) : (
          <Text of={user.email} />
        ),
    },
    {
      title: 'External id',
      isExtra: true,
      cell: (user) => (
        <Soft>{user.externalId === null ? 'none' : <Text of={user.externalId} />}</Soft>
      ),
    },
    { title: 'State', isNarrow: true, cell: (user) => <Activeness isActive={user.active} /> },
    { title: 'Changed', isNarrow: true, align: 'end', cell: (user) => <Time at={user.modified} /> },
  ]
}

function None({
  tenant,
  q,
  filter,
  onDrop,
}: {
  readonly tenant: Tenant
  readonly q: string
  readonly filter: string
  readonly onDrop: () => void
}) {
  if (q === '' && filter === '') {
    return (
      <Empty
        title="There are no users yet"
        action={
          <>
            <ButtonLink to="/t/$tenant/connect" params={{ tenant: tenant.name }} look="primary">
              Connect an identity provider
            </ButtonLink>
            {tenant.isAdmin && (
              <ButtonLink to="/t/$tenant/try" params={{ tenant: tenant.name }}>
                Try a request
              </ButtonLink>
            )}
          </>
        }
      >
        They come by themselves, as soon as an identity provider sends them. Assign one person there
        first, and watch them arrive.
      </Empty>
    )
  }
  return (
    <Empty
      title={`No user ${q === '' ? 'matches the filter' : `matches “${q}”`}`}
      action={
        <>
          <Button onClick={onDrop}>Show all users</Button>
          <ButtonLink
            to="/t/$tenant/suspended"
            params={{ tenant: tenant.name }}
            search={q === '' ? {} : { q }}
            look="quiet"
          >
            Look among the suspended
          </ButtonLink>
        </>
      }
    >
      {filter === '' ? (
        'The beginning of a name, user name, e-mail or id is enough, with its accents. Whatever else a user has, such as a telephone or an employee number, is found by a SCIM filter.'
      ) : (
        <>
          The filter is <code>{filter}</code>
          {q !== '' && ', and both must fit'}.
        </>
      )}
    </Empty>
  )
}
