/**
 * A text that somebody else wrote: a name, a value, a path. What cannot be seen in it is shown, what is
 * written from right to left turns nothing around it, and who copies it has it as it came.
 *
 * @module
 */

import { Fragment } from 'react'
import { piecesOf } from '../words/hidden.ts'
import styles from './text.module.css'

export function Text({ of }: { readonly of: string }) {
  return (
    <bdi>
      <Pieces of={of} />
    </bdi>
  )
}

/** The same in a block of text that has a direction of its own. */
export function Pieces({
  of,
  isOfLines = false,
}: {
  readonly of: string
  readonly isOfLines?: boolean
}) {
  return piecesOf(of, isOfLines).map(({ text, code }, index) =>
    code === undefined ? (
      // biome-ignore lint/suspicious/noArrayIndexKey: these never move
      <Fragment key={index}>{text}</Fragment>
    ) : (
      // biome-ignore lint/suspicious/noArrayIndexKey: these never move
      <span key={index} className={styles.hidden} data-code={code}>
        {text}
      </span>
    ),
  )
}
