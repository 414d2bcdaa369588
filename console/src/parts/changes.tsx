/**
 * What became of attributes: what was, what is. Of a list only the values that came or went are marked.
 * Signs and words say which is which; colour only helps.
 *
 * @module
 */

import type { AttributeChange } from '../../../src/server/admin/types.ts'
import { inWords, schemaInWords, splitPath } from '../words/values.ts'
import styles from './changes.module.css'
import { Tag } from './status.tsx'

export function Changes({ changes }: { readonly changes: readonly AttributeChange[] }) {
  return (
    <dl className={styles.changes}>
      {changes.map((change) => (
        <Change key={change.path} change={change} />
      ))}
    </dl>
  )
}

function Change({ change }: { readonly change: AttributeChange }) {
  const { schema, name } = splitPath(change.path)
  const { gone, kept, came } = compared(change.before, change.after)
  return (
    <div>
      <dt title={change.path}>
        <code>{name}</code> {schema && <Tag>{schemaInWords(schema)}</Tag>}
      </dt>
      <dd>
        {gone.map((line) => (
          <del key={line}>
            <span className="visually-hidden">was </span>
            {line}
          </del>
        ))}
        {came.map((line) => (
          <ins key={line}>
            <span className="visually-hidden">is now </span>
            {line}
          </ins>
        ))}
        {kept > 0 && (
          <span className={styles.kept}>
            {kept === 1 ? '1 other stays' : `${kept} others stay`}
          </span>
        )}
      </dd>
    </div>
  )
}

/** Lines that differ; `kept` counts the values of a list that do not. */
export function compared(before: unknown, after: unknown) {
  const old = lines(before)
  const now = lines(after)
  return {
    gone: old.filter((line) => !now.includes(line)),
    came: now.filter((line) => !old.includes(line)),
    kept: now.filter((line) => old.includes(line)).length,
  }
}

function lines(value: unknown): readonly string[] {
  if (value === undefined || value === null) return []
  if (!Array.isArray(value)) return [printed(value)]
  return [...new Set(value.map(printed))]
}

function printed(value: unknown): string {
  const words = inWords(value)
  return words === '' ? '“”' : words
}
