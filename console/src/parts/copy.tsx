/**
 * Values that are meant to be carried elsewhere: one line with Copy, or a block of text with Copy.
 * "Copied" is shown on the button and said in the live region.
 *
 * @module
 */

import { type ReactNode, useEffect, useId, useRef, useState } from 'react'
import { Button } from './button.tsx'
import styles from './copy.module.css'
import { Pieces } from './text.tsx'
import { say } from './toasts.tsx'

export function CopyButton({
  text,
  what,
  label,
  onCopied,
}: {
  readonly text: string
  /** "the base URL": completes "Copy". */
  readonly what: string
  /** What the button says when "Copy" alone would not say enough. */
  readonly label?: string
  readonly onCopied?: () => void
}) {
  const [isCopied, setCopied] = useState(false)
  useEffect(() => {
    if (!isCopied) return
    const timer = setTimeout(() => setCopied(false), 2000)
    return () => clearTimeout(timer)
  }, [isCopied])
  return (
    <Button
      sign={isCopied ? 'check' : 'copy'}
      className={styles.button}
      aria-label={`${isCopied ? 'Copied' : 'Copy'} ${what}`}
      onClick={async () => {
        if (await toClipboard(text)) {
          setCopied(true)
          say(`Copied ${what}.`, false)
          onCopied?.()
        } else {
          say('This browser did not let us copy. Select the text and copy it yourself.')
        }
      }}
    >
      {isCopied ? 'Copied' : (label ?? 'Copy')}
    </Button>
  )
}

/** One value, all of it to be seen: on a narrow screen it takes more lines. */
export function CopyValue({
  label,
  hint,
  value,
  what,
  onCopied,
  takesFocus = false,
}: {
  readonly label: ReactNode
  readonly hint?: ReactNode
  readonly value: string
  readonly what: string
  readonly onCopied?: () => void
  /** When it comes, it is what was asked for: in sight, and chosen to be copied. */
  readonly takesFocus?: boolean
}) {
  const id = useId()
  const whole = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (!takesFocus) return
    whole.current?.querySelector('textarea')?.focus({ preventScroll: true })
    whole.current?.scrollIntoView({ block: 'center' })
  }, [takesFocus])
  return (
    <div ref={whole} className={styles.value}>
      <label htmlFor={id} className={styles.label}>
        {label}
      </label>
      <div className={styles.line}>
        <textarea
          id={id}
          readOnly
          rows={1}
          value={value}
          className={styles.text}
          spellCheck={false}
          onFocus={(event) => event.target.select()}
        />
        <CopyButton text={value} what={what} {...(onCopied && { onCopied })} />
      </div>
      {hint && <p className={styles.hint}>{hint}</p>}
    </div>
  )
}

/** Text of several lines: a command, JSON, a filter. */
export function CodeBlock({
  text,
  what,
  label,
  shown,
}: {
  readonly text: string
  readonly what: string
  readonly label: string
  /** The text in colours, when it has some. */
  readonly shown?: ReactNode
}) {
  return (
    <figure className={styles.block}>
      <figcaption className={styles.caption}>
        <span>{label}</span>
        <CopyButton text={text} what={what} />
      </figcaption>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keys */}
      <section tabIndex={0} aria-label={label}>
        <pre>
          <code>{shown ?? <Pieces of={text} isOfLines />}</code>
        </pre>
      </section>
    </figure>
  )
}

async function toClipboard(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text)
    return true
  } catch {
    return copyOldWay(text)
  }
}

/** On plain HTTP away from localhost there is no clipboard API. */
function copyOldWay(text: string): boolean {
  const area = document.createElement('textarea')
  area.value = text
  area.className = 'visually-hidden'
  const focused = document.activeElement
  const parent = focused?.closest('[role="dialog"]') ?? document.body
  parent.append(area)
  area.select()
  const done = document.execCommand('copy')
  area.remove()
  if (focused instanceof HTMLElement) focused.focus()
  return done
}
