/**
 * One request that came with no known key: why it was refused and what to do, how far it came, who sent
 * it, and both messages without their bodies.
 *
 * @module
 */

import { useQuery } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { requestsOfNobody, strangerQuery } from '../../api/queries/requests.ts'
import { useSession } from '../../frame/tenant.tsx'
import { Page, Section, Skeleton } from '../../parts/page.tsx'
import { Problem } from '../../parts/problem.tsx'
import { Advice } from './advice.tsx'
import { ForRoot } from './for-root.tsx'
import { Gist, titleOf } from './gist.tsx'
import { Messages } from './messages.tsx'
import { Neighbours } from './neighbours.tsx'
import styles from './request.module.css'
import { Steps } from './steps.tsx'
import { Who } from './who.tsx'

export function OneStranger() {
  const { isRoot } = useSession()
  return isRoot ? (
    <Request />
  ) : (
    <Page title="Request" above={<Back />}>
      <ForRoot />
    </Page>
  )
}

const Back = () => <Link to="/unknown-keys">Unknown keys</Link>

function Request() {
  const { seq } = useParams({ from: '/signed-in/unknown-keys/$seq' })
  const request = useQuery(strangerQuery(seq))
  const detail = request.data
  return (
    <Page
      title={detail ? titleOf(detail.row) : 'Request'}
      above={<Back />}
      intro={detail && <Gist row={detail.row} />}
      actions={
        <Neighbours
          of={requestsOfNobody}
          seq={seq}
          to={(one) => ({ to: '/unknown-keys/$seq', params: { seq: one } })}
        />
      }
    >
      {request.error && <Problem error={request.error} onRetry={() => request.refetch()} />}
      {request.isPending && <Skeleton lines={12} label="Loading the request" />}
      {detail && (
        <>
          {detail.advice && <Advice advice={detail.advice} />}
          <div className={styles.pair}>
            <Section title="How it was decided">
              <Steps steps={detail.steps} />
            </Section>
            <Section title="Who and when">
              <Who row={detail.row} />
            </Section>
          </div>
          <Messages detail={detail} isOfNobody />
        </>
      )}
    </Page>
  )
}
