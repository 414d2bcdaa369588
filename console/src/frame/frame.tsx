/**
 * Everything around a page of somebody who has signed in: navigation at the left, or behind a button on
 * a narrow screen; the tenant one acts in; the way to one's own things.
 *
 * @module
 */

import { useQuery } from '@tanstack/react-query'
import { Link, Outlet, useParams, useRouterState } from '@tanstack/react-router'
import { type ReactNode, useEffect, useRef, useState } from 'react'
import { userQuery } from '../api/queries/directory.ts'
import { Button, IconButton } from '../parts/button.tsx'
import { Icon, type Sign } from '../parts/icon.tsx'
import { MenuButton, MenuGo, MenuRule } from '../parts/menu.tsx'
import { Modal } from '../parts/modal.tsx'
import styles from './frame.module.css'
import { Keyboard } from './keyboard.tsx'
import { lastTenant, rememberTenant } from './preferences.ts'
import { useSignOut } from './sign-out.ts'
import { findTenant, type Tenant, TenantMark, useSession } from './tenant.tsx'

interface Entry {
  readonly page: string
  readonly label: string
  readonly sign: Sign
}

const ENTRIES: readonly Entry[] = [
  { page: 'overview', label: 'Overview', sign: 'overview' },
  { page: 'users', label: 'Users', sign: 'users' },
  { page: 'suspended', label: 'Suspended', sign: 'suspended' },
  { page: 'groups', label: 'Groups', sign: 'groups' },
  { page: 'activity', label: 'Activity', sign: 'activity' },
  { page: 'connect', label: 'Connect', sign: 'connect' },
  { page: 'try', label: 'Try it', sign: 'try' },
  { page: 'settings', label: 'Settings', sign: 'settings' },
]

export function Frame() {
  const tenant = useTenantOfFrame()
  const [isOpen, setOpen] = useState(false)
  const path = useRouterState({ select: (state) => state.location.pathname })
  const main = useRef<HTMLElement>(null)
  useEffect(() => {
    if (tenant) rememberTenant(tenant.name)
  }, [tenant])
  useFocusOnNewPage(path, main)
  return (
    <div className={styles.frame}>
      <button type="button" className={styles.skip} onClick={() => main.current?.focus()}>
        Skip to the page
      </button>
      <aside className={styles.side} aria-label="Navigation">
        <Contents tenant={tenant} />
      </aside>
      <header className={styles.bar}>
        <IconButton
          sign="menu"
          label="Menu"
          aria-haspopup="dialog"
          aria-expanded={isOpen}
          onClick={() => setOpen(true)}
        />
        {isOpen && (
          <Modal label="Menu" className={styles.drawer} onClose={() => setOpen(false)}>
            <IconButton
              sign="close"
              label="Close the menu"
              className={styles.closeDrawer}
              onClick={() => setOpen(false)}
            />
            <Contents tenant={tenant} onGo={() => setOpen(false)} />
          </Modal>
        )}
        {tenant && (
          <span className={styles.barTenant}>
            <TenantMark name={tenant.name} /> {tenant.name}
          </span>
        )}
        <Link to="/my-stuff" className={styles.barMine} aria-label="My Stuff">
          <Icon sign="person" size={18} />
        </Link>
      </header>
      <main id="main" ref={main} tabIndex={-1} className={styles.main}>
        <Outlet />
      </main>
      <Keyboard tenant={tenant} />
    </div>
  )
}

/** My Stuff is of no tenant; the navigation then keeps the last one. */
function useTenantOfFrame(): Tenant | undefined {
  const session = useSession()
  const { tenant } = useParams({ strict: false })
  const wanted = tenant ?? lastTenant() ?? ''
  return findTenant(session, wanted) ?? (tenant ? undefined : firstTenant())

  function firstTenant() {
    return findTenant(session, session.tenants[0]?.name ?? '')
  }
}

/** Whoever cannot see the page change hears the new one, and tabs on from its beginning. */
function useFocusOnNewPage(path: string, main: React.RefObject<HTMLElement | null>): void {
  const before = useRef(path)
  useEffect(() => {
    if (before.current === path) return
    before.current = path
    window.scrollTo(0, 0)
    main.current?.focus({ preventScroll: true })
  }, [path, main])
}

