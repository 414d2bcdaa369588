/**
 * Every SCIM request that came: looked for by anything one may know of it, live when wanted, exported as
 * it is shown.
 *
 * @module
 */

import { useNavigate, useSearch } from '@tanstack/react-router'
import { addressOf } from '../../api/api.ts'
import { useTenant } from '../../frame/tenant.tsx'
import { Button, ButtonAnchor } from '../../parts/button.tsx'
import { Empty, Page } from '../../parts/page.tsx'
import { FILTERS, filtersOf, unknownFilter } from '../../words/activity.ts'
import { leftOut } from '../../words/typed.ts'
import styles from './activity.module.css'
import { FilterBar } from './filters.tsx'
import { Kept } from './kept.tsx'
import { List } from './list.tsx'
import { StrangersNote } from './strangers-note.tsx'

export function Activity() {
  const tenant = useTenant()
  const navigate = useNavigate({ from: '/t/$tenant/activity' })
  const search = useSearch({ from: '/signed-in/t/$tenant/activity' })
  const filters = filtersOf(search)
  const isLive = search.live !== undefined && search.before === undefined
  // Back leads to the requests one saw before, but not through every letter that was typed.
  const change = (wanted: Readonly<Record<string, string | undefined>>): void => {
    const isTyped = 'path' in wanted && (search.path ?? search.q) !== undefined
    void navigate({
      search: (now) => ({ ...now, before: undefined, go: undefined, ...wanted }),
      replace: isTyped || 'live' in wanted,
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
      <FilterBar tenant={tenant.name} filters={filters} leftOut={leftOut(search)} onChange={change}>
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
          Choose another above, or drop all filters.
        </Empty>
      ) : (
        <List
          key={JSON.stringify([filters, search.before])}
          tenant={tenant.name}
          filters={filters}
          before={search.before}
          isLive={isLive}
          goes={search.go !== undefined}
          onDrop={drop}
        />
      )}
    </Page>
  )
}
