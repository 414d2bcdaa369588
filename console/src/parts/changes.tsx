/**
 * What became of attributes: what was, what is. Of a list only the values that came or went are marked.
 * Signs and words say which is which; colour only helps.
 *
 * @module
 */

import type { ReactNode } from 'react'
import type { AttributeChange, Referred } from '../../../src/server/admin/types.ts'
import { type Line, linesOf } from '../words/differences.ts'
import { brief, schemaInWords } from '../words/values.ts'
import styles from './changes.module.css'
import { Reference } from './reference.tsx'
import { Tag } from './status.tsx'
import { Text } from './text.tsx'

export function Changes({
  changes,
  referred = [],
  tenant,
}: {
  readonly changes: readonly AttributeChange[]
  /** Who is meant by ids among the values. */
  readonly referred?: readonly Referred[] | undefined
  readonly tenant: string
}) {
  const shown = (value: string) => {
    const one = referred.find(({ id }) => id === value)
    return one ? <Reference to={one} tenant={tenant} /> : <Text of={brief(value)} />
  }
  return (
    <dl className={styles.changes}>
      {changes.flatMap(linesOf).map((line) => (
        <Change key={`${line.schema}:${line.name}`} line={line} shown={shown} />
      ))}
    </dl>
  )
}

function Change({
  line,
  shown,
}: {
  readonly line: Line
  readonly shown: (value: string) => ReactNode
}) {
  const { name, schema, gone, came, kept, secret } = line
  return (
    <div>
      <dt title={schema === null ? name : `${schema}:${name}`}>
        <code>
          <Text of={name} />
        </code>{' '}
        {schema && <Tag>{schemaInWords(schema)}</Tag>}
      </dt>
      <dd data-many={gone.length > 1 || came.length > 1 || undefined}>
        {gone.map((value) => (
          <del key={value}>
            <span className="visually-hidden">was </span>
            {shown(value)}
          </del>
        ))}
        {came.map((value) => (
          <ins key={value}>
            <span className="visually-hidden">is now </span>
            {shown(value)}
          </ins>
        ))}
        {secret && (
          <span className={styles.kept}>
            {secret === 'set' ? 'was set; only a hash of it is kept' : 'was removed'}
          </span>
        )}
        {kept > 0 && <span className={styles.kept}>{keptInWords(line)}</span>}
      </dd>
    </div>
  )
}

function keptInWords({ gone, came, kept }: Line): string {
  if (gone.length + came.length === 0) return 'the same values in another order'
  return kept === 1 ? '1 other stays' : `${kept} others stay`
}
