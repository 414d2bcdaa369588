/**
 * What is asked before something is done to an account; or that it came too late, when somebody else has
 * done something to the account since the page was read.
 *
 * @module
 */

import { type QueryClient, useQueryClient } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { type ComponentProps, type ReactNode, useEffect } from 'react'
import { ApiError } from '../../api/api.ts'
import { forget } from '../../api/changes.ts'
import { Button, ButtonLink } from '../../parts/button.tsx'
import { Dialog } from '../../parts/dialog.tsx'
import { Problem } from '../../parts/problem.tsx'
import styles from './users.module.css'

export interface AboutAccount {
  readonly tenant: string
  readonly id: string
  readonly name: string
  readonly isOpen: boolean
  readonly onClose: () => void
}

/** The question, or that it came too late: what somebody else has done to the account meanwhile. */
export function Asked({
  error,
  tenant,
  id,
  children,
  ...dialog
}: ComponentProps<typeof Dialog> & { readonly error: unknown } & Pick<
    AboutAccount,
    'tenant' | 'id'
  >) {
  return (
    <Dialog {...dialog}>
      {isOvertaken(error) ? (
        <Late tenant={tenant} id={id} onClose={dialog.onClose}>
          <Problem error={error} />
        </Late>
      ) : (
        children
      )}
    </Dialog>
  )
}

export function Late({
  tenant,
  id,
  onClose,
  children,
}: Pick<AboutAccount, 'tenant' | 'id' | 'onClose'> & { readonly children: ReactNode }) {
  const { id: shown } = useParams({ strict: false })
  return (
    <>
      {children}
      <div className={styles.losses}>
        {shown !== id && (
          <ButtonLink to="/t/$tenant/users/$id" params={{ tenant, id }}>
            See the account
          </ButtonLink>
        )}
        <Button onClick={onClose}>Close</Button>
      </div>
    </>
  )
}

const isOvertaken = (error: unknown) =>
  error instanceof ApiError && (error.problem.at !== undefined || isLate(error.problem.code))

const isLate = (code: string | undefined) => code === 'done' || code === 'meanwhile'

/** What is on the screen is not how it is. */
export const seeAgain = (client: QueryClient, tenant: string) => (error: Error) => {
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

/** A refusal is of one attempt, and gone when the dialog opens again. */
export const closing =
  (onClose: () => void, { reset }: { readonly reset: () => void }) =>
  () => {
    reset()
    onClose()
  }
