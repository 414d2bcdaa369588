/** One side of a request: its first line, its headers, its body, or why there is none. */

import type { RecordedMessage } from '../../../../src/server/admin/types.ts'
import { JsonBlock } from '../../parts/json.tsx'
import { Note } from '../../parts/problem.tsx'
import { Text } from '../../parts/text.tsx'
import styles from './request.module.css'

const OMITTED = {
  setting: 'This body was not kept: the settings of this tenant say so.',
  size: 'This body was too long to keep all of it. What is shown is its beginning.',
  load: 'This body was left out, because more came at once than could be written down.',
} as const

const OF_NOBODY = 'No body is kept of what comes with no known key.'

export function Message({
  title,
  first,
  message,
  isOfNobody = false,
  mayBeUnread = false,
}: {
  readonly title: string
  readonly first: string
  readonly message: RecordedMessage
  /** Whether it came with no known key, so that no tenant's settings say what is kept. */
  readonly isOfNobody?: boolean
  /** Whether a body may have come that nobody read, since the answer was clear without it. */
  readonly mayBeUnread?: boolean
}) {
  const headers = Object.entries(message.headers)
  return (
    <div className={styles.message}>
      <h3>{title}</h3>
      <p className={styles.first}>
        <Text of={first} />
      </p>
      {headers.length > 0 && (
        <dl className={styles.headers} aria-label={`Headers of the ${title.toLowerCase()}`}>
          {headers.map(([name, value]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>
                <Text of={value} />
              </dd>
            </div>
          ))}
        </dl>
      )}
      {message.omitted && (
        <Note>
          {isOfNobody && message.omitted === 'setting' ? OF_NOBODY : OMITTED[message.omitted]}
        </Note>
      )}
      {message.body !== null && (
        <JsonBlock
          value={message.body}
          label={`Body of the ${title.toLowerCase()}`}
          what={`the ${title.toLowerCase()}`}
        />
      )}
      {message.body === null && message.omitted === null && (
        <p className={styles.none}>
          {mayBeUnread ? 'The body was not read: the answer was clear without it.' : 'No body.'}
        </p>
      )}
    </div>
  )
}
