/**
 * A labelled control. The label, the hint and what is wrong belong to the control by id, so that a
 * screen reader says all three; what is wrong is said in words, never by a red edge alone.
 *
 * @module
 */

import { type ComponentProps, type ReactNode, useId } from 'react'
import { classes } from './button.tsx'
import styles from './field.module.css'

interface Labelled {
  readonly label: ReactNode
  readonly hint?: ReactNode
  readonly error?: string | undefined
  /** Read out, not shown: for a search box whose place says what it is. */
  readonly hidesLabel?: boolean
}

function Frame({
  id,
  label,
  hint,
  error,
  hidesLabel,
  children,
}: Labelled & { readonly id: string; readonly children: ReactNode }) {
  return (
    <div className={styles.field}>
      <label htmlFor={id} className={hidesLabel ? 'visually-hidden' : styles.label}>
        {label}
      </label>
      {children}
      {hint && (
        <p id={`${id}-hint`} className={styles.hint}>
          {hint}
        </p>
      )}
      {error && (
        <p id={`${id}-error`} className={styles.error} role="alert">
          {error}
        </p>
      )}
    </div>
  )
}

function described(id: string, { hint, error }: Labelled) {
  const by = [hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(' ')
  return { 'aria-describedby': by || undefined, 'aria-invalid': error ? true : undefined }
}

export function TextField({
  label,
  hint,
  error,
  hidesLabel,
  isCode,
  ...rest
}: Labelled & ComponentProps<'input'> & { readonly isCode?: boolean }) {
  const id = useId()
  const labelled = { label, hint, error, ...(hidesLabel && { hidesLabel }) }
  return (
    <Frame id={id} {...labelled}>
      <input
        {...rest}
        {...described(id, labelled)}
        id={id}
        className={classes(styles.input, isCode && styles.code)}
      />
    </Frame>
  )
}

export function TextArea({
  label,
  hint,
  error,
  hidesLabel,
  isShort,
  ...rest
}: Labelled & ComponentProps<'textarea'> & { readonly isShort?: boolean }) {
  const id = useId()
  const labelled = { label, hint, error, ...(hidesLabel && { hidesLabel }) }
  return (
    <Frame id={id} {...labelled}>
      <textarea
        {...rest}
        {...described(id, labelled)}
        id={id}
        className={classes(styles.input, styles.code, styles.area, isShort && styles.short)}
      />
    </Frame>
  )
}

export function SelectField({
  label,
  hint,
  error,
  hidesLabel,
  children,
  ...rest
}: Labelled & ComponentProps<'select'>) {
  const id = useId()
  const labelled = { label, hint, error, ...(hidesLabel && { hidesLabel }) }
  return (
    <Frame id={id} {...labelled}>
      <select
        {...rest}
        {...described(id, labelled)}
        id={id}
        className={classes(styles.input, styles.select)}
      >
        {children}
      </select>
    </Frame>
  )
}

export interface Choice<Value extends string> {
  readonly value: Value
  readonly label: ReactNode
  readonly hint?: ReactNode
}

/** A handful of choices that deserve to be seen all at once. */
export function Choices<Value extends string>({
  legend,
  choices,
  value,
  onChange,
  isInline = false,
  isDisabled = false,
}: {
  readonly legend: ReactNode
  readonly choices: readonly Choice<Value>[]
  readonly value: Value
  readonly onChange: (value: Value) => void
  readonly isInline?: boolean
  readonly isDisabled?: boolean
}) {
  const name = useId()
  return (
    <fieldset className={styles.choices} disabled={isDisabled}>
      <legend className={styles.label}>{legend}</legend>
      <div className={isInline ? styles.inline : styles.stacked}>
        {choices.map((choice) => (
          <label key={choice.value} className={styles.choice}>
            <input
              type="radio"
              name={name}
              value={choice.value}
              checked={choice.value === value}
              onChange={() => onChange(choice.value)}
            />
            <span>
              {choice.label}
              {choice.hint && <span className={styles.hint}>{choice.hint}</span>}
            </span>
          </label>
        ))}
      </div>
    </fieldset>
  )
}

export function Checkbox({
  label,
  hint,
  ...rest
}: { readonly label: ReactNode; readonly hint?: ReactNode } & ComponentProps<'input'>) {
  return (
    <label className={styles.choice}>
      <input {...rest} type="checkbox" />
      <span>
        {label}
        {hint && <span className={styles.hint}>{hint}</span>}
      </span>
    </label>
  )
}

/** A column of fields with its buttons below. */
export function Form({ children, ...rest }: ComponentProps<'form'>) {
  return (
    <form {...rest} className={styles.form} noValidate>
      {children}
    </form>
  )
}

export function FormButtons({ children }: { readonly children: ReactNode }) {
  return <div className={styles.buttons}>{children}</div>
}
