/** Where this person is signed in, and the way to end it there. */

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { SessionRow } from '../../../../src/server/admin/types.ts'
import { endOtherSessions, endSession } from '../../api/changes.ts'
import { sessionsQuery } from '../../api/queries/people.ts'
import { Button } from '../../parts/button.tsx'
import { Section, Skeleton, Soft } from '../../parts/page.tsx'
import { Problem } from '../../parts/problem.tsx'
import { Tag } from '../../parts/status.tsx'
import { type Column, Table } from '../../parts/table.tsx'
import { Time } from '../../parts/time.tsx'
import { say } from '../../parts/toasts.tsx'
import { browserOf } from '../../words/agent.ts'

export function Sessions() {
  const client = useQueryClient()
  const sessions = useQuery(sessionsQuery)
  const end = useMutation({
    mutationFn: (row: SessionRow | 'others') =>
      row === 'others' ? endOtherSessions() : endSession(row.id),
    onSuccess: (_, row) => {
      say(row === 'others' ? 'All other sessions were ended.' : 'That session was ended.')
      return client.invalidateQueries({ queryKey: sessionsQuery.queryKey })
    },
  })
  const columns: readonly Column<SessionRow>[] = [
    {
      title: 'Browser',
      cell: (row) => (
        <>
          <span title={row.agent ?? undefined}>{browserOf(row.agent)}</span>{' '}
          {row.isCurrent && <Tag tone="note">this one</Tag>}
        </>
      ),
    },
    { title: 'From', cell: (row) => row.address ?? <Soft>unknown</Soft> },
    { title: 'Signed in', cell: (row) => <Time at={row.created} /> },
    {
      title: 'Last seen',
      cell: (row) => <Time at={row.lastSeen} />,
    },
    {
      title: 'End',
      hidesTitle: true,
      align: 'end',
      isNarrow: true,
      cell: (row) =>
        !row.isCurrent && (
          <Button look="quiet" onClick={() => end.mutate(row)}>
            End
          </Button>
        ),
    },
  ]
  const others = sessions.data?.some(({ isCurrent }) => !isCurrent)
  return (
    <Section
      title="Sessions"
      intro="A session ends by itself after 30 minutes without use, and 12 hours after signing in."
      actions={others && <Button onClick={() => end.mutate('others')}>End all others</Button>}
    >
      {end.error && <Problem error={end.error} />}
      {sessions.error && <Problem error={sessions.error} onRetry={() => sessions.refetch()} />}
      {sessions.isPending && <Skeleton lines={2} />}
      {sessions.data && (
        <Table
          caption="Where you are signed in"
          columns={columns}
          rows={sessions.data}
          rowKey={(row) => row.id}
        />
      )}
    </Section>
  )
}
