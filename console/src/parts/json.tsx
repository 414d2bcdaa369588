/**
 * JSON to be read and copied: names set apart from values, and what was redacted marked, so that
 * nobody takes the mark for what was sent.
 *
 * @module
 */

import { Fragment, type ReactNode } from 'react'
import { CodeBlock } from './copy.tsx'
import styles from './json.module.css'
import { Pieces } from './text.tsx'

/** Beyond this it is plain text: a thousand spans help nobody. */
const LONGEST = 60_000

export function JsonBlock({
  value,
  label,
  what,
}: {
  /** What is to be shown, or JSON that came as text. */
  readonly value: unknown
  readonly label: string
  readonly what: string
}) {
  const text = typeof value === 'string' ? pretty(value) : JSON.stringify(value, null, 2)
  return <CodeBlock text={text} what={what} label={label} shown={coloured(text)} />
}

/** Text that is no JSON, or a part of one that was cut off, stays as it came. */
export function pretty(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), null, 2)
  } catch {
    return text
  }
}

/** A value, or a filter in one, may be redacted in part. */
function Value({ text }: { readonly text: string }) {
  const [first = '', ...others] = text.split(REDACTED)
  return (
    <>
      <Pieces of={first} isOfLines />
      {others.map((other, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: these never move
        <Fragment key={index}>
          <mark className={styles.redacted}>redacted</mark>
          <Pieces of={other} isOfLines />
        </Fragment>
      ))}
    </>
  )
}

const REDACTED = '[redacted]'
const TOKEN = /("(?:[^"\\]|\\.)*")(\s*:)?/g

function coloured(text: string): ReactNode {
  if (text.length > LONGEST) return <Pieces of={text} isOfLines />
  const parts: ReactNode[] = []
  let end = 0
  for (const found of text.matchAll(TOKEN)) {
    const [whole, , colon] = found
    parts.push(<Pieces key={`to ${found.index}`} of={text.slice(end, found.index)} isOfLines />)
    parts.push(
      colon ? (
        <span key={found.index} className={styles.name}>
          <Pieces of={whole} isOfLines />
        </span>
      ) : (
        <Value key={found.index} text={whole} />
      ),
    )
    end = found.index + whole.length
  }
  parts.push(<Pieces key="end" of={text.slice(end)} isOfLines />)
  return parts
}
