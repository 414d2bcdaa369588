/**
 * A place to write JSON: a plain text area with numbered lines, which says where it stops being JSON and
 * can lay it out. Tab moves on, as everywhere.
 *
 * @module
 */

import { useId, useRef } from 'react'
import { Button } from '../../parts/button.tsx'
import styles from './try.module.css'

export function Editor({
  label,
  value,
  onChange,
}: {
  readonly label: string
  readonly value: string
  readonly onChange: (value: string) => void
}) {
  const id = useId()
  const gutter = useRef<HTMLDivElement>(null)
  const wrong = whatIsWrong(value)
  const lines = value.split('\n').length
  return (
    <div className={styles.field}>
      <div className={styles.fieldHead}>
        <label htmlFor={id}>{label}</label>
        <Button
          look="quiet"
          disabled={wrong !== null || value.trim() === ''}
          onClick={() => onChange(JSON.stringify(JSON.parse(value), null, 2))}
        >
          Lay out
        </Button>
      </div>
      <div className={styles.editor}>
        <div ref={gutter} className={styles.gutter} aria-hidden="true">
          {Array.from({ length: lines }, (_, line) => line + 1).join('\n')}
        </div>
        <textarea
          id={id}
          value={value}
          rows={Math.min(26, Math.max(10, lines + 1))}
          wrap="off"
          spellCheck={false}
          autoCapitalize="none"
          autoComplete="off"
          aria-describedby={`${id}-wrong`}
          onChange={(event) => onChange(event.target.value)}
          onScroll={(event) => {
            if (gutter.current) gutter.current.scrollTop = event.currentTarget.scrollTop
          }}
        />
      </div>
      <p id={`${id}-wrong`} role="status" className={styles.wrong}>
        {wrong}
      </p>
    </div>
  )
}

function whatIsWrong(text: string): string | null {
  if (text.trim() === '') return null
  try {
    JSON.parse(text)
    return null
  } catch (error) {
    return `Not JSON yet: ${error instanceof Error ? error.message : String(error)}`
  }
}
