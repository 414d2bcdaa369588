/** The members of a group, a page at a time: a million of them cost no more than ten. */

import { useQuery } from '@tanstack/react-query'
import { useSearch } from '@tanstack/react-router'
import type { MemberRow } from '../../../../src/server/admin/types.ts'
import { membersQuery } from '../../api/queries.ts'
import { ButtonLink } from '../../parts/button.tsx'
import { Empty, Skeleton, Soft } from '../../parts/page.tsx'
import { Pager } from '../../parts/pager.tsx'
import { Problem } from '../../parts/problem.tsx'
import { Tag } from '../../parts/status.tsx'
import { type Column, RowLink, Table } from '../../parts/table.tsx'

export function Members({
  tenant,
  id,
  name,
}: {
  readonly tenant: string
  readonly id: string
  readonly name: string
}) {
  const { after } = useSearch({ from: '/signed-in/t/$tenant/groups/$id' })
  const members = useQuery(membersQuery(tenant, id, after === undefined ? {} : { after }))
  if (members.isPending) return <Skeleton lines={8} label="Loading members" />
  if (members.error) return <Problem error={members.error} onRetry={() => members.refetch()} />
  const { rows, next, total } = members.data
  if (rows.length === 0) {
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
        An identity provider adds members after it has created both the group and the users. Those
        it could not add are among the refused requests.
      </Empty>
    )
  }
  return (
    <div>
      <Table
        caption={`Members of ${name}`}
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
        isStale={members.isPlaceholderData}
        what={total === 1 ? 'member' : 'members'}
      />
    </div>
  )
}

function columns(tenant: string): readonly Column<MemberRow>[] {
  return [
    {
      title: 'Member',
      cell: (member) =>
        member.type === 'Group' ? (
          <RowLink to="/t/$tenant/groups/$id" params={{ tenant, id: member.id }}>
            {member.display ?? member.id}
          </RowLink>
        ) : (
          <RowLink to="/t/$tenant/users/$id" params={{ tenant, id: member.id }}>
            {member.display ?? member.id}
          </RowLink>
        ),
    },
    {
      title: 'Kind',
      isNarrow: true,
      cell: (member) =>
        member.type === 'Group' ? <Tag tone="note">Group</Tag> : <Soft>{member.type}</Soft>,
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
