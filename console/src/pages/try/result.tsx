/** What would have come of it: the answer, what would be stored, and what of that is different. */

import type { TryResult } from '../../../../src/server/admin/types.ts'
import { Changes } from '../../parts/changes.tsx'
import { JsonBlock } from '../../parts/json.tsx'
import { Section } from '../../parts/page.tsx'
import { Note } from '../../parts/problem.tsx'
import { Status, type Tone } from '../../parts/status.tsx'
import { count } from '../../parts/time.tsx'
import { Advice } from '../activity/advice.tsx'
import { Quirks } from '../activity/quirks.tsx'
import messages from '../activity/request.module.css'
import { Names, Removal } from './removal.tsx'
import styles from './try.module.css'

export function Result({
  result,
  comesBack,
  tenant,
}: {
  readonly result: TryResult
  /** Whether this tenant restores an account when one of its name is created. */
  readonly comesBack: boolean
  readonly tenant: string
}) {
  const [tone, word] = outcome(result.status)
  return (
    <>
      <p className={styles.status}>
        <Status tone={tone}>
          {result.status} {word}
        </Status>
      </p>
      {result.status < 400 && (
        <Note kind="good">
          <p>
            This is what the service does with it. <strong>Nothing was stored.</strong>
          </p>
        </Note>
      )}
      {result.advice && <Advice advice={result.advice} tenant={tenant} />}
      {result.removal ? (
        <Removal removal={result.removal} comesBack={comesBack} />
      ) : (
        <Differences result={result} tenant={tenant} />
      )}
      <Quirks
        quirks={result.quirks}
        intro="Beside the RFC; the strict profile refuses each of them."
      />
      <Section title="Answer">
        <dl className={messages.headers}>
          {Object.entries(result.headers).map(([name, value]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
        {result.body === '' ? (
          <p>No body.</p>
        ) : (
          <>
            {result.isCut && <Note kind="warn">Only the beginning: the answer is longer.</Note>}
            <JsonBlock value={result.body} label="Body of the answer" what="the answer" />
          </>
        )}
      </Section>
      {result.record && (
        <Section title="Record" intro="What would be stored.">
          <JsonBlock value={result.record} label="The record as JSON" what="the record" />
        </Section>
      )}
    </>
  )
}

function Differences({ result, tenant }: { readonly result: TryResult; readonly tenant: string }) {
  const { differences, referred, members, record } = result
  const { added, removed } = members
  const isNothing = differences.length === 0 && added.count === 0 && removed.count === 0
  if (isNothing && record === null) return null
  return (
    <Section title="What would change">
      {isNothing && <p>Nothing: it is so already.</p>}
      {differences.length > 0 && (
        <Changes changes={differences} referred={referred} tenant={tenant} />
      )}
      <Names words={`${count(added.count, 'member')} would join`} names={added} />
      <Names words={`${count(removed.count, 'member')} would leave`} names={removed} />
    </Section>
  )
}

function outcome(status: number): readonly [Tone, string] {
  if (status >= 500) return ['bad', 'Failed']
  if (status >= 400) return ['warn', 'Refused']
  if (status === 304) return ['none', 'Not modified']
  return ['good', 'Success']
}
