/**
 * The requests that fit, newest first. A search that has looked through much and found nothing goes on by
 * itself; once it has found something, or was stopped, when it is told to.
 *
 * @module
 */

import { useInfiniteQuery } from '@tanstack/react-query'
import { Navigate } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import { activityQuery } from '../../api/queries/requests.ts'
import { Button } from '../../parts/button.tsx'
import { Skeleton } from '../../parts/page.tsx'
import { Note, Problem } from '../../parts/problem.tsx'
import { count } from '../../parts/time.tsx'
import type { Filters } from '../../words/activity.ts'
import styles from './activity.module.css'
import { Foot } from './foot.tsx'
import { KeptSince } from './kept-since.tsx'
import { MOST_ROWS, useLive } from './live.ts'
import { None } from './none.tsx'
import { Rows } from './rows.tsx'
import { Search } from './search.tsx'
import { UnkeptNote } from './unkept-note.tsx'

const PAGE = '100'

interface Props {
  readonly tenant: string
  readonly filters: Filters
  readonly before: string | undefined
  readonly isLive: boolean
  /** Whoever came for one request is led to it, where there is but one. */
  readonly goes: boolean
  readonly onDrop: () => void
}

export function List({ tenant, filters, before, isLive, goes, onDrop }: Props) {
  const list = useInfiniteQuery(
    activityQuery(tenant, { ...filters, ...(before && { before }), count: PAGE }),
  )
  const { isFetching, isError, hasNextPage, fetchNextPage } = list
  const pages = list.data?.pages ?? []
  const base = pages.flatMap(({ rows }) => rows)
  // It goes on until it has found so many.
  const [wanted, setWanted] = useState(1)
  const isSearching = hasNextPage && base.length < wanted
  useEffect(() => {
    if (isSearching && !isFetching && !isError) void fetchNextPage()
  }, [isSearching, isFetching, isError, fetchNextPage])
  const live = useLive(tenant, filters, pages[0]?.newest ?? '0', isLive && pages.length > 0)
  const [only, another] = base
  if (goes && only && !another && !hasNextPage) {
    const params = { tenant, seq: only.seq }
    return <Navigate to="/t/$tenant/activity/$seq" params={params} search={filters} replace />
  }
  const retry = () => (pages.length > 0 ? fetchNextPage() : list.refetch())
  if (list.error && pages.length === 0) return <Problem error={list.error} onRetry={retry} />
  const end = pages.at(-1)
  if (end === undefined) return <Skeleton lines={12} label="Loading requests" />
  const rows = [...live.fresh, ...base].slice(0, MOST_ROWS)
  const unkept = <UnkeptNote unkept={live.unkept ?? pages[0]?.unkept ?? null} />
  const begin = end.next === null && <KeptSince since={end.keptSince} />
  const search = hasNextPage && end.searchedTo !== null && (
    <Search
      to={end.searchedTo}
      isRunning={isSearching}
      hasFound={rows.length > 0}
      onStop={() => setWanted(0)}
      onGo={() => setWanted(base.length + 1)}
    />
  )
  if (rows.length === 0) {
    return (
      <>
        {unkept}
        {list.error && <Problem error={list.error} onRetry={retry} />}
        {search || (
          <None
            tenant={tenant}
            filters={filters}
            before={before}
            isLive={isLive}
            isAll={end.keptSince === null}
            onDrop={onDrop}
          />
        )}
        {begin}
      </>
    )
  }
  const isCut = live.fresh.length + base.length > MOST_ROWS
  return (
    <div>
      {unkept}
      <div className={styles.news} role="status">
        {live.held.length > 0 && (
          <Button look="primary" onClick={live.show}>
            Show {count(live.held.length, 'new request')}
          </Button>
        )}
      </div>
      <div role="status">
        {live.isTroubled && (
          <Note kind="warn">The service does not answer. It is asked again and again.</Note>
        )}
      </div>
      <Rows
        tenant={tenant}
        filters={filters}
        rows={rows}
        fresh={new Set(live.fresh.map((row) => row.seq))}
      />
      {list.error && <Problem error={list.error} onRetry={retry} />}
      {search}
      <Foot
        before={before}
        older={isCut ? rows.at(-1)?.seq : search ? null : end.next}
        rows={rows.length}
        isPart={search !== false}
      />
      {!isCut && begin}
    </div>
  )
}
