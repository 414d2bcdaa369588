/**
 * A state as a shape and a word: whoever sees no colour loses nothing. The shapes differ in outline,
 * not only in filling.
 *
 * @module
 */

import type { ReactNode } from 'react'
import styles from './status.module.css'

export type Tone = 'good' | 'warn' | 'bad' | 'note' | 'none'

const SHAPES: Readonly<Record<Tone, string>> = {
  good: 'M2.5 6.5 5 9l4.5-5.5',
  warn: 'M6 1.5 11 10.5H1Z',
  bad: 'M2.5 2.5l7 7M9.5 2.5l-7 7',
  note: 'M6 1.5a4.5 4.5 0 1 0 0 9 4.5 4.5 0 0 0 0-9Z',
  none: 'M2 6h8',
}

export function Status({ tone, children }: { readonly tone: Tone; readonly children: ReactNode }) {
  return (
    <span className={styles.status} data-tone={tone}>
      <svg aria-hidden="true" width="12" height="12" viewBox="0 0 12 12">
        <path d={SHAPES[tone]} />
      </svg>
      {children}
    </span>
  )
}

/** A small word on a ground: a method, a role, a quirk. */
export function Tag({
  children,
  tone = 'none',
  isCode = false,
}: {
  readonly children: ReactNode
  readonly tone?: Tone
  readonly isCode?: boolean
}) {
  return (
    <span className={styles.tag} data-tone={tone} data-code={isCode || undefined}>
      {children}
    </span>
  )
}
