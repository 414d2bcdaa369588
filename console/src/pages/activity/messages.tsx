/** Both sides of a request, side by side where there is room. */

import type { ReactNode } from 'react'
import type { ActivityDetail } from '../../../../src/server/admin/types.ts'
import { CopyButton } from '../../parts/copy.tsx'
import { Section } from '../../parts/page.tsx'
import { readableQuery } from '../../words/activity.ts'
import { Message } from './message.tsx'
import styles from './request.module.css'

export function Messages({
  detail: { row, request, response, curl },
  isOfNobody = false,
  children,
}: {
  readonly detail: ActivityDetail
  readonly isOfNobody?: boolean
  /** More that can be done with them. */
  readonly children?: ReactNode
}) {
  const query = row.query && `?${readableQuery(row.query)}`
  return (
    <Section
      title="Messages"
      intro="Bodies as they were, but for what is secret: that is never written down. Of the request’s headers Accept, Content-Type, If-Match, If-None-Match and User-Agent are kept, and no other."
      actions={
        <>
          <CopyButton text={curl} what="as curl" label="Copy as curl" />
          {children}
        </>
      }
    >
      <div className={styles.pair}>
        <Message
          title="Request"
          first={`${row.method} ${row.path}${query}`}
          message={request}
          isOfNobody={isOfNobody}
          mayBeUnread={row.status >= 400 && /^P(?:OST|UT|ATCH)$/.test(row.method)}
        />
        <Message
          title="Response"
          first={String(row.status)}
          message={response}
          isOfNobody={isOfNobody}
        />
      </div>
    </Section>
  )
}
