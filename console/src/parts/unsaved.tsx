/**
 * What was changed and not saved yet is not lost by a wrong step: whoever leaves by a link, a key or the
 * way back is asked, and whoever closes the tab is asked by the browser. Signing out does not ask, for a
 * session that has ended has nothing to save with.
 *
 * @module
 */

import { useBlocker } from '@tanstack/react-router'
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

export function Unsaved({ changed, isKept, onSave, isBusy, error }: Props) {
  const leaving = useBlocker({
    shouldBlockFn: ({ current, next }) =>
      !next.pathname.startsWith('/sign-in') && !isKept(current, next),
    enableBeforeUnload: changed.length > 0,
    disabled: changed.length === 0,
    withResolver: true,
  })
  const saveAndLeave = async (): Promise<void> => {
    try {
      await onSave?.()
    } catch {
      return
    }
    leaving.proceed?.()
  }
  return (
    <Dialog
      isOpen={leaving.status === 'blocked'}
      onClose={() => leaving.reset?.()}
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
          <Button look="danger" onClick={() => leaving.proceed?.()}>
            Leave without saving
          </Button>
          <Button onClick={() => leaving.reset?.()}>Stay</Button>
        </FormButtons>
      </Stack>
    </Dialog>
  )
}
