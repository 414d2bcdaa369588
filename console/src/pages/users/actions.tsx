/**
 * What a person may do to an account: suspend, restore, erase. Each dialog says what it means before it
 * happens; erasing names what is lost and wants the name typed.
 *
 * @module
 */

import { type QueryClient, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Link, useNavigate, useParams } from '@tanstack/react-router'
import type { ComponentProps } from 'react'
import type { Losses } from '../../../../src/server/admin/types.ts'
import { ApiError } from '../../api/api.ts'
import { eraseUser, forget, restoreUser, suspendUser } from '../../api/changes.ts'
import { lossesQuery, userQuery } from '../../api/queries.ts'
import { Button, ButtonLink } from '../../parts/button.tsx'
import { ConfirmBody, Dialog } from '../../parts/dialog.tsx'
import { Skeleton } from '../../parts/page.tsx'
import { Problem } from '../../parts/problem.tsx'
import { Tag } from '../../parts/status.tsx'
import { count } from '../../parts/time.tsx'
import { say } from '../../parts/toasts.tsx'
import { nameInWords, schemaTitle } from '../../words/values.ts'
import styles from './users.module.css'

/** More groups than these are counted. */
const NAMED = 5

/** An identity provider does not know that the account has left its groups. */
export const REFILL =
  'An identity provider that put them there believes they are there still, and will not do it again by itself. In Entra ID choose Restart provisioning; in Okta choose Push now for the group, or take the person out of the group there and put them back.'

interface Props {
  readonly tenant: string
  readonly id: string
  readonly name: string
  readonly isOpen: boolean
  readonly onClose: () => void
}

export function Suspend({
  tenant,
  id,
  name,
  groups,
  isOpen,
  onClose,
}: Props & {
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
}: Props & {
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

export function Erase({
  tenant,
  id,
  name,
  isOpen,
  onClose,
  goesTo,
}: Props & {
  /** The page is about this account, so there is nothing to stay for: the list it came from. */
  readonly goesTo?: 'users' | 'suspended'
}) {
  const client = useQueryClient()
  const navigate = useNavigate()
  const losses = useQuery({ ...lossesQuery(tenant, id), enabled: isOpen })
  const erase = useMutation({
    mutationFn: (shown: Losses) => eraseUser(tenant, id, shown),
    onError: seeAgain(client, tenant),
    onSuccess: async () => {
      // Nobody asks again for what is no more.
      client.removeQueries({ queryKey: userQuery(tenant, id).queryKey })
      if (goesTo) await navigate({ to: `/t/$tenant/${goesTo}`, params: { tenant } })
      onClose()
      say(`${name} was erased.`)
      await forget(client, tenant)
    },
  })
  return (
    <Asked
      isOpen={isOpen}
      onClose={closing(onClose, erase)}
      title={`Erase ${name}?`}
      error={erase.error}
      tenant={tenant}
      id={id}
    >
      {losses.data ? (
        <ConfirmBody
          onClose={closing(onClose, erase)}
          action={`Erase ${name}`}
          onConfirm={() => losses.data && erase.mutate(losses.data)}
          isBusy={erase.isPending}
          error={erase.error}
          typed={{
            label: (
              <>
                Type the user name <code>{losses.data.name}</code> to erase the account
              </>
            ),
            value: losses.data.name,
            wanted: `The user name is wanted here: ${losses.data.name}`,
          }}
        >
          <Lost losses={losses.data} name={name} />
        </ConfirmBody>
      ) : losses.error ? (
        <Problem error={losses.error} onRetry={() => losses.refetch()} />
      ) : (
        <Skeleton lines={8} label="Looking what would be lost" />
      )}
    </Asked>
  )
}

/** The question, or that it came too late: what somebody else has done to the account meanwhile. */
function Asked({
  error,
  tenant,
  id,
  children,
  ...dialog
}: ComponentProps<typeof Dialog> & { readonly error: unknown } & Pick<Props, 'tenant' | 'id'>) {
  const { id: shown } = useParams({ strict: false })
  if (!isOvertaken(error)) return <Dialog {...dialog}>{children}</Dialog>
  return (
    <Dialog {...dialog}>
      <Problem error={error} />
      <div className={styles.losses}>
        {shown !== id && (
          <ButtonLink to="/t/$tenant/users/$id" params={{ tenant, id }}>
            See the account
          </ButtonLink>
        )}
        <Button onClick={dialog.onClose}>Close</Button>
      </div>
    </Dialog>
  )
}

const isOvertaken = (error: unknown) =>
  error instanceof ApiError && (error.problem.at !== undefined || isLate(error.problem.code))

const isLate = (code: string | undefined) => code === 'done' || code === 'meanwhile'

/** What is on the screen is not how it is. */
const seeAgain = (client: QueryClient, tenant: string) => (error: Error) => {
  if (isOvertaken(error)) void forget(client, tenant)
}

/** A refusal is of one attempt, and gone when the dialog opens again. */
const closing =
  (onClose: () => void, { reset }: { readonly reset: () => void }) =>
  () => {
    reset()
    onClose()
  }

function Lost({
  losses: { attributes, groups, changes, requestDays },
  name,
}: {
  readonly losses: Losses
  readonly name: string
}) {
  return (
    <>
      <p>Nobody can take this back. Gone for good:</p>
      <p className={styles.losses}>
        {attributes.map((attribute) => (
          <Tag key={attribute}>
            {attribute.startsWith('urn:') ? schemaTitle(attribute) : nameInWords(attribute)}
          </Tag>
        ))}
      </p>
      <p>
        {groups > 0 && `The account leaves ${count(groups, 'group')}. `}What stays has an id and no
        name: that there {changes === 1 ? 'was' : 'were'} {count(changes, 'change')}, when and by
        whom, and in the audit log what operators did.{' '}
        {requestDays > 0 &&
          `Requests about ${name} stay under Activity, with the names in them, until each is ${count(requestDays, 'day')} old.`}
      </p>
      <p>
        An identity provider that still knows {name} may create the account anew at its next sync,
        with another id. Where {name} is somebody’s manager, the old id stays, and is nobody’s.
      </p>
    </>
  )
}
