/**
 * One box that searches as one types, and a SCIM filter for who wants to say it exactly. Both are in
 * the address, so this asks for nothing and shows nothing by itself.
 *
 * @module
 */

import { type ReactNode, useEffect, useEffectEvent, useId, useRef, useState } from 'react'
import { ApiError } from '../api/api.ts'
import { Button } from './button.tsx'
import { TextField } from './field.tsx'
import styles from './find.module.css'
import { Icon } from './icon.tsx'

/** How long somebody may stop typing before it is searched. */
const PAUSE = 250

export function SearchBox({
  label,
  value,
  onChange,
}: {
  readonly label: string
  readonly value: string
  readonly onChange: (value: string) => void
}) {
  const id = useId()
  const [text, setText] = useState(value)
  const sent = useRef(value)
  const send = useEffectEvent((wanted: string) => {
    if (wanted === sent.current) return
    sent.current = wanted
    onChange(wanted)
  })
  useEffect(() => {
    if (value === sent.current) return
    sent.current = value
    setText(value)
  }, [value])
  useEffect(() => {
    const timer = setTimeout(() => send(text.trim()), PAUSE)
    return () => clearTimeout(timer)
  }, [text])
  return (
    <div className={styles.search}>
      <label htmlFor={id} className="visually-hidden">
        {label}
      </label>
      <Icon sign="search" />
      <input
        id={id}
        type="search"
        value={text}
        placeholder={label}
        autoComplete="off"
        spellCheck={false}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter') send(text.trim())
        }}
      />
    </div>
  )
}

interface FindProps {
  readonly label: string
  readonly q: string
  readonly filter: string
  readonly onChange: (wanted: { readonly q?: string; readonly filter?: string }) => void
  /** Filters to begin with. */
  readonly examples: readonly string[]
  readonly error: unknown
  /** A choice beside the box. */
  readonly children?: ReactNode
  /** Whether it begins with the filter in sight; unless told, when there is one. */
  readonly isOpened?: boolean
}

export function Find({
  label,
  q,
  filter,
  onChange,
  examples,
  error,
  children,
  isOpened,
}: FindProps) {
  const [isOpen, setOpen] = useState(isOpened ?? filter !== '')
  const id = useId()
  return (
    <search className={styles.find}>
      <div className={styles.line}>
        <SearchBox label={label} value={q} onChange={(wanted) => onChange({ q: wanted })} />
        {children}
        <Button
          look="quiet"
          sign={isOpen ? 'down' : 'right'}
          aria-expanded={isOpen}
          aria-controls={id}
          onClick={() => setOpen(!isOpen)}
        >
          SCIM filter
        </Button>
      </div>
      <div id={id} hidden={!isOpen}>
        <Filter
          key={filter}
          filter={filter}
          examples={examples}
          onChange={(wanted) => onChange({ filter: wanted })}
          error={filter === '' ? undefined : filterError(error)}
        />
      </div>
    </search>
  )
}

function Filter({
  filter,
  examples,
  onChange,
  error,
}: {
  readonly filter: string
  readonly examples: readonly string[]
  readonly onChange: (filter: string) => void
  readonly error: string | undefined
}) {
  const [text, setText] = useState(filter)
  return (
    <form
      className={styles.filter}
      onSubmit={(event) => {
        event.preventDefault()
        onChange(text.trim())
      }}
    >
      <TextField
        label="A filter as RFC 7644 §3.4.2.2 has it, the same that an identity provider may send"
        isCode
        value={text}
        spellCheck={false}
        autoComplete="off"
        autoCapitalize="none"
        onChange={(event) => setText(event.target.value)}
        error={error}
      />
      <div className={styles.line}>
        <Button type="submit">Apply</Button>
        {filter !== '' && (
          <Button look="quiet" onClick={() => onChange('')}>
            Drop the filter
          </Button>
        )}
      </div>
      <Examples>
        {examples.map((example) => (
          <button key={example} type="button" onClick={() => onChange(example)}>
            <code>{example}</code>
          </button>
        ))}
      </Examples>
    </form>
  )
}

function Examples({ children }: { readonly children: ReactNode }) {
  return (
    <p className={styles.examples}>
      <span>For example</span> {children}
    </p>
  )
}

/** The list's own error, when it is the filter that is wrong. */
export function filterError(error: unknown): string | undefined {
  if (!(error instanceof ApiError)) return undefined
  return error.problem.status === 400 ? error.problem.detail : undefined
}
