/** That a request was pasted as a whole: what of it was left out, and the way back. */

import { Button } from '../../parts/button.tsx'
import { Note } from '../../parts/problem.tsx'
import type { Pasted } from './pasted.ts'
import styles from './try.module.css'

export function TakenApart({
  unread,
  taken,
  onUndo,
}: {
  /** Why something else was not. */
  readonly unread: string | undefined
  readonly taken: Pasted | undefined
  readonly onUndo: () => void
}) {
  return (
    <div role="status" className={styles.taken}>
      {unread && (
        <Note kind="warn">{unread} Nothing was put into these fields: it may hold a key.</Note>
      )}
      {taken && (
        <Note kind={taken.remarks.length > 0 ? 'warn' : 'note'}>
          <p>
            The request was taken apart into these fields.{' '}
            {taken.leftOut.length > 0 && (
              <>
                Left out: <strong>{taken.leftOut.join(', and ')}</strong>. It is tried on this
                tenant, as you.
              </>
            )}
          </p>
          {taken.remarks.map((remark) => (
            <p key={remark}>{remark}</p>
          ))}
          <Button look="quiet" onClick={onUndo}>
            Put back what was here
          </Button>
        </Note>
      )}
    </div>
  )
}
