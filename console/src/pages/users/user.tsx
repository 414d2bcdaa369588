/**
 * One user: who it is and what state it is in at the head; profile, groups, timeline and JSON below, of
 * which the address says the one that is seen. Answers for a suspended one too.
 *
 * @module
 */

import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import type { Actor, UserView } from '../../../../src/server/admin/types.ts'
import { useAgain } from '../../api/again.ts'
import { userQuery } from '../../api/queries/directory.ts'
import { type Tenant, useTenant } from '../../frame/tenant.tsx'
import { Button } from '../../parts/button.tsx'
import { JsonBlock } from '../../parts/json.tsx'
import { MenuGo, MenuItem, MenuRule, MoreActions } from '../../parts/menu.tsx'
import { Bar, Empty, Page, Skeleton, Soft, Stack } from '../../parts/page.tsx'
import { isGone, Note, Problem } from '../../parts/problem.tsx'
import { GroupLink } from '../../parts/record-link.tsx'
import { Status } from '../../parts/status.tsx'
import { Tabs } from '../../parts/tabs.tsx'
import { Text } from '../../parts/text.tsx'
import { Count, count, Time } from '../../parts/time.tsx'
import { actorInWords } from '../../words/people.ts'
import { Gone } from '../timeline/gone.tsx'
import { Timeline } from '../timeline/timeline.tsx'
import { REFILL, Restore, Suspend } from './actions.tsx'
import { Erase } from './erase.tsx'
import { Profile } from './profile.tsx'
import { Activeness } from './state.tsx'
import styles from './users.module.css'

type Asking = 'suspend' | 'restore' | 'erase' | null

export function User() {
  const tenant = useTenant()
  const { id } = useParams({ from: '/signed-in/t/$tenant/users/$id' })
  const { part = '' } = useSearch({ from: '/signed-in/t/$tenant/users/$id' })
  const asked = userQuery(tenant.name, id)
  const user = useQuery(asked)
  useAgain(asked.queryKey, part)
  const [asking, setAsking] = useState<Asking>(null)
  // Whoever is gone is not shown as they were.
  const view = isGone(user.error) ? undefined : user.data
  const name = view ? nameOf(view) : 'User'
  return (
    <Page
      title={name}
      above={<Above tenant={tenant} isSuspended={view?.suspended != null} />}
      intro={view && <Who view={view} />}
      actions={
        view && (
          <Actions
            tenant={tenant}
            view={view}
            onSuspend={() => setAsking('suspend')}
            onRestore={() => setAsking('restore')}
            onErase={() => setAsking('erase')}
          />
        )
      }
    >
      {user.error && <Problem error={user.error} onRetry={() => user.refetch()} />}
      {isGone(user.error) && <Gone tenant={tenant} of="users" id={id} />}
      {user.isPending && <Skeleton lines={10} label="Loading the user" />}
      {view && (
        <>
          {view.suspended && (
            <IsSuspended view={view} tenant={tenant} onRestore={() => setAsking('restore')} />
          )}
          <Parts tenant={tenant} view={view} />
          <Suspend
            groups={view.groups.map(({ id, display }) => display ?? id)}
            tenant={tenant.name}
            id={id}
            name={name}
            isOpen={asking === 'suspend'}
            onClose={() => setAsking(null)}
          />
          <Restore
            tenant={tenant.name}
            id={id}
            name={name}
            userName={view.row.userName}
            isOpen={asking === 'restore'}
            onClose={() => setAsking(null)}
          />
          <Erase
            tenant={tenant.name}
            id={id}
            name={name}
            isOpen={asking === 'erase'}
            onClose={() => setAsking(null)}
            seen={view.seen}
            goesTo={view.suspended ? 'suspended' : 'users'}
          />
        </>
      )}
    </Page>
  )
}

const nameOf = ({ row }: UserView) => row.displayName ?? row.userName

function Above({
  tenant,
  isSuspended,
}: {
  readonly tenant: Tenant
  readonly isSuspended: boolean
}) {
  const params = { tenant: tenant.name }
  return isSuspended ? (
    <Link to="/t/$tenant/suspended" params={params}>
      Suspended
    </Link>
  ) : (
    <Link to="/t/$tenant/users" params={params}>
      Users
    </Link>
  )
}

function Who({ view: { row, suspended } }: { readonly view: UserView }) {
  return (
    <Bar>
      {row.displayName !== null && (
        <span className={styles.userName}>
          <Text of={row.userName} />
        </span>
      )}
      {suspended ? <Status tone="warn">Suspended</Status> : <Activeness isActive={row.active} />}
      {!suspended && (
        <span>
          Changed <Time at={row.modified} />
        </span>
      )}
    </Bar>
  )
}

