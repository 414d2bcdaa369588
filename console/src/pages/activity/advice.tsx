/** Of a failure: why, in our words and in those of its answer, and what to do. The first thing one sees. */

import type { AdviceView } from '../../../../src/server/admin/types.ts'
import styles from './request.module.css'

export function Advice({ advice: { cause, says, next } }: { readonly advice: AdviceView }) {
  return (
    <dl className={styles.advice}>
      <div>
        <dt>Cause</dt>
        <dd>{cause}</dd>
      </div>
      {says && (
        <div>
          <dt>Answer</dt>
          <dd>{says}</dd>
        </div>
      )}
      <div>
        <dt>Next step</dt>
        <dd>{next}</dd>
      </div>
    </dl>
  )
}
