/**
 * The frame of pages for somebody who has not signed in: one sheet on the paper.
 *
 * @module
 */

import { type ReactNode, useEffect } from 'react'
import { Tally } from './frame.tsx'
import styles from './outside.module.css'

export function Outside({
  title,
  intro,
  children,
  isWide = false,
}: {
  readonly title: string
  readonly intro?: ReactNode
  readonly children: ReactNode
  readonly isWide?: boolean
}) {
  useEffect(() => {
    document.title = `${title} · Rollcall`
  }, [title])
  return (
    <main className={styles.outside}>
      <div className={styles.sheet} data-wide={isWide || undefined}>
        <p className={styles.name}>
          <Tally /> Rollcall
        </p>
        <h1 className={styles.title}>{title}</h1>
        {intro && <div className={styles.intro}>{intro}</div>}
        {children}
      </div>
    </main>
  )
}
