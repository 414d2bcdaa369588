/**
 * Every SCIM request that came: looked for by anything one may know of it, live when wanted, exported as
 * it is shown.
 *
 * @module
 */

import { useQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { addressOf } from '../../api/api.ts'
import { activityQuery, keysQuery } from '../../api/queries.ts'
import { useTenant } from '../../frame/tenant.tsx'
import { Button, ButtonAnchor, ButtonLink } from '../../parts/button.tsx'
import { Empty, Page, Skeleton } from '../../parts/page.tsx'
import { Problem } from '../../parts/problem.tsx'
import { count } from '../../parts/time.tsx'
import {
  FILTERS,
  type Filters,
  filterInWords,
  filtersOf,
  unknownFilter,
} from '../../words/activity.ts'
import styles from './activity.module.css'
import { FilterBar } from './filters.tsx'
import { Foot } from './foot.tsx'
import { Kept } from './kept.tsx'
import { MOST_ROWS, useLive } from './live.ts'
import { Rows } from './rows.tsx'
import { StrangersNote } from './strangers-note.tsx'

const PAGE = '100'

export function Activity() {
  const tenant = useTenant()
  const navigate = useNavigate({ from: '/t/$tenant/activity' })
  const search = useSearch({ from: '/signed-in/t/$tenant/activity' })
  const filters = filtersOf(search)
  const isLive = search.live !== undefined && search.before === undefined
  const change = (wanted: Readonly<Record<string, string | undefined>>): void => {
    void navigate({
      search: (now) => ({ ...now, before: undefined, ...wanted }),
      replace: true,
      resetScroll: false,
    })
  }
  const drop = () => change(Object.fromEntries(FILTERS.map((name) => [name, undefined])))
  const unknown = unknownFilter(filters)
  const exported = (format: 'csv' | 'json') =>
    addressOf(`/tenants/${encodeURIComponent(tenant.name)}/activity/export`, { ...filters, format })
  return (
    <Page
      title="Activity"
      intro={<Kept tenant={tenant} />}
      actions={
        <>
          <ButtonAnchor href={exported('csv')} sign="download" download>
            CSV
          </ButtonAnchor>
          <ButtonAnchor href={exported('json')} sign="download" download>
            JSON
          </ButtonAnchor>
        </>
      }
    >
      <StrangersNote />
      <FilterBar tenant={tenant.name} filters={filters} onChange={change}>
        <button
          type="button"
          className={styles.live}
          aria-pressed={isLive}
          title={isLive ? 'Pause: let no new requests in' : 'Let new requests in as they come'}
          onClick={() => change({ live: isLive ? undefined : '1' })}
        >
          <span className={styles.dot} aria-hidden="true" />
          Live
        </button>
      </FilterBar>
      {unknown ? (
        <Empty title={unknown} action={<Button onClick={drop}>Show all requests</Button>}>
          The address asks for it. Choose another above, or drop all filters.
        </Empty>
      ) : (
        <List
          key={JSON.stringify([filters, search.before])}
          tenant={tenant.name}
          filters={filters}
          before={search.before}
          isLive={isLive}
          onDrop={drop}
        />
      )}
    </Page>
  )
}

function List({
  tenant,
  filters,
  before,
  isLive,
  onDrop,
}: {
  readonly tenant: string
  readonly filters: Filters
  readonly before: string | undefined
  readonly isLive: boolean
  readonly onDrop: () => void
}) {
  const query = { ...filters, ...(before && { before }), count: PAGE }
  const page = useQuery(activityQuery(tenant, query))
  const base = page.data?.rows ?? []
  const isReady = page.data !== undefined && !page.isPlaceholderData
  const live = useLive(tenant, filters, base[0], isLive && isReady)
  if (page.error) return <Problem error={page.error} onRetry={() => page.refetch()} />
  if (!page.data) return <Skeleton lines={12} label="Loading requests" />
  const rows = [...live.fresh, ...base].slice(0, MOST_ROWS)
  if (rows.length === 0) {
    return (
      <None tenant={tenant} filters={filters} before={before} isLive={isLive} onDrop={onDrop} />
    )
  }
  const last = rows.at(-1)
  const isCut = live.fresh.length + base.length > MOST_ROWS
  const older = isCut ? last?.seq : page.data.next
  return (
    <div>
      <div className={styles.news} role="status">
        {live.held.length > 0 && (
          <Button look="primary" onClick={live.show}>
            Show {count(live.held.length, 'new request')}
          </Button>
        )}
        {live.isTroubled && 'The service does not answer. It is asked again.'}
      </div>
      <Rows
        tenant={tenant}
        filters={filters}
        rows={rows}
        fresh={new Set(live.fresh.map((row) => row.seq))}
        isStale={page.isPlaceholderData}
      />
      <Foot before={before} older={older} rows={rows.length} />
    </div>
  )
}

function None({
  tenant,
  filters,
  before,
  isLive,
  onDrop,
}: {
  readonly tenant: string
  readonly filters: Filters
  readonly before: string | undefined
  readonly isLive: boolean
  readonly onDrop: () => void
}) {
  const keys = useQuery(keysQuery(tenant)).data ?? []
  const asked = FILTERS.filter((name) => filters[name])
  if (asked.length > 0 || before !== undefined) {
    const words = asked.map((name) =>
      filterInWords(name, filters[name] ?? '', (id) => keys.find((key) => key.id === id)?.name),
    )
    return (
      <Empty
        title={before ? 'No older request is kept' : 'No request fits'}
        action={<Button onClick={onDrop}>Show all requests</Button>}
      >
        {words.length > 0 && <>The filters are: {words.join(', ')}. </>}
        {isLive ? 'The first one that fits appears here.' : 'Older ones may have been forgotten.'}
      </Empty>
    )
  }
  return (
    <Empty
      title="No request has come yet"
      action={
        <>
          <ButtonLink to="/t/$tenant/connect" params={{ tenant }} look="primary">
            Connect an identity provider
          </ButtonLink>
          <ButtonLink to="/t/$tenant/try" params={{ tenant }}>
            Try a request
          </ButtonLink>
        </>
      }
    >
      {isLive
        ? 'The first one appears here by itself, a second or two after it came.'
        : 'Go live and press “Test connection” at your identity provider: it appears here by itself.'}
    </Empty>
  )
}
