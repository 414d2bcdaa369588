/**
 * The way through a long list by cursors. A cursor says where the next page begins and nothing of the
 * ones before it, so what was gone through is remembered, for as long as the browser's tab is there; who
 * comes by a link to the middle of a list can go to its first page.
 *
 * @module
 */

import { useLocation } from '@tanstack/react-router'
import { useEffect, useRef } from 'react'
import { ButtonLink } from './button.tsx'
import { ListFoot } from './table.tsx'
import { Count } from './time.tsx'

interface Place {
  readonly previous: string | undefined
  /** How many rows are before it. */
  readonly offset: number
}

const KEPT = 'rollcall.places'
/** Where older ones are forgotten. */
const MOST = 200

const places = new Map<string, Place>(kept())

function kept(): readonly [string, Place][] {
  try {
    return JSON.parse(sessionStorage.getItem(KEPT) ?? '[]') as [string, Place][]
  } catch {
    return []
  }
}

function keep(key: string, place: Place): void {
  const { previous, offset } = places.get(key) ?? {}
  if (previous === place.previous && offset === place.offset) return
  places.delete(key)
  places.set(key, place)
  try {
    sessionStorage.setItem(KEPT, JSON.stringify([...places].slice(-MOST)))
  } catch {
    // No storage: it holds until the page is loaded again.
  }
}

export function Pager({
  after,
  next,
  rows,
  total,
  isAtLeast = false,
  what,
  isStale,
}: {
  /** Where this page begins, as the address has it. */
  readonly after: string | undefined
  readonly next: string | null
  /** How many rows this page has. */
  readonly rows: number
  readonly total?: number | undefined
  /** There may be more than those. */
  readonly isAtLeast?: boolean
  /** "users" */
  readonly what: string
  /** The rows are still those of the page before. */
  readonly isStale: boolean
}) {
  // One cursor may be of several lists: the id of somebody who is in two groups.
  const list = useLocation({
    select: ({ pathname, search: { q = '', filter = '' } }) => `${pathname} ${q} ${filter} `,
  })
  const place = after === undefined ? { previous: undefined, offset: 0 } : places.get(list + after)
  if (next !== null && place && !isStale)
    keep(list + next, { previous: after, offset: place.offset + rows })
  const isMany = total !== undefined && isAtLeast && total > (place?.offset ?? 0) + rows + 1
  const shown = useRef(after)
  useEffect(() => {
    if (shown.current === after) return
    shown.current = after
    window.scrollTo(0, 0)
  }, [after])
  return (
    <ListFoot>
      <span role="status">
        {place ? (
          <>
            <Count of={place.offset + 1} />–<Count of={place.offset + rows} />
          </>
        ) : (
          <Count of={rows} />
        )}
        {total !== undefined && !isAtLeast && (
          <>
            {' of '}
            <Count of={total} />
          </>
        )}
        {isMany && (
          <>
            {' of at least '}
            <Count of={total} />
          </>
        )}{' '}
        {what}
        {isAtLeast && !isMany && next !== null && ', and there may be more'}
      </span>
      {(after !== undefined || next !== null) && (
        <nav aria-label={`Pages of ${what}`}>
          {after !== undefined && (
            <ButtonLink to="." look="quiet" search={without}>
              First page
            </ButtonLink>
          )}
          {place && after !== undefined && (
            <ButtonLink
              to="."
              look="quiet"
              sign="left"
              search={(before) => ({ ...before, after: place.previous })}
            >
              Previous
            </ButtonLink>
          )}
          {next !== null && (
            <ButtonLink to="." sign="right" search={(before) => ({ ...before, after: next })}>
              Next
            </ButtonLink>
          )}
        </nav>
      )}
    </ListFoot>
  )
}

function without(before: Readonly<Record<string, string | undefined>>) {
  return { ...before, after: undefined }
}
