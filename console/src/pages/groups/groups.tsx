/** Every group, found and paged as users are. */

import { useQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import type { GroupRow } from '../../../../src/server/admin/types.ts'
import { groupsQuery } from '../../api/queries/directory.ts'
import { type Tenant, useTenant } from '../../frame/tenant.tsx'
import { Button, ButtonLink } from '../../parts/button.tsx'
import { Find, filterError } from '../../parts/find.tsx'
import { Looking } from '../../parts/looking.tsx'
import { Empty, Page, Skeleton, Soft } from '../../parts/page.tsx'
import { Pager } from '../../parts/pager.tsx'
import { Problem } from '../../parts/problem.tsx'
import { type Column, RowLink, Table } from '../../parts/table.tsx'
import { Text } from '../../parts/text.tsx'
import { Count, Time } from '../../parts/time.tsx'

const EXAMPLES = [
  'displayName sw "Sales"',
  'externalId pr',
  'meta.lastModified gt "2026-01-01T00:00:00Z"',
]

export function Groups() {
  const tenant = useTenant()
  const navigate = useNavigate({ from: '/t/$tenant/groups' })
  const search = useSearch({ from: '/signed-in/t/$tenant/groups' })
  const groups = useQuery(groupsQuery(tenant.name, search))
  const { q = '', filter = '' } = search
  const isFilterWrong = filter !== '' && filterError(groups.error) !== undefined
  const find = (wanted: { readonly q?: string; readonly filter?: string }): void => {
    void navigate({
      search: (before) => ({ ...before, ...wanted, after: undefined }),
      // Back leads to what was asked for before, but not through every letter that was typed.
      replace: wanted.q !== undefined && q !== '',
      resetScroll: false,
    })
  }
  return (
    <Page title="Groups" intro="What your identity providers have put together, and who is in it.">
      <Find
        label="How an id or name begins"
        q={q}
        filter={filter}
        onChange={find}
        examples={EXAMPLES}
        error={groups.error}
      />
      {groups.error && !isFilterWrong && (
        <Problem error={groups.error} onRetry={() => groups.refetch()} />
      )}
      {groups.isPending && <Skeleton lines={10} label="Loading groups" />}
      {groups.data && !groups.error && groups.data.rows.length === 0 && !groups.data.isLooking && (
        <None tenant={tenant} q={q} filter={filter} onDrop={() => find({ q: '', filter: '' })} />
      )}
      {groups.data && !groups.error && groups.data.rows.length > 0 && (
        <div>
          <Table
            caption="Groups"
            columns={columns(tenant)}
            rows={groups.data.rows}
            rowKey={(group) => group.id}
            isStale={groups.isPlaceholderData}
          />
          <Pager
            after={search.after}
            next={groups.data.next}
            rows={groups.data.rows.length}
            total={groups.data.total}
            isAtLeast={groups.data.isAtLeast === true}
            isStale={groups.isPlaceholderData}
            what={groups.data.total === 1 ? 'group' : 'groups'}
          />
        </div>
      )}
      {groups.data?.isLooking && !groups.error && (
        <Looking what="groups" found={groups.data.rows.length} />
      )}
    </Page>
  )
}

function columns({ name }: Tenant): readonly Column<GroupRow>[] {
  return [
    {
      title: 'Group',
      cell: (group) => (
        <RowLink to="/t/$tenant/groups/$id" params={{ tenant: name, id: group.id }}>
          <Text of={group.displayName} />
        </RowLink>
      ),
    },
    {
      title: 'External id',
      cell: (group) =>
        group.externalId === null ? <Soft>none</Soft> : <Text of={group.externalId} />,
    },
    {
      title: 'Members',
      isNarrow: true,
      align: 'end',
      cell: (group) => <Count of={group.members} />,
    },
    {
      title: 'Changed',
      isNarrow: true,
      align: 'end',
      cell: (group) => <Time at={group.modified} />,
    },
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
        title="There are no groups yet"
        action={
          <ButtonLink to="/t/$tenant/connect" params={{ tenant: tenant.name }} look="primary">
            See how to send groups
          </ButtonLink>
        }
      >
        Most identity providers send groups only when told which: Okta calls it “push groups”, Entra
        “provision Microsoft Entra ID groups” in the mappings.
      </Empty>
    )
  }
  return (
    <Empty
      title={`No group ${q === '' ? 'matches the filter' : `matches “${q}”`}`}
      action={<Button onClick={onDrop}>Show all groups</Button>}
    >
      {filter === '' ? (
        'The beginning of a name or id is enough.'
      ) : (
        <>
          The filter is <code>{filter}</code>
          {q !== '' && ', and both must fit'}.
        </>
      )}
    </Empty>
  )
}
