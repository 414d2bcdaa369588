/**
 * What a person may do to an account, and undo: suspend, restore. Each dialog says what it means before it
 * happens.
 *
 * @module
 */

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { ApiError } from '../../api/api.ts'
import { forget, restoreUser, suspendUser } from '../../api/changes.ts'
import { userQuery } from '../../api/queries.ts'
import { Button } from '../../parts/button.tsx'
import { ConfirmBody } from '../../parts/dialog.tsx'
import { Problem } from '../../parts/problem.tsx'
import { count } from '../../parts/time.tsx'
import { say } from '../../parts/toasts.tsx'
import { type AboutAccount, Asked, closing, seeAgain } from './asked.tsx'
import styles from './users.module.css'

/** More groups than these are counted. */
const NAMED = 5

/** An identity provider does not know that the account has left its groups. */
export const REFILL =
  'An identity provider that put them there believes they are there still, and will not do it again by itself. In Entra ID choose Restart provisioning; in Okta choose Push now for the group, or take the person out of the group there and put them back.'

export function Suspend({
  tenant,
  id,
  name,
  groups,
  isOpen,
  onClose,
}: AboutAccount & {
  /** The names of those that it leaves. */
  readonly groups: readonly string[]
}) {
  const client = useQueryClient()
  const suspend = useMutation({
    mutationFn: () => suspendUser(tenant, id),
    onError: seeAgain(client, tenant),
    onSuccess: async () => {
      await forget(client, tenant)
      onClose()
      say(`${name} is suspended.`)
    },
  })
  return (
    <Asked
      isOpen={isOpen}
      onClose={closing(onClose, suspend)}
      title={`Suspend ${name}?`}
      error={suspend.error}
      tenant={tenant}
      id={id}
    >
      <ConfirmBody
        onClose={closing(onClose, suspend)}
        action={`Suspend ${name}`}
        onConfirm={() => suspend.mutate()}
        isBusy={suspend.isPending}
        error={suspend.error}
      >
        <p>
          {name} disappears from every answer to identity providers, as after a DELETE in SCIM.
          Record and timeline are kept, and the account can be restored.
        </p>
        {groups.length > 0 && (
          <p>
            {name} leaves <strong>{count(groups.length, 'group')}</strong>, and is not put back by
            being restored: {groups.slice(0, NAMED).join(', ')}
            {groups.length > NAMED && ` and ${count(groups.length - NAMED, 'other')}`}.
          </p>
        )}
        <p>
          Suspended is not the same as <code>active: false</code>, which an identity provider sets
          for somebody who may not sign in but still exists. One that still knows {name} may create
          the account again at its next sync.
        </p>
      </ConfirmBody>
    </Asked>
  )
}

export function Restore({
  tenant,
  id,
  name,
  userName,
  isOpen,
  onClose,
}: AboutAccount & {
  /** By which another account is found that has it now. */
  readonly userName: string
}) {
  const client = useQueryClient()
  const user = useQuery({ ...userQuery(tenant, id), enabled: isOpen })
  const left = user.data?.left
  const restore = useMutation({
    mutationFn: () => restoreUser(tenant, id),
    onError: seeAgain(client, tenant),
    onSuccess: async () => {
      await forget(client, tenant)
      onClose()
      say(`${name} is restored.`)
    },
  })
  return (
    <Asked
      isOpen={isOpen}
      onClose={closing(onClose, restore)}
      title={`Restore ${name}?`}
      error={restore.error}
      tenant={tenant}
      id={id}
    >
      <p>
        {name} is among the users again, with the same id and attributes. Identity providers can
        read and change the account from the next request on.
      </p>
      {left && left.count > 0 && (
        <p>
          {name} left <strong>{count(left.count, 'group')}</strong> when suspended, and is not put
          back:{' '}
          {left.first
            .slice(0, NAMED)
            .map(({ id: group, display }) => display ?? group)
            .join(', ')}
          {left.count > NAMED && ` and ${count(left.count - NAMED, 'other')}`}. {REFILL}
        </p>
      )}
      {restore.error && <Problem error={restore.error} />}
      {isHeld(restore.error) && (
        <p>
          <Link to="/t/$tenant/users" params={{ tenant }} search={{ q: userName }}>
            See the other account
          </Link>
        </p>
      )}
      <div className={styles.losses}>
        <Button look="primary" onClick={() => restore.mutate()} isBusy={restore.isPending}>
          Restore {name}
        </Button>
        <Button onClick={closing(onClose, restore)}>Cancel</Button>
      </div>
    </Asked>
  )
}

const isHeld = (error: unknown) => error instanceof ApiError && error.problem.code === 'held'
