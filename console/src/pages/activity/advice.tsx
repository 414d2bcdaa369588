/** Of a failure: why, and what to do. The first thing one sees. */

import styles from './request.module.css'

export function Advice({
  advice,
}: {
  readonly advice: { readonly cause: string; readonly next: string }
}) {
  return (
    <dl className={styles.advice}>
      <div>
        <dt>Cause</dt>
        <dd>{advice.cause}</dd>
      </div>
      <div>
        <dt>Next step</dt>
        <dd>{advice.next}</dd>
      </div>
    </dl>
  )
}
