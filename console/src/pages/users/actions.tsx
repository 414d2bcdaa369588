/**
 * What a person may do to an account, and undo: suspend, restore. Each dialog says what it means before it
 * happens.
 *
 * @module
 */

import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Fragment } from 'react'
import { ApiError } from '../../api/api.ts'
import { restoreUser, suspendUser } from '../../api/changes.ts'
import { userQuery } from '../../api/queries/directory.ts'
import { Button } from '../../parts/button.tsx'
import { ConfirmBody } from '../../parts/dialog.tsx'
import { Problem } from '../../parts/problem.tsx'
import { Text } from '../../parts/text.tsx'
import { count } from '../../parts/time.tsx'
import { type AboutAccount, Asked, useDeed } from './asked.tsx'
import styles from './users.module.css'

/** More groups than these are counted. */
const NAMED = 5

/** An identity provider does not know that the account has left its groups. */
export const REFILL =
  'An identity provider that put them there believes they are there still, and will not do it again by itself. In Entra ID choose Restart provisioning; in Okta choose Push now for the group, or take the person out of the group there and put them back.'

export function Suspend({
  groups,
  ...about
}: AboutAccount & {
  /** The names of those that it leaves. */
  readonly groups: readonly string[]
}) {
  const deed = useDeed(about, 'is suspended', () => suspendUser(about.tenant, about.id))
  const who = <Text of={about.name} />
  return (
    <Asked about={about} title={<>Suspend {who}?</>} deed={deed}>
      <ConfirmBody
        onClose={deed.close}
        action={<>Suspend {who}</>}
        onConfirm={deed.start}
        isBusy={deed.isBusy}
        error={deed.error}
      >
        <p>
          {who} disappears from every answer to identity providers, as after a DELETE in SCIM.
          Record and timeline are kept, and the account can be restored.
        </p>
        {groups.length > 0 && (
          <p>
            {who} leaves <strong>{count(groups.length, 'group')}</strong>, and is not put back by
            being restored: <Named names={groups} of={groups.length} />.
          </p>
        )}
        <p>
          Suspended is not the same as <code>active: false</code>, which an identity provider sets
          for somebody who may not sign in but still exists. One that still knows {who} may create
          the account again at its next sync.
        </p>
      </ConfirmBody>
    </Asked>
  )
}

export function Restore({
  userName,
  ...about
}: AboutAccount & {
  /** By which another account is found that has it now. */
  readonly userName: string
}) {
  const { tenant, id, isOpen } = about
  const user = useQuery({ ...userQuery(tenant, id), enabled: isOpen })
  const left = user.data?.left
  const deed = useDeed(about, 'is restored', () => restoreUser(tenant, id))
  const who = <Text of={about.name} />
  return (
    <Asked about={about} title={<>Restore {who}?</>} deed={deed}>
      <p>
        {who} is among the users again, with the same id and attributes. Identity providers can read
        and change the account from the next request on.
      </p>
      {left && left.count > 0 && (
        <p>
          {who} left <strong>{count(left.count, 'group')}</strong> when suspended, and is not put
          back:{' '}
          <Named
            names={left.first.map(({ id: group, display }) => display ?? group)}
            of={left.count}
          />
          . {REFILL}
        </p>
      )}
      {deed.error ? <Problem error={deed.error} /> : null}
      {isHeld(deed.error) && (
        <p>
          <Link to="/t/$tenant/users" params={{ tenant }} search={{ q: userName }}>
            See the other account
          </Link>
        </p>
      )}
      <div className={styles.losses}>
        <Button look="primary" onClick={deed.start} isBusy={deed.isBusy}>
          Restore {who}
        </Button>
        <Button onClick={deed.close}>Cancel</Button>
      </div>
    </Asked>
  )
}

/** The first of so many groups. */
function Named({ names, of }: { readonly names: readonly string[]; readonly of: number }) {
  return (
    <>
      {names.slice(0, NAMED).map((name, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: two may have one name, and these never move
        <Fragment key={index}>
          {index > 0 && ', '}
          <Text of={name} />
        </Fragment>
      ))}
      {of > NAMED && ` and ${count(of - NAMED, 'other')}`}
    </>
  )
}

const isHeld = (error: unknown) => error instanceof ApiError && error.problem.code === 'held'
