/**
 * What went wrong and what to do about it, at the place where it went wrong. The sentence is the
 * service's; what to do comes from the code that came with it.
 *
 * @module
 */

import type { ReactNode } from 'react'
import { ApiError } from '../api/api.ts'
import { Button } from './button.tsx'
import { Icon } from './icon.tsx'
import styles from './problem.module.css'
import { Text } from './text.tsx'
import { Time } from './time.tsx'

export function Problem({
  error,
  onRetry,
  isAskedAgain = false,
}: {
  readonly error: unknown
  readonly onRetry?: () => void
  /** Whether what failed is done again by itself, until it succeeds. */
  readonly isAskedAgain?: boolean
}) {
  const next = isAskedAgain && mayPass(error) ? AGAIN : nextStep(error)
  return (
    <div className={styles.problem} role="alert">
      <Icon sign="warning" />
      <div className={styles.text}>
        <p>
          <Text of={error instanceof Error ? error.message : String(error)} />
          <When error={error} />
        </p>
        {next !== '' && <p className={styles.next}>{next}</p>}
        {onRetry && !isGone(error) && (
          <Button look="quiet" sign="refresh" onClick={onRetry}>
            Try again
          </Button>
        )}
      </div>
    </div>
  )
}

function When({ error }: { readonly error: unknown }) {
  const at = error instanceof ApiError ? error.problem.at : undefined
  return (
    at !== undefined && (
      <>
        {' '}
        <Time at={at} />.
      </>
    )
  )
}

const AGAIN = 'It is asked again and again by itself, until it answers.'

const mayPass = (error: unknown) =>
  error instanceof ApiError && (error.problem.status === 0 || error.problem.status >= 500)

// What is not there is not there a moment later either.
export const isGone = (error: unknown) => error instanceof ApiError && error.problem.status === 404

function nextStep(error: unknown): string {
  if (!(error instanceof ApiError)) {
    return 'This is a fault of the console. Load the page again; if it stays, report it.'
  }
  const { status, code, at } = error.problem
  // Its sentence says when to come back.
  if (status === 429) return ''
  if (error.retryAfter !== null) return `Try again in ${seconds(error.retryAfter)}.`
  if (code === 'confirm') return 'Give your password when asked, and it goes on.'
  if (code === 'field' || code === 'taken') return 'Change it and send it again.'
  if (code === 'held') return 'Rename, suspend or erase the other one, and this one can come back.'
  if (status === 403) return 'Ask an owner of this tenant for a role that may.'
  if (code === 'done') return 'Nothing is left to do.'
  if (code === 'meanwhile') return 'Look at the account again before you go on.'
  if (isGone(error) && at === undefined)
    return 'It was deleted or erased, or is older than what is kept, or the address is mistyped.'
  if (status >= 500) return 'Nothing was changed. Try again; the log of the service says more.'
  if (status === 0) return 'See whether this machine has a network, and try again.'
  return ''
}

function seconds(count: number): string {
  if (count < 90) return `${Math.ceil(count)} ${count > 1 ? 'seconds' : 'second'}`
  return `${Math.ceil(count / 60)} minutes`
}

/** Worth knowing, or worth being careful about. */
export function Note({
  children,
  kind = 'note',
}: {
  readonly children: ReactNode
  readonly kind?: 'note' | 'warn' | 'good'
}) {
  const sign = kind === 'warn' ? 'warning' : kind === 'good' ? 'check' : undefined
  return (
    <div className={styles.note} data-kind={kind}>
      {sign && <Icon sign={sign} />}
      <div className={styles.text}>{children}</div>
    </div>
  )
}
