/**
 * What was changed and not saved yet is not lost by a wrong step: whoever leaves by a link, a key or the
 * way back is asked, and whoever closes the tab is asked by the browser. Who signs out is asked before the
 * session ends, for afterwards there is nothing to save with.
 *
 * @module
 */

import { useBlocker } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import { Button } from './button.tsx'
import { Dialog } from './dialog.tsx'
import { FormButtons } from './field.tsx'
import { Stack } from './page.tsx'
import { Problem } from './problem.tsx'
import styles from './unsaved.module.css'

export interface Place {
  readonly pathname: string
  readonly search: unknown
}

interface Props {
  /** The names of what was changed; none when all is saved. */
  readonly changed: readonly string[]
  /** Whether the changes are still there after going from one place to another. */
  readonly isKept: (from: Place, to: Place) => boolean
  /** Rejects when they could not be saved; absent while they are wrong. */
  readonly onSave: (() => Promise<unknown>) | undefined
  readonly isBusy: boolean
  readonly error: unknown
}

type Asking = (answer: (mayLeave: boolean) => void) => void

/** Of who has something to lose on the screen. */
let asking: Asking | undefined

/** For what ends more than the page: whether to go on, asked only where something would be lost. */
export function mayLeave(): Promise<boolean> {
  return new Promise((answer) => (asking ? asking(answer) : answer(true)))
}

export function Unsaved({ changed, isKept, onSave, isBusy, error }: Props) {
  const isChanged = changed.length > 0
  const leaving = useBlocker({
    shouldBlockFn: ({ current, next }) =>
      !next.pathname.startsWith('/sign-in') && !isKept(current, next),
    enableBeforeUnload: isChanged,
    disabled: !isChanged,
    withResolver: true,
  })
  const [asked, setAsked] = useState<{ answer: (mayLeave: boolean) => void } | null>(null)
  useEffect(() => {
    if (!isChanged) return
    const ask: Asking = (answer) => setAsked({ answer })
    asking = ask
    return () => {
      if (asking === ask) asking = undefined
    }
  }, [isChanged])
  const leave = (): void => {
    asked?.answer(true)
    setAsked(null)
    leaving.proceed?.()
  }
  const stay = (): void => {
    asked?.answer(false)
    setAsked(null)
    leaving.reset?.()
  }
  const saveAndLeave = async (): Promise<void> => {
    try {
      await onSave?.()
    } catch {
      return
    }
    leave()
  }
  return (
    <Dialog
      isOpen={leaving.status === 'blocked' || asked !== null}
      onClose={stay}
      title="Leave without saving?"
    >
      <Stack>
        <div>
          <p>What you changed is not saved yet:</p>
          <ul className={styles.names}>
            {changed.map((name) => (
              <li key={name}>{name}</li>
            ))}
          </ul>
        </div>
        {error ? <Problem error={error} /> : null}
        <FormButtons>
          {onSave && (
            <Button look="primary" isBusy={isBusy} onClick={saveAndLeave}>
              Save and leave
            </Button>
          )}
          <Button look="danger" onClick={leave}>
            Leave without saving
          </Button>
          <Button onClick={stay}>Stay</Button>
        </FormButtons>
      </Stack>
    </Dialog>
  )
}
