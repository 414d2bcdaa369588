/**
 * A dialog: title, body, buttons.
 *
 * @module
 */

import { type ReactNode, type RefObject, useId, useState } from 'react'
import { typeable } from '../words/hidden.ts'
import { Button, IconButton } from './button.tsx'
import styles from './dialog.module.css'
import { Form, FormButtons, TextField } from './field.tsx'
import { Modal } from './modal.tsx'
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

export function Dialog({ isOpen, ...rest }: DialogProps) {
  return isOpen && <Open {...rest} />
}

function Open({
  onClose,
  title,
  intro,
  children,
  isWide = false,
  initialFocus,
}: Omit<DialogProps, 'isOpen'>) {
  const id = useId()
  return (
    <Modal
      onClose={onClose}
      labelledBy={`${id}-title`}
      {...(intro !== undefined && { describedBy: `${id}-intro` })}
      className={styles.popup}
      isWide={isWide}
      initialFocus={initialFocus}
    >
      <header className={styles.head}>
        <h2 id={`${id}-title`} className={styles.title}>
          {title}
        </h2>
        <IconButton sign="close" label="Close" onClick={onClose} />
      </header>
      {intro && (
        <p id={`${id}-intro`} className={styles.intro}>
          {intro}
        </p>
      )}
      {children}
    </Modal>
  )
}

interface ConfirmProps {
  readonly isOpen: boolean
  readonly onClose: () => void
  /** A question or a command that names the object: "Erase Ann Lee?" */
  readonly title: ReactNode
  readonly children: ReactNode
  /** Names the object again: "Erase Ann Lee". */
  readonly action: ReactNode
  readonly onConfirm: () => void
  readonly isBusy?: boolean
  readonly error?: unknown
  /** Must be typed first. */
  readonly typed?: {
    readonly label: ReactNode
    /** In any case, with blanks around it, and without what no key has. */
    readonly value: string
    /** What is wanted, said while something else stands there. */
    readonly wanted: string
  }
}

/** Before what cannot be taken back. */
export function ConfirmDialog(props: ConfirmProps) {
  return (
    <Dialog isOpen={props.isOpen} onClose={props.onClose} title={props.title}>
      <ConfirmBody {...props} />
    </Dialog>
  )
}

const bare = (text: string) => (typeable(text) || text).trim().toLowerCase()

/** What a dialog asks with, when there is more to it than a question. */
export function ConfirmBody({
  children,
  action,
  onConfirm,
  onClose,
  isBusy,
  error,
  typed,
}: Omit<ConfirmProps, 'isOpen' | 'title'>) {
  const [text, setText] = useState('')
  const [isTried, setTried] = useState(false)
  const given = bare(text)
  const wanted = bare(typed?.value ?? '')
  const isRight = typed === undefined || given === wanted
  const isOther = !isRight && given !== '' && (isTried || !wanted.startsWith(given))
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
          autoFocus
          label={typed.label}
          value={text}
          onChange={(event) => {
            setText(event.target.value)
            setTried(false)
          }}
          // Enter in a form whose button is disabled does nothing, and says nothing.
          onKeyDown={({ key }) => key === 'Enter' && setTried(true)}
          error={isOther ? typed.wanted : undefined}
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
