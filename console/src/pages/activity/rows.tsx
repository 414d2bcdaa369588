/** The requests of a page, and those that come while one looks. */

import type { ActivityRow } from '../../../../src/server/admin/types.ts'
import { Soft } from '../../parts/page.tsx'
import { Status } from '../../parts/status.tsx'
import { type Column, RowLink, Table } from '../../parts/table.tsx'
import { Text } from '../../parts/text.tsx'
import { Time } from '../../parts/time.tsx'
import {
  duration,
  type Filters,
  keyInWords,
  RESULTS,
  readableQuery,
  refusalInWords,
} from '../../words/activity.ts'
import { visible } from '../../words/hidden.ts'
import styles from './activity.module.css'

interface Props {
  readonly tenant: string
  readonly filters: Filters
  readonly rows: readonly ActivityRow[]
  readonly fresh: ReadonlySet<string>
}

export function Rows({ tenant, filters, rows, fresh }: Props) {
  return (
    <Table
      caption="Requests, newest first"
      columns={columns(tenant, filters)}
      rows={rows}
      rowKey={(row) => row.seq}
      rowClass={(row) => (fresh.has(row.seq) ? styles.fresh : undefined)}
    />
  )
}

function columns(tenant: string, filters: Filters): readonly Column<ActivityRow>[] {
  return [
    {
      title: 'Request',
      cell: (row) => (
        <RowLink
          to="/t/$tenant/activity/$seq"
          params={{ tenant, seq: row.seq }}
          search={filters}
          preload={false}
        >
          <Line row={row} />
        </RowLink>
      ),
    },
    {
      title: 'Result',
      isNarrow: true,
      cell: (row) => <Result row={row} />,
    },
    {
      title: 'From',
      cell: (row) => (
        <span title={row.agent ? visible(row.agent) : undefined}>
          {row.key ? (
            <Text of={keyInWords(row.key) ?? 'a key that is gone'} />
          ) : (
            <Soft>no key</Soft>
          )}{' '}
          {!isSaid(row) && (
            <span className={styles.client}>
              <Text of={row.client ?? row.agent ?? 'unknown agent'} />
            </span>
          )}
        </span>
      ),
    },
    {
      title: 'Took',
      isNarrow: true,
      align: 'end',
      cell: (row) => <Soft>{duration(row.milliseconds)}</Soft>,
    },
    {
      title: 'When',
      isNarrow: true,
      align: 'end',
      cell: (row) => <Time at={row.at} as="clock" />,
    },
  ]
}

/** Many a key is called like the client that has it. */
const isSaid = ({ key, client }: ActivityRow) =>
  client !== null && key?.name?.toLowerCase() === client.toLowerCase()

export function Line({
  row,
}: {
  readonly row: Pick<ActivityRow, 'method' | 'path' | 'query' | 'about'>
}) {
  const query = readableQuery(row.query)
  return (
    <span className={styles.request}>
      <span className={styles.method}>
        <Text of={row.method} />
      </span>{' '}
      <span className={styles.target}>
        <span className={styles.path}>
          <Text of={row.path} />
        </span>
        {row.about && (
          <span className={styles.about}>
            <Text of={row.about} />
          </span>
        )}
        {query && (
          <span className={styles.query} title={visible(query)}>
            <Text of={`?${query}`} />
          </span>
        )}
      </span>
    </span>
  )
}

export function Result({ row }: { readonly row: ActivityRow }) {
  const [tone, word] = RESULTS[row.result]
  return (
    <>
      <Status tone={tone}>{word}</Status>{' '}
      <span className={styles.client}>
        {row.status}
        {row.scimType && ` ${row.scimType}`}
        {row.status === 401 && ` ${refusalInWords(row.refused)}`}
      </span>
    </>
  )
}
