/**
 * Requests that came with no key, or with one that nobody here knows. They are of no tenant, so only
 * those who see every tenant see them; nothing of their bodies is kept.
 *
 * @module
 */

import { useQuery } from '@tanstack/react-query'
import { useSearch } from '@tanstack/react-router'
import type { ActivityRow } from '../../../../src/server/admin/types.ts'
import { strangersQuery } from '../../api/queries/requests.ts'
import { useSession } from '../../frame/tenant.tsx'
import { Empty, Page, Skeleton, Soft, Stack } from '../../parts/page.tsx'
import { Problem } from '../../parts/problem.tsx'
import { type Column, RowLink, Table } from '../../parts/table.tsx'
import { Text } from '../../parts/text.tsx'
import { Time } from '../../parts/time.tsx'
import { visible } from '../../words/hidden.ts'
import styles from './activity.module.css'
import { Foot } from './foot.tsx'
import { ForRoot } from './for-root.tsx'
import { Line, Result } from './rows.tsx'

export function Strangers() {
  const { isRoot } = useSession()
  return (
    <Page
      title="Unknown keys"
      intro="Requests that came with no API key, or with one that nobody here knows, and so are of no tenant. Find out by address and agent which identity provider sends them, and give it a key that is made under My Stuff."
    >
      {isRoot ? <List /> : <ForRoot />}
    </Page>
  )
}

function List() {
  const { before } = useSearch({ from: '/signed-in/unknown-keys' })
  const page = useQuery(strangersQuery({ count: '100', ...(before && { before }) }))
  if (page.error) return <Problem error={page.error} onRetry={() => page.refetch()} />
  if (!page.data) return <Skeleton lines={9} label="Loading requests" />
  const { rows, next } = page.data
  if (rows.length === 0) {
    return (
      <Empty title={before ? 'No older request is kept' : 'No such request is kept'}>
        When an identity provider says that its key is refused and its requests stand in no tenant’s
        Activity, they are found here.
      </Empty>
    )
  }
  return (
    <Stack>
      <Table
        caption="Requests with no known key, newest first"
        columns={COLUMNS}
        rows={rows}
        rowKey={(row) => row.seq}
        isStale={page.isPlaceholderData}
      />
      <Foot before={before} older={next} rows={rows.length} />
    </Stack>
  )
}

const COLUMNS: readonly Column<ActivityRow>[] = [
  {
    title: 'Request',
    cell: (row) => (
      <RowLink to="/unknown-keys/$seq" params={{ seq: row.seq }} preload={false}>
        <Line row={row} />
      </RowLink>
    ),
  },
  { title: 'Result', cell: (row) => <Result row={row} /> },
  {
    title: 'From',
    cell: (row) => (
      <>
        {row.address ? (
          <span className={row.address.includes(':') ? undefined : styles.whole}>
            {row.address}
          </span>
        ) : (
          <Soft>unknown address</Soft>
        )}{' '}
        <span className={styles.client} title={row.agent ? visible(row.agent) : undefined}>
          <Text of={row.client ?? row.agent ?? 'unknown agent'} />
        </span>
      </>
    ),
  },
  {
    title: 'Request id',
    isNarrow: true,
    isRoomy: true,
    cell: (row) => <code className={styles.client}>{row.requestId}</code>,
  },
  {
    title: 'When',
    isNarrow: true,
    align: 'end',
    cell: (row) => <Time at={row.at} as="clock" />,
  },
]
