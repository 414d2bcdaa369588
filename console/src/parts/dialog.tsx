/**
 * A dialog: title, body, buttons. Focus stays inside, Esc closes unless `onClose` decides otherwise,
 * and goes back to where it was.
 *
 * @module
 */

import { Dialog as Base } from '@base-ui/react/dialog'
import { type ReactNode, type RefObject, useRef, useState } from 'react'
import { Button, IconButton } from './button.tsx'
import styles from './dialog.module.css'
import { Form, FormButtons, TextField } from './field.tsx'
import { Problem } from './problem.tsx'

interface DialogProps {
  readonly isOpen: boolean
  /** Asked whenever the person means to leave: by Esc, by the cross, by a press outside. */
  readonly onClose: () => void
  readonly title: ReactNode
  readonly intro?: ReactNode
  readonly children: ReactNode
  readonly isWide?: boolean
  readonly initialFocus?: RefObject<HTMLElement | null>
}

export function Dialog({
  isOpen,
  onClose,
  title,
  intro,
  children,
  isWide = false,
  initialFocus,
}: DialogProps) {
  const popup = useRef<HTMLDivElement>(null)
  return (
    <Base.Root
      open={isOpen}
      onOpenChange={(open, details) => {
        // What lies above this one, the password for example, is no press outside of it.
        if (!open && isTopmost(popup.current)) onClose()
        else details.cancel()
      }}
    >
      <Base.Portal>
        <Base.Backdrop className={styles.shade} />
        <Base.Viewport className={styles.viewport}>
          <Base.Popup
            ref={popup}
            className={styles.popup}
            data-wide={isWide || undefined}
            {...(initialFocus && { initialFocus })}
          >
            <header className={styles.head}>
              <Base.Title className={styles.title}>{title}</Base.Title>
              <Base.Close render={<IconButton sign="close" label="Close" />} />
            </header>
            {intro && <Base.Description className={styles.intro}>{intro}</Base.Description>}
            {children}
          </Base.Popup>
        </Base.Viewport>
      </Base.Portal>
    </Base.Root>
  )
}

function isTopmost(popup: HTMLElement | null): boolean {
  return [...document.querySelectorAll('[role="dialog"]')].at(-1) === popup
}

interface ConfirmProps {
  readonly isOpen: boolean
  readonly onClose: () => void
  /** A question or a command that names the object: "Erase Ann Lee?" */
  readonly title: ReactNode
  readonly children: ReactNode
  /** Names the object again: "Erase Ann Lee". */
  readonly action: string
  readonly onConfirm: () => void
  readonly isBusy?: boolean
  readonly error?: unknown
  /** Must be typed first. */
  readonly typed?: { readonly label: ReactNode; readonly value: string }
}

/** Before what cannot be taken back. */
export function ConfirmDialog(props: ConfirmProps) {
  return (
    <Dialog isOpen={props.isOpen} onClose={props.onClose} title={props.title}>
      <ConfirmBody {...props} />
    </Dialog>
  )
}

function ConfirmBody({ children, action, onConfirm, onClose, isBusy, error, typed }: ConfirmProps) {
  const [text, setText] = useState('')
  const isRight = typed === undefined || text.trim() === typed.value
  return (
    <Form
      onSubmit={(event) => {
        event.preventDefault()
        if (isRight && !isBusy) onConfirm()
      }}
    >
      <div className={styles.prose}>{children}</div>
      {typed && (
        <TextField
          label={typed.label}
          value={text}
          onChange={(event) => setText(event.target.value)}
          autoComplete="off"
          spellCheck={false}
          isCode
        />
      )}
      {error ? <Problem error={error} /> : null}
      <FormButtons>
        <Button type="submit" look="danger" disabled={!isRight} isBusy={isBusy ?? false}>
          {action}
        </Button>
        <Button onClick={onClose}>Cancel</Button>
      </FormButtons>
    </Form>
  )
}
