/**
 * Buttons and links that look like them. `primary` once on a page or dialog, `danger` for what cannot
 * be taken back, `quiet` inside of rows and bars.
 *
 * A busy button keeps the focus and says so; it does not become disabled under the reader's hand.
 *
 * @module
 */

import { Link, type LinkProps } from '@tanstack/react-router'
import type { ComponentProps, ReactNode } from 'react'
import styles from './button.module.css'
import { Icon, type Sign } from './icon.tsx'

export type Look = 'primary' | 'plain' | 'quiet' | 'danger'

interface ButtonProps extends ComponentProps<'button'> {
  readonly look?: Look
  readonly sign?: Sign
  readonly isBusy?: boolean
}

export function Button({
  look = 'plain',
  sign,
  isBusy = false,
  type = 'button',
  className,
  children,
  onClick,
  ...rest
}: ButtonProps) {
  return (
    <button
      {...rest}
      type={type}
      className={classes(styles.button, styles[look], className)}
      aria-disabled={isBusy || undefined}
      data-busy={isBusy || undefined}
      onClick={isBusy ? (event) => event.preventDefault() : onClick}
    >
      {sign && <Icon sign={sign} />}
      <span>{children}</span>
    </button>
  )
}

interface IconButtonProps extends Omit<ComponentProps<'button'>, 'aria-label'> {
  readonly sign: Sign
  readonly label: string
}

/** A sign alone; its label is read out and shown on hover. */
export function IconButton({ sign, label, className, ...rest }: IconButtonProps) {
  return (
    <button
      type="button"
      aria-label={label}
      title={label}
      {...rest}
      className={classes(styles.icon, className)}
    >
      <Icon sign={sign} />
    </button>
  )
}

type ButtonLinkProps = LinkProps & {
  readonly look?: Look
  readonly sign?: Sign
  readonly children: ReactNode
}

export function ButtonLink({ look = 'plain', sign, children, ...rest }: ButtonLinkProps) {
  return (
    <Link {...rest} className={classes(styles.button, styles[look])}>
      {sign && <Icon sign={sign} />}
      <span>{children}</span>
    </Link>
  )
}

/** A link out of the console, or to a file. */
export function ButtonAnchor({
  look = 'plain',
  sign,
  className,
  children,
  ...rest
}: ComponentProps<'a'> & { readonly look?: Look; readonly sign?: Sign }) {
  return (
    <a {...rest} className={classes(styles.button, styles[look], className)}>
      {sign && <Icon sign={sign} />}
      <span>{children}</span>
    </a>
  )
}

export function classes(...names: readonly (string | false | undefined)[]): string {
  return names.filter(Boolean).join(' ')
}