function Actions({
  tenant,
  view,
  onSuspend,
  onRestore,
  onErase,
}: {
  readonly tenant: Tenant
  readonly view: UserView
  readonly onSuspend: () => void
  readonly onRestore: () => void
  readonly onErase: () => void
}) {
  return (
    <MoreActions>
      <MenuGo
        to={`/t/${encodeURIComponent(tenant.name)}/activity`}
        search={{ resource: view.row.id }}
      >
        Requests
      </MenuGo>
      {tenant.isAdmin && <MenuRule />}
      {tenant.isAdmin && !view.suspended && <MenuItem onSelect={onSuspend}>Suspend …</MenuItem>}
      {tenant.isAdmin && view.suspended && <MenuItem onSelect={onRestore}>Restore …</MenuItem>}
      {tenant.isAdmin && (
        <MenuItem onSelect={onErase} isDanger>
          Erase …
        </MenuItem>
      )}
    </MoreActions>
  )
}

/** A key may be called like any word. */
function ByWhom({ by }: { readonly by: Actor }) {
  if (by.kind !== 'key') {
    return (
      <>
        <Text of={actorInWords(by)} /> suspended
      </>
    )
  }
  return by.name === null ? (
    'A key that is gone deleted'
  ) : (
    <>
      The key “<Text of={by.name} />” deleted
    </>
  )
}

function IsSuspended({
  view,
  tenant,
  onRestore,
}: {
  readonly view: UserView
  readonly tenant: Tenant
  readonly onRestore: () => void
}) {
  if (!view.suspended) return null
  return (
    <Note kind="warn">
      <p>
        <strong>
          <Text of={nameOf(view)} /> is suspended.
        </strong>{' '}
        <ByWhom by={view.suspended.by} /> the account <Time at={view.suspended.suspendedAt} />. SCIM
        no longer shows it; everything is kept until somebody restores or erases it.
      </p>
      {tenant.isAdmin && <Button onClick={onRestore}>Restore …</Button>}
    </Note>
  )
}

function Parts({ tenant, view }: { readonly tenant: Tenant; readonly view: UserView }) {
  const { part = 'profile' } = useSearch({ from: '/signed-in/t/$tenant/users/$id' })
  const navigate = useNavigate({ from: '/t/$tenant/users/$id' })
  return (
    <Tabs
      label="What is known of this user"
      value={part}
      onChange={(next) =>
        navigate({ search: next === 'profile' ? {} : { part: next }, resetScroll: false })
      }
      tabs={[
        {
          value: 'profile',
          label: 'Profile',
          panel: <Profile view={view} tenant={tenant.name} />,
        },
        {
          value: 'groups',
          label: (
            <>
              Groups <Count of={view.groups.length + view.through.length} />
            </>
          ),
          panel: <InGroups view={view} tenant={tenant.name} />,
        },
        {
          value: 'timeline',
          label: 'Timeline',
          panel: <Timeline tenant={tenant.name} of="users" id={view.row.id} />,
        },
        {
          value: 'json',
          label: 'JSON',
          panel: <JsonBlock value={view.resource} label="As SCIM shows it" what="the JSON" />,
        },
      ]}
    />
  )
}

function InGroups({ view, tenant }: { readonly view: UserView; readonly tenant: string }) {
  const { groups, through, left, suspended } = view
  if (groups.length === 0 && left.count === 0) {
    return (
      <Empty title="In no group">
        {suspended
          ? 'A suspended account is in no group. Whether this one was in one before, the timeline tells.'
          : 'Most identity providers send groups only when told to: look for “provision groups” or “push groups” there. Whether this user was in one before, the timeline tells.'}
      </Empty>
    )
  }
  return (
    <Stack>
      {left.count > 0 && <Left view={view} tenant={tenant} />}
      {groups.length === 0 ? (
        <p>
          <Text of={nameOf(view)} /> is in no group now.
        </p>
      ) : (
        <ul className={styles.groups}>
          {groups.map((group) => (
            <li key={group.id}>
              <GroupLink group={group} tenant={tenant} />
            </li>
          ))}
          {through.map((group) => (
            <li key={group.id}>
              <GroupLink group={group} tenant={tenant} />{' '}
              <Soft>
                through{' '}
                {group.via.map((via, index) => (
                  <span key={via.id}>
                    {index > 0 && ', '}
                    <GroupLink group={via} tenant={tenant} />
                  </span>
                ))}
              </Soft>
            </li>
          ))}
        </ul>
      )}
    </Stack>
  )
}

/** Where its suspension took it out of, and how it comes back. */
function Left({ view, tenant }: { readonly view: UserView; readonly tenant: string }) {
  const { left, suspended } = view
  return (
    <Note kind="warn">
      <p>
        <strong>
          The {suspended ? '' : 'last '}suspension took <Text of={nameOf(view)} /> out of{' '}
          {count(left.count, 'group')}
          {suspended ? '' : ', and restoring does not undo that'}:
        </strong>{' '}
        {left.first.map((group, index) => (
          <span key={group.id}>
            {index > 0 && ', '}
            <GroupLink group={group} tenant={tenant} />
          </span>
        ))}
        {left.count > left.first.length && ` and ${left.count - left.first.length} more`}.
      </p>
      <p>
        {suspended && 'Restoring does not undo that. '}
        {REFILL}
      </p>
    </Note>
  )
}
