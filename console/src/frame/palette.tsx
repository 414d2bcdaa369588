/**
 * Cmd/Ctrl-K: one box that finds pages and things to do by their name, and users, groups and requests
 * by any id, name or e-mail. A combobox: the focus stays in the box, arrows choose, Enter goes.
 *
 * @module
 */

import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { type KeyboardEvent, useDeferredValue, useEffect, useId, useRef, useState } from 'react'
import type { Found } from '../../../src/server/admin/types.ts'
import { foundQuery } from '../api/queries/tenants.ts'
import { Dialog } from '../parts/dialog.tsx'
import { Text } from '../parts/text.tsx'
import { GO_TO } from '../words/shortcuts.ts'
import { type Deed, type NamedGuide, useDeeds } from './deeds.ts'
import styles from './palette.module.css'
import { type Tenant, useSession } from './tenant.tsx'

interface Hit extends Omit<Deed, 'words'> {
  readonly kind: 'Page' | 'Action' | 'User' | 'Group' | 'Suspended' | 'Request'
  readonly detail: string
}

export function Palette({
  tenant,
  onClose,
}: {
  readonly tenant: Tenant | undefined
  readonly onClose: () => void
}) {
  const id = useId()
  const box = useRef<HTMLInputElement>(null)
  const list = useRef<HTMLDivElement>(null)
  const navigate = useNavigate()
  const [text, setText] = useState('')
  const [chosen, setChosen] = useState(0)
  // Who presses Enter means what is in the box; only what the service is asked for comes later.
  const here = text.trim()
  const wanted = useDeferredValue(here)
  const found = useQuery({
    ...foundQuery(tenant?.name ?? '', wanted),
    enabled: tenant !== undefined && wanted.length > 1,
    placeholderData: (previous) => previous,
  })
  const deeds = useDeeds(tenant, useSession(), useGuides())
  const hits = [
    ...pages(tenant, here),
    ...actions(deeds, here),
    ...(wanted.length > 1 ? things(tenant, found.data) : []),
  ]
  const current = Math.min(chosen, hits.length - 1)

  useEffect(() => {
    list.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' })
  })

  const go = (hit: Hit | undefined): void => {
    if (!hit) return
    onClose()
    if (hit.to) void navigate({ to: hit.to, search: hit.search ?? {} })
    hit.act?.()
  }
  const onKey = (event: KeyboardEvent): void => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (step !== undefined && hits.length > 0) {
      setChosen((current + step + hits.length) % hits.length)
    } else if (event.key === 'Enter') {
      go(hits[current])
    } else {
      return
    }
    event.preventDefault()
  }

  return (
    <Dialog isOpen onClose={onClose} title="Find" initialFocus={box}>
      <input
        ref={box}
        type="text"
        role="combobox"
        aria-label="A page, something to do, a user, a group, a request id"
        aria-expanded={hits.length > 0}
        aria-controls={`${id}-list`}
        aria-activedescendant={hits[current] ? `${id}-${current}` : undefined}
        aria-autocomplete="list"
        autoComplete="off"
        spellCheck={false}
        placeholder="A page, something to do, a user, a group, a request id"
        className={styles.box}
        value={text}
        onChange={(event) => {
          setText(event.target.value)
          setChosen(0)
        }}
        onKeyDown={onKey}
      />
      <div ref={list} id={`${id}-list`} role="listbox" aria-label="Found" className={styles.list}>
        {hits.map((hit, index) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are the combobox's
          <div
            key={`${hit.kind} ${hit.to} ${hit.title}`}
            id={`${id}-${index}`}
            role="option"
            tabIndex={-1}
            aria-selected={index === current}
            className={styles.hit}
            onClick={() => go(hit)}
            onMouseMove={() => setChosen(index)}
          >
            <span className={styles.kind}>{hit.kind}</span>
            <span className={styles.title}>
              <Text of={hit.title} />
            </span>
            <span className={styles.detail}>
              <Text of={hit.detail} />
            </span>
          </div>
        ))}
      </div>
      <p role="status" className={styles.none}>
        {hits.length === 0 &&
          (found.isFetching
            ? 'Looking …'
            : found.error
              ? found.error.message
              : `Nothing is called “${wanted}”. Of a request’s id all is needed; of names, e-mails and other ids the beginning is enough.`)}
      </p>
    </Dialog>
  )
}

function pages(tenant: Tenant | undefined, wanted: string): Hit[] {
  return Object.values(GO_TO)
    .filter(({ label }) => label.toLowerCase().includes(wanted.toLowerCase()))
    .filter(({ page }) => page === null || tenant !== undefined)
    .map(({ page, label }) => ({
      kind: 'Page',
      title: label,
      detail: page === null ? '' : (tenant?.name ?? ''),
      to: page === null ? '/my-stuff' : `${base(tenant)}/${page}`,
    }))
}

/** Only of those who ask: the pages alone are a list to choose from. */
function actions(deeds: readonly Deed[], wanted: string): Hit[] {
  if (wanted === '') return []
  const text = wanted.toLowerCase()
  return deeds
    .filter(({ title, words }) => `${title.toLowerCase()} ${words}`.includes(text))
    .map(({ words: _, ...deed }) => ({ ...deed, kind: 'Action', detail: '' }))
}

/** Their texts are long, and come when the palette is opened. */
function useGuides(): readonly NamedGuide[] {
  const [guides, setGuides] = useState<readonly NamedGuide[]>([])
  useEffect(() => {
    // What does not come is not offered; the page of the guides says why.
    import('../pages/connect/guides.ts').then(
      ({ GUIDES }) => setGuides(GUIDES),
      () => {},
    )
  }, [])
  return guides
}

function things(tenant: Tenant | undefined, found: Found | undefined): Hit[] {
  if (!found) return []
  return [
    ...found.users.map(
      (user): Hit => ({
        kind: 'User',
        title: user.displayName ?? user.userName,
        detail: user.userName,
        to: `${base(tenant)}/users/${user.id}`,
      }),
    ),
    ...found.groups.map(
      (group): Hit => ({
        kind: 'Group',
        title: group.displayName,
        detail: group.externalId ?? '',
        to: `${base(tenant)}/groups/${group.id}`,
      }),
    ),
    ...found.suspended.map(
      (account): Hit => ({
        kind: 'Suspended',
        title: account.displayName ?? account.name,
        detail: account.name,
        to: `${base(tenant)}/users/${account.id}`,
      }),
    ),
    ...found.requests.map(
      (request): Hit => ({
        kind: 'Request',
        title: `${request.method} ${request.path}`,
        detail: `${request.status} · ${request.requestId}`,
        to: `${base(tenant)}/activity/${request.seq}`,
      }),
    ),
  ]
}

function base(tenant: Tenant | undefined): string {
  return `/t/${encodeURIComponent(tenant?.name ?? '')}`
}
