/** From the key to the answer: how far a request came, and where it stopped. */

import type { ActivityDetail } from '../../../../src/server/admin/types.ts'
import { Status } from '../../parts/status.tsx'
import { Text } from '../../parts/text.tsx'
import styles from './request.module.css'

const NAMES: Readonly<Record<ActivityDetail['steps'][number]['name'], string>> = {
  authenticated: 'Key',
  routed: 'Endpoint',
  parsed: 'Message',
  decided: 'Rules',
  stored: 'Stored',
  answered: 'Answer',
}

export function Steps({ steps }: { readonly steps: ActivityDetail['steps'] }) {
  const stop = steps.find(({ ok }) => !ok)
  return (
    <ol className={styles.steps}>
      {steps.map((step) => (
        <li key={step.name}>
          <Status tone={step.ok ? 'good' : 'bad'}>
            {NAMES[step.name]}
            {step === stop && <span className="visually-hidden">: here it stopped</span>}
          </Status>
          <span>
            <Text of={step.says} />
          </span>
        </li>
      ))}
    </ol>
  )
}
