/**
 * What is asked before something is done to an account, and doing it; or that it came too late, when somebody
 * else has done something to the account since the page was read.
 *
 * @module
 */

import { type QueryClient, useMutation, useQueryClient } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { type ReactNode, useEffect } from 'react'
import { ApiError } from '../../api/api.ts'
import { forget } from '../../api/changes.ts'
import { Button, ButtonLink } from '../../parts/button.tsx'
import { Dialog } from '../../parts/dialog.tsx'
import { Problem } from '../../parts/problem.tsx'
import { say } from '../../parts/toasts.tsx'
import { visible } from '../../words/hidden.ts'
import styles from './users.module.css'

export interface AboutAccount {
  readonly tenant: string
  readonly id: string
  readonly name: string
  readonly isOpen: boolean
  readonly onClose: () => void
}

export interface Deed {
  readonly start: () => void
  readonly isBusy: boolean
  readonly error: unknown
  /** A refusal is of one attempt, and gone when the dialog opens again. */
  readonly close: () => void
}

/**
 * What is done once it was asked.
 *
 * @param done "restored": what the account is then.
 * @param leave What comes first when there is no account any more, and nobody asks again for it.
 */
export function useDeed(
  { tenant, name, onClose }: AboutAccount,
  done: string,
  act: () => Promise<unknown>,
  leave?: () => Promise<void>,
): Deed {
  const client = useQueryClient()
  const { mutate, isPending, error, reset } = useMutation({
    mutationFn: act,
    onError: seeAgain(client, tenant),
    onSuccess: async () => {
      await (leave ?? again)()
      onClose()
      say(`${visible(name)} ${done}.`)
      if (leave) await again()
    },
  })
  const again = () => forget(client, tenant)
  return {
    start: () => mutate(),
    isBusy: isPending,
    error,
    close: () => {
      reset()
      onClose()
    },
  }
}

/** The question, or that it came too late: what somebody else has done to the account meanwhile. */
export function Asked({
  about: { tenant, id, isOpen },
  title,
  deed,
  error = deed.error,
  children,
}: {
  readonly about: AboutAccount
  readonly title: ReactNode
  readonly deed: Deed
  /** What there is to say in place of the question. */
  readonly error?: unknown
  readonly children: ReactNode
}) {
  const { id: shown } = useParams({ strict: false })
  return (
    <Dialog isOpen={isOpen} onClose={deed.close} title={title}>
      {isOvertaken(error) ? (
        <>
          <Problem error={error} />
          <div className={styles.losses}>
            {shown !== id && (
              <ButtonLink to="/t/$tenant/users/$id" params={{ tenant, id }}>
                See the account
              </ButtonLink>
            )}
            <Button onClick={deed.close}>Close</Button>
          </div>
        </>
      ) : (
        children
      )}
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

/** The same where already the question says so: it is not asked again, or it would be without an end. */
export function useSeenAgain(tenant: string, error: unknown): void {
  const client = useQueryClient()
  const isLate = isOvertaken(error)
  useEffect(() => {
    if (!isLate) return
    void client.invalidateQueries({
      queryKey: ['tenant', tenant],
      predicate: ({ state }) => state.status !== 'error',
    })
  }, [client, tenant, isLate])
}
