/**
 * Erasing an account for good: it names what is lost, wants the user name typed, and is of the state that
 * the page showed and of no other.
 *
 * @module
 */

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import type { Losses } from '../../../../src/server/admin/types.ts'
import { eraseUser, forget } from '../../api/changes.ts'
import { lossesQuery, userQuery } from '../../api/queries.ts'
import { ConfirmBody } from '../../parts/dialog.tsx'
import { Skeleton } from '../../parts/page.tsx'
import { Note, Problem } from '../../parts/problem.tsx'
import { Tag } from '../../parts/status.tsx'
import { count } from '../../parts/time.tsx'
import { say } from '../../parts/toasts.tsx'
import { nameInWords, schemaTitle } from '../../words/values.ts'
import { type AboutAccount, Asked, closing, Late, seeAgain, useSeenAgain } from './asked.tsx'
import styles from './users.module.css'

interface Props extends AboutAccount {
  /** As the page shows it. */
  readonly isSuspended: boolean
  /** As the page shows it; a list shows too little of somebody to say which it is. */
  readonly version?: number
  /** The page is about this account, so there is nothing to stay for: the list it came from. */
  readonly goesTo?: 'users' | 'suspended'
}

export function Erase(props: Props) {
  return props.isOpen && <Erasing {...props} />
}

function Erasing({ tenant, id, name, isOpen, onClose, goesTo, ...shown }: Props) {
  const client = useQueryClient()
  const navigate = useNavigate()
  // The page is read again while the dialog stands; what somebody decided to erase is what it showed then.
  const [{ isSuspended: wasSuspended, version }] = useState(shown)
  const losses = useQuery(lossesQuery(tenant, id, version))
  useSeenAgain(tenant, losses.error)
  const erase = useMutation({
    mutationFn: (lost: Losses) => eraseUser(tenant, id, lost),
    onError: seeAgain(client, tenant),
    onSuccess: async () => {
      if (goesTo) await navigate({ to: `/t/$tenant/${goesTo}`, params: { tenant } })
      // Nobody asks again for what is no more.
      client.removeQueries({ queryKey: userQuery(tenant, id).queryKey })
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
      error={erase.error ?? losses.error}
      tenant={tenant}
      id={id}
    >
      {losses.data && losses.data.isSuspended !== wasSuspended ? (
        <Late tenant={tenant} id={id} onClose={onClose}>
          <Other name={name} isSuspended={losses.data.isSuspended} tenant={tenant} />
        </Late>
      ) : losses.data ? (
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

/** It is not what the page shows, which is asked for again. */
function Other({
  name,
  isSuspended,
  tenant,
}: Pick<AboutAccount, 'name' | 'tenant'> & { readonly isSuspended: boolean }) {
  const client = useQueryClient()
  useEffect(() => void forget(client, tenant), [client, tenant])
  return (
    <Note kind="warn">
      <p>
        <strong>
          {name} is {isSuspended ? 'suspended by now' : 'active again'}.
        </strong>{' '}
        That happened while this page was open. Look at the account before you erase it.
      </p>
    </Note>
  )
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