function Contents({
  tenant,
  onGo = () => {},
}: {
  readonly tenant: Tenant | undefined
  readonly onGo?: () => void
}) {
  const session = useSession()
  const isOfSuspended = useIsOfSuspended(tenant)
  return (
    <>
      <Link to="/" className={styles.name} onClick={onGo}>
        <Tally /> Rollcall
      </Link>
      {tenant && <TenantSwitcher tenant={tenant} />}
      <nav aria-label="Pages" className={styles.pages}>
        {tenant &&
          ENTRIES.map(({ page, label, sign }) => (
            <Entry
              key={page}
              to={`/t/${encodeURIComponent(tenant.name)}/${page}`}
              onGo={onGo}
              {...(isOfSuspended && { isCurrent: page === 'suspended' })}
            >
              <Icon sign={sign} /> {label}
            </Entry>
          ))}
      </nav>
      <div className={styles.mine}>
        <Entry to="/my-stuff" onGo={onGo}>
          <Icon sign="person" /> My Stuff
        </Entry>
        <Account name={session.operator.name} email={session.operator.email} onGo={onGo} />
      </div>
    </>
  )
}

/** A suspended account has the address of a user; where it is in the navigation, what is known of it says. */
function useIsOfSuspended(tenant: Tenant | undefined): boolean {
  const id = useParams({ strict: false, select: (params) => params.id ?? '' })
  const isOfUser = useRouterState({
    select: ({ location }) => location.pathname.split('/')[3] === 'users',
  })
  const user = useQuery({ ...userQuery(tenant?.name ?? '', id), enabled: false }).data
  return isOfUser && user?.suspended != null
}

function Entry({
  to,
  onGo,
  isCurrent,
  children,
}: {
  readonly to: string
  readonly onGo: () => void
  /** Instead of what the address says. */
  readonly isCurrent?: boolean
  readonly children: ReactNode
}) {
  return (
    <Link
      to={to}
      onClick={onGo}
      className={styles.entry}
      activeOptions={{ exact: isCurrent === false }}
      aria-current={isCurrent ? 'page' : undefined}
    >
      {children}
    </Link>
  )
}

function TenantSwitcher({ tenant }: { readonly tenant: Tenant }) {
  const session = useSession()
  // The same page there; what is one step further in is of this tenant alone.
  const at = useRouterState({ select: ({ location }) => location.pathname.split('/')[3] })
  const page = ENTRIES.some((entry) => entry.page === at) ? at : 'overview'
  return (
    <MenuButton
      className={styles.switcher}
      align="start"
      face={
        <>
          <TenantMark name={tenant.name} />
          <span className={styles.switcherText}>
            <span className={styles.switcherName}>{tenant.name}</span>
            <span className={styles.switcherRole}>{tenant.role}</span>
            <span className="visually-hidden">: change tenant</span>
          </span>
          <Icon sign="down" />
        </>
      }
    >
      {session.tenants.map(({ id, name }) => (
        <MenuGo key={id} to={`/t/${encodeURIComponent(name)}/${page}`}>
          <TenantMark name={name} /> {name}
          {id === tenant.id && <Icon sign="check" />}
        </MenuGo>
      ))}
      {session.isRoot && (
        <>
          <MenuRule />
          <MenuGo
            to={`/t/${encodeURIComponent(tenant.name)}/settings`}
            search={{ part: 'tenants' }}
          >
            <Icon sign="plus" /> New tenant
          </MenuGo>
        </>
      )}
    </MenuButton>
  )
}

function Account({
  name,
  email,
  onGo,
}: {
  readonly name: string
  readonly email: string
  readonly onGo: () => void
}) {
  const leave = useSignOut()
  return (
    <div className={styles.account}>
      <Link
        to="/my-stuff"
        className={styles.person}
        onClick={onGo}
        tabIndex={-1}
        aria-hidden="true"
      >
        <span className={styles.avatar}>{initials(name || email)}</span>
        <span className={styles.accountName}>{name || email}</span>
      </Link>
      <Button look="quiet" onClick={leave}>
        Sign out
      </Button>
    </div>
  )
}

function initials(name: string): string {
  const words = name.split(/[\s@.]+/).filter(Boolean)
  return words
    .slice(0, 2)
    .map((word) => word.slice(0, 1).toUpperCase())
    .join('')
}

/** Four strokes and one across: the fifth has answered. */
export function Tally({ size = 22 }: { readonly size?: number }) {
  return (
    <svg aria-hidden="true" width={size} height={size} viewBox="0 0 22 22" className={styles.tally}>
      <path d="M4.5 3.5v15M9 3.5v15M13.5 3.5v15M18 3.5v15M1.5 15.5l19-9" />
    </svg>
  )
}
