/** Of a failure: why, in our words and in those of its answer, and what to do. The first thing one sees. */

import type { AdviceView, ClashView } from '../../../../src/server/admin/types.ts'
import { RecordLink } from '../../parts/record-link.tsx'
import { Text } from '../../parts/text.tsx'
import { Time } from '../../parts/time.tsx'
import styles from './request.module.css'

export function Advice({
  advice: { cause, says, next, clash },
  tenant,
}: {
  readonly advice: AdviceView
  /** Absent for what is of none. */
  readonly tenant?: string
}) {
  return (
    <dl className={styles.advice}>
      <div>
        <dt>Cause</dt>
        <dd>{cause}</dd>
      </div>
      {clash && tenant && <Clash clash={clash} tenant={tenant} />}
      {says && (
        <div>
          <dt>Answer</dt>
          <dd>
            <Text of={says} />
          </dd>
        </div>
      )}
      <div>
        <dt>Next step</dt>
        <dd>{next}</dd>
      </div>
    </dl>
  )
}

/** What was sent, and a link to whoever has it. */
function Clash({
  clash: { attribute, value, holder },
  tenant,
}: {
  readonly clash: ClashView
  readonly tenant: string
}) {
  return (
    <>
      <div>
        <dt>Value</dt>
        <dd>
          <code>{attribute}</code>{' '}
          <strong>
            <Text of={value} />
          </strong>
        </dd>
      </div>
      <div>
        <dt>Held by</dt>
        <dd>
          {holder ? <Holder holder={holder} tenant={tenant} /> : 'nobody any more; send it again'}
        </dd>
      </div>
    </>
  )
}

function Holder({
  holder: { type, id, display, suspendedAt },
  tenant,
}: {
  readonly holder: NonNullable<ClashView['holder']>
  readonly tenant: string
}) {
  return (
    <>
      <RecordLink tenant={tenant} type={type} id={id}>
        <Text of={display} />
      </RecordLink>
      {suspendedAt !== null && (
        <>
          , suspended <Time at={suspendedAt} />
        </>
      )}
    </>
  )
}
