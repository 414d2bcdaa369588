/**
 * The frame of a page: its head with the one `h1`, sections under rules, and what stands in for content
 * that is not there yet, or not at all.
 *
 * @module
 */

import { type ReactNode, useEffect, useId, useState } from 'react'
import { visible } from '../words/hidden.ts'
import styles from './page.module.css'
import { Text } from './text.tsx'

interface PageProps {
  readonly title: string
  /** Above the title: where this is. */
  readonly above?: ReactNode
  /** Below the title: what the page is for, or what the thing is. */
  readonly intro?: ReactNode
  /** At the right of the title; the three-dot menu comes last. */
  readonly actions?: ReactNode
  readonly children: ReactNode
}

export function Page({ title, above, intro, actions, children }: PageProps) {
  useEffect(() => {
    document.title = `${visible(title)} · Rollcall`
  }, [title])
  return (
    <div className={styles.page}>
      <header className={styles.head}>
        <div className={styles.titles}>
          {above && <div className={styles.above}>{above}</div>}
          <h1 className={styles.title}>
            <Text of={title} />
          </h1>
          {intro && <div className={styles.intro}>{intro}</div>}
        </div>
        {actions && <div className={styles.actions}>{actions}</div>}
      </header>
      {children}
    </div>
  )
}

export function Section({
  title,
  intro,
  actions,
  children,
}: {
  readonly title: string
  readonly intro?: ReactNode
  readonly actions?: ReactNode
  readonly children: ReactNode
}) {
  const id = useId()
  return (
    <section className={styles.section} aria-labelledby={id}>
      <div className={styles.sectionHead}>
        <div>
          <h2 id={id}>
            <Text of={title} />
          </h2>
          {intro && <p className={styles.intro}>{intro}</p>}
        </div>
        {actions && <div className={styles.actions}>{actions}</div>}
      </div>
      {children}
    </section>
  )
}

/** Nothing here yet: what this place is for, and the link that takes the next step. */
export function Empty({
  title,
  children,
  action,
}: {
  readonly title: string
  readonly children?: ReactNode
  readonly action?: ReactNode
}) {
  return (
    <div className={styles.empty}>
      <svg aria-hidden="true" width="56" height="40" viewBox="0 0 56 40">
        <path d="M12 6v28M22 6v28M32 6v28M42 6v28" />
      </svg>
      <h2>
        <Text of={title} />
      </h2>
      {children && <div className={styles.intro}>{children}</div>}
      {action && <div className={styles.emptyAction}>{action}</div>}
    </div>
  )
}

/** Milliseconds after which whoever waits is told that nothing has come. */
const PATIENCE = 4_000

/** The shape of what is coming. Says so once to a screen reader, and once more to everybody if it is late. */
export function Skeleton({
  lines = 3,
  label = 'Loading',
  isAnswered = false,
}: {
  /** There are answers, and more of them are asked for. */
  readonly isAnswered?: boolean
  readonly lines?: number
  readonly label?: string
}) {
  const [isLate, setLate] = useState(false)
  useEffect(() => {
    const timer = setTimeout(() => setLate(true), PATIENCE)
    return () => clearTimeout(timer)
  }, [])
  return (
    <div className={styles.skeleton} role="status">
      {isLate && !isAnswered ? (
        <p>No answer yet; still waiting.</p>
      ) : (
        <span className="visually-hidden">{label}</span>
      )}
      {Array.from({ length: lines }, (_, line) => line).map((line) => (
        <span key={line} aria-hidden="true" />
      ))}
    </div>
  )
}

/** Names and values, one under the other. */
export function Facts({ children }: { readonly children: ReactNode }) {
  return <dl className={styles.facts}>{children}</dl>
}

export function Fact({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  )
}

/** A column of things with space between. */
export function Stack({ children }: { readonly children: ReactNode }) {
  return <div className={styles.stack}>{children}</div>
}

/** A row of things that wraps. */
export function Bar({ children }: { readonly children: ReactNode }) {
  return <div className={styles.bar}>{children}</div>
}

/** Said more quietly. */
export function Soft({ children }: { readonly children: ReactNode }) {
  return <span className={styles.soft}>{children}</span>
}
