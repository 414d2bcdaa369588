/**
 * Erasing an account for good: it names what is lost, wants the user name typed, and is of the state that
 * the page showed and of no other.
 *
 * @module
 */

import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import type { Losses } from '../../../../src/server/admin/types.ts'
import { eraseUser } from '../../api/changes.ts'
import { lossesQuery, userQuery } from '../../api/queries/directory.ts'
import { ConfirmBody } from '../../parts/dialog.tsx'
import { Skeleton } from '../../parts/page.tsx'
import { Problem } from '../../parts/problem.tsx'
import { Tag } from '../../parts/status.tsx'
import { Text } from '../../parts/text.tsx'
import { count } from '../../parts/time.tsx'
import { visible } from '../../words/hidden.ts'
import { nameInWords, schemaTitle } from '../../words/values.ts'
import { type AboutAccount, Asked, useDeed, useSeenAgain } from './asked.tsx'
import styles from './users.module.css'

interface Props extends AboutAccount {
  /** The state that the page or the list shows. */
  readonly seen: string
  /** The page is about this account, so there is nothing to stay for: the list it came from. */
  readonly goesTo?: 'users' | 'suspended'
}

export function Erase(props: Props) {
  return props.isOpen && <Erasing {...props} />
}

function Erasing({ goesTo, seen: shown, ...about }: Props) {
  const { tenant, id, name } = about
  const client = useQueryClient()
  const navigate = useNavigate()
  // The page is read again while the dialog stands; what somebody decided to erase is what it showed then.
  const [seen] = useState(shown)
  const losses = useQuery(lossesQuery(tenant, id, seen))
  useSeenAgain(tenant, losses.error)
  const act = async () => losses.data && eraseUser(tenant, id, losses.data)
  const deed = useDeed(about, 'was erased', act, async () => {
    if (goesTo) await navigate({ to: `/t/$tenant/${goesTo}`, params: { tenant } })
    client.removeQueries({ queryKey: userQuery(tenant, id).queryKey })
  })
  const who = <Text of={name} />
  const error = deed.error ?? losses.error
  return (
    <Asked about={about} title={<>Erase {who}?</>} deed={deed} error={error}>
      {losses.data ? (
        <ConfirmBody
          onClose={deed.close}
          action={<>Erase {who}</>}
          onConfirm={deed.start}
          isBusy={deed.isBusy}
          error={deed.error}
          typed={{
            label: (
              <>
                Type the user name{' '}
                <code>
                  <Text of={losses.data.name} />
                </code>{' '}
                to erase the account
              </>
            ),
            value: losses.data.name,
            wanted: `The user name is wanted here: ${visible(losses.data.name)}`,
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
        name: the {count(changes, 'change')} so far and those of erasing, when and by whom, and in
        the audit log what operators did.{' '}
        {requestDays > 0 && (
          <>
            Requests about <Text of={name} /> stay under Activity, with the names in them, until
            each is {count(requestDays, 'day')} old.
          </>
        )}
      </p>
      <p>
        An identity provider that still knows <Text of={name} /> may create the account anew at its
        next sync, with another id. Where <Text of={name} /> is somebody’s manager, the old id
        stays, and is nobody’s.
      </p>
    </>
  )
}
