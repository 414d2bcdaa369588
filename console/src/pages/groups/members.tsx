/** The members of a group, a page at a time: a million of them cost no more than ten. */

import { useQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import type { MemberRow } from '../../../../src/server/admin/types.ts'
import { membersQuery } from '../../api/queries/directory.ts'
import { Button, ButtonLink } from '../../parts/button.tsx'
import { SearchBox } from '../../parts/find.tsx'
import { Looking } from '../../parts/looking.tsx'
import { Empty, Skeleton, Soft, Stack } from '../../parts/page.tsx'
import { Pager } from '../../parts/pager.tsx'
import { Problem } from '../../parts/problem.tsx'
import { Tag } from '../../parts/status.tsx'
import { type Column, RowLink, Table, Under } from '../../parts/table.tsx'
import { Text } from '../../parts/text.tsx'
import { visible } from '../../words/hidden.ts'
import { Activeness } from '../users/state.tsx'

export function Members({
  tenant,
  id,
  name,
}: {
  readonly tenant: string
  readonly id: string
  readonly name: string
}) {
  const navigate = useNavigate({ from: '/t/$tenant/groups/$id' })
  const { q = '', after } = useSearch({ from: '/signed-in/t/$tenant/groups/$id' })
  const members = useQuery(
    membersQuery(tenant, id, { ...(q !== '' && { q }), ...(after !== undefined && { after }) }),
  )
  const find = (wanted: string): void => {
    const search = wanted === '' ? {} : { q: wanted }
    void navigate({ search, replace: q !== '', resetScroll: false })
  }
  if (members.isPending && q === '') return <Skeleton lines={8} label="Loading members" />
  const { rows = [], next = null, total, isAtLeast, isLooking } = members.data ?? {}
  if (members.data && rows.length === 0 && q === '') return <Nobody tenant={tenant} id={id} />
  return (
    <Stack>
      <search>
        <SearchBox label="How an id, name or e-mail begins" value={q} onChange={find} />
      </search>
      {members.error && <Problem error={members.error} onRetry={() => members.refetch()} />}
      {members.isPending && <Skeleton lines={8} label="Loading members" />}
      {members.data && !members.error && rows.length === 0 && !isLooking && (
        <Empty
          title={`No member matches “${q}”`}
          action={
            <>
              <Button onClick={() => find('')}>Show all members</Button>
              <ButtonLink to="/t/$tenant/users" params={{ tenant }} search={{ q }} look="quiet">
                Look among all users
              </ButtonLink>
            </>
          }
        >
          The beginning of a name, user name, e-mail or id is enough, with its accents.
        </Empty>
      )}
      {members.data && !members.error && rows.length > 0 && (
        <div>
          <Table
            caption={`Members of ${visible(name)}`}
            columns={columns(tenant)}
            rows={rows}
            rowKey={(member) => member.id}
            isStale={members.isPlaceholderData}
          />
          <Pager
            after={after}
            next={next}
            rows={rows.length}
            total={total}
            isAtLeast={isAtLeast === true}
            isStale={members.isPlaceholderData}
            what={total === 1 ? 'member' : 'members'}
          />
        </div>
      )}
      {isLooking && !members.error && <Looking what="members" found={rows.length} />}
    </Stack>
  )
}

function Nobody({ tenant, id }: { readonly tenant: string; readonly id: string }) {
  return (
    <Empty
      title="Nobody is in this group"
      action={
        <ButtonLink
          to="/t/$tenant/activity"
          params={{ tenant }}
          search={{ resource: id }}
          look="plain"
        >
          See its requests
        </ButtonLink>
      }
    >
      An identity provider adds members after it has created both the group and the users. Those it
      could not add are among the refused requests.
    </Empty>
  )
}

function columns(tenant: string): readonly Column<MemberRow>[] {
  return [
    {
      title: 'Member',
      cell: (member) =>
        member.type === 'Group' ? (
          <RowLink to="/t/$tenant/groups/$id" params={{ tenant, id: member.id }}>
            <Text of={member.display ?? member.id} />
          </RowLink>
        ) : (
          <>
            <RowLink to="/t/$tenant/users/$id" params={{ tenant, id: member.id }}>
              <Text of={member.display ?? member.id} />
            </RowLink>
            {member.userName !== undefined && member.userName !== member.display && (
              <Under>
                <Text of={member.userName} />
              </Under>
            )}
          </>
        ),
    },
    {
      title: 'Kind',
      isNarrow: true,
      cell: (member) =>
        member.type === 'Group' ? <Tag tone="note">Group</Tag> : <Soft>{member.type}</Soft>,
    },
    {
      title: 'State',
      isNarrow: true,
      cell: (member) => member.active !== undefined && <Activeness isActive={member.active} />,
    },
    {
      title: 'Id',
      isExtra: true,
      cell: (member) => (
        <Soft>
          <code>{member.id}</code>
        </Soft>
      ),
    },
  ]
}
