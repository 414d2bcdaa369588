/**
 * What already works with one key, ticking by itself as the first calls arrive. Each line is a shape,
 * words and a time; what is still missing says what will make it tick.
 *
 * @module
 */

import { Link } from '@tanstack/react-router'
import type { Checklist as View } from '../../../../src/server/admin/types.ts'
import { Icon } from '../../parts/icon.tsx'
import { Note } from '../../parts/problem.tsx'
import { Text } from '../../parts/text.tsx'
import { Time } from '../../parts/time.tsx'
import styles from './connect.module.css'
import { NOT_WITH_IT } from './guide.tsx'

export const LINES = [
  ['reached', 'A request came with this key', 'Any does it, even a refused one.'],
  ['accepted', 'The key was accepted', 'The identity provider’s “test connection” does it.'],
  ['read', 'Something was read', 'Most look for a user before they make one.'],
  ['created', 'Somebody was created', 'Assign one person first.'],
  ['deactivated', 'Somebody was deactivated', 'Take the person away again, and see that it works.'],
] as const

/** What a key that may only read never does. */
const WRITTEN: readonly string[] = ['created', 'deactivated']

export function Checklist({
  checklist,
  tenant,
  isReadOnly = false,
}: {
  readonly checklist: View
  /** Its key may only read. */
  readonly isReadOnly?: boolean
  /** Whose activity may be looked at; a guest has none. */
  readonly tenant?: string
}) {
  const { trouble, stranger } = checklist
  const next = LINES.find(([name]) => checklist[name] === null)?.[0]
  return (
    <div className={styles.checklist}>
      <ol aria-live="polite">
        {LINES.map(([name, done, how]) => {
          const at = checklist[name]
          return (
            <li key={name} data-done={at !== null || undefined}>
              <span className={styles.tick}>{at !== null && <Icon sign="check" />}</span>
              <span>
                {done}
                <span className="visually-hidden">{at === null ? ': not yet' : ': done'}</span>
                {at !== null ? (
                  <span className={styles.when}>
                    <Time at={at} />
                  </span>
                ) : (
                  name === next && (
                    <span className={styles.when}>
                      {isReadOnly && WRITTEN.includes(name) ? NOT_WITH_IT : how}
                    </span>
                  )
                )}
              </span>
            </li>
          )
        })}
      </ol>
      {stranger !== null && (
        <Note kind="warn">
          <p>
            Somebody called with a key that this server does not know (<Time at={stranger} />
            ). If that was your identity provider, its key was not copied whole, or is that of
            another server.
          </p>
        </Note>
      )}
      {trouble && (
        <Note kind="warn">
          <p>
            <Text of={trouble.says} /> (<Time at={trouble.at} />)
          </p>
          {tenant && (
            <Link to="/t/$tenant/activity/$seq" params={{ tenant, seq: trouble.seq }}>
              See the request
            </Link>
          )}
        </Note>
      )}
    </div>
  )
}
