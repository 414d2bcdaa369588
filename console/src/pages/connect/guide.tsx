/**
 * A guide with this server's values filled in. The key is there when it has just been made; otherwise
 * the step says how to come by one.
 *
 * @module
 */

import type { ReactNode } from 'react'
import { CopyValue } from '../../parts/copy.tsx'
import styles from './connect.module.css'
import type { Guide, Step, Value } from './guides.ts'

/** Said where something would be written with a key that may only read. */
export const NOT_WITH_IT = 'Not with this key: it may only read. It takes one that may write.'

interface Props {
  readonly guide: Guide
  readonly baseUrl: string
  readonly secret?: string | undefined
  /** What stands where the key would be. */
  readonly keyInstead: ReactNode
  /** Who reads it has no account, and none of the console's pages. */
  readonly isGuest?: boolean
  /** The key may only read. */
  readonly isReadOnly?: boolean
}

export function GuideSteps({ guide, ...rest }: Props) {
  return (
    <>
      <ol className={styles.steps}>
        {guide.steps.map((step) => (
          <li key={step.title} data-instead={step.isInstead || undefined}>
            <StepBody step={step} guide={guide} {...rest} />
          </li>
        ))}
      </ol>
      {guide.notes.length > 0 && (
        <div className={styles.notes}>
          <h3>Good to know</h3>
          <ul>
            {guide.notes.map((note) => (
              <li key={note}>{note}</li>
            ))}
          </ul>
        </div>
      )}
    </>
  )
}

function StepBody({ step, guide, isGuest, isReadOnly, ...rest }: Props & { readonly step: Step }) {
  const text = [step.text, !isGuest && step.inside].filter(Boolean).join(' ')
  return (
    <>
      <h3>{step.title}</h3>
      {step.path && (
        <p className={styles.path}>
          {step.path.map((part, index) => (
            <span key={part}>
              {index > 0 && <span aria-hidden="true"> › </span>}
              {part}
            </span>
          ))}
        </p>
      )}
      {isReadOnly && step.writes && (
        <p className={styles.text}>
          <strong>{NOT_WITH_IT}</strong>
        </p>
      )}
      {text !== '' && <p className={styles.text}>{text}</p>}
      {step.values?.map((value) => (
        <StepValue key={value.label} value={value} guide={guide} {...rest} />
      ))}
    </>
  )
}

function StepValue({
  value: { label, is },
  guide,
  baseUrl,
  secret,
  keyInstead,
}: Props & { readonly value: Value }) {
  if (is === 'key' && secret === undefined) {
    return (
      <div className={styles.keyInstead}>
        <strong>{label}</strong>
        {keyInstead}
      </div>
    )
  }
  const text = is === 'baseUrl' ? baseUrl : is === 'key' ? (secret ?? '') : is.text
  const whose = guide.id === 'other' ? 'This' : `What ${guide.name} calls “${label}”`
  const hint = {
    baseUrl: `${whose} is this server’s SCIM base URL.`,
    key: `${whose} is the API key.`,
  }
  return (
    <CopyValue
      label={label}
      value={text}
      what={`the ${label}`}
      hint={typeof is === 'string' ? hint[is] : undefined}
    />
  )
}
