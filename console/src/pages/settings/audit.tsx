/** What people did here, newest first. What identity providers did is under Activity. */

import { useInfiniteQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { AuditRow } from '../../../../src/server/admin/types.ts'
import { auditQuery } from '../../api/queries/people.ts'
import { Button } from '../../parts/button.tsx'
import { Empty, Section, Skeleton, Soft } from '../../parts/page.tsx'
import { Problem } from '../../parts/problem.tsx'
import { type Column, ListFoot, Table, Under } from '../../parts/table.tsx'
import { Text } from '../../parts/text.tsx'
import { Time } from '../../parts/time.tsx'
import { actionInWords } from '../../words/audit.ts'

const columns = (tenant: string): readonly Column<AuditRow>[] => [
  { title: 'What', cell: (row) => actionInWords(row.action) },
  {
    title: 'To',
    cell: ({ user, subject, action }) =>
      user === null && !action.startsWith('user.') ? (
        <Text of={subject} />
      ) : (
        <Link to="/t/$tenant/users/$id" params={{ tenant, id: subject }}>
          <Text of={user?.name ?? subject} />
        </Link>
      ),
  },
  {
    title: 'Who, from where',
    cell: (row) => (
      <>
        {row.action === 'setup.key' && 'Whoever held a setup link of '}
        {row.operator.name === null ? (
          <Soft>{row.operator.id}</Soft>
        ) : (
          <Text of={row.operator.name} />
        )}
        <Under>{row.address ?? 'unknown address'}</Under>
      </>
    ),
  },
  { title: 'When', isNarrow: true, cell: (row) => <Time at={row.at} as="whole" /> },
]

export function Audit({ tenant }: { readonly tenant: string }) {
  const audit = useInfiniteQuery(auditQuery(tenant))
  const rows = audit.data?.pages.flatMap((page) => page.rows) ?? []
  return (
    <Section
      title="Audit log"
      intro="What operators changed in this tenant, in the console. What the command line did is not among it."
    >
      {audit.error && <Problem error={audit.error} onRetry={() => audit.refetch()} />}
      {audit.isPending && <Skeleton lines={5} />}
      {audit.data && rows.length === 0 && (
        <Empty title="Nobody has changed anything yet">
          Keys made and revoked, operators invited, users erased, rules changed: all of it will
          stand here, with who, when and from where.
        </Empty>
      )}
      {rows.length > 0 && (
        <Table
          caption="Audit log"
          columns={columns(tenant)}
          rows={rows}
          rowKey={(row) => row.seq}
        />
      )}
      {audit.hasNextPage && (
        <ListFoot>
          <Button isBusy={audit.isFetchingNextPage} onClick={() => audit.fetchNextPage()}>
            Older
          </Button>
        </ListFoot>
      )}
    </Section>
  )
}
