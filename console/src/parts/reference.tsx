/** A resource that another refers to by its id: its name, which leads to it, and the id itself. */

import type { Referred } from '../../../src/server/admin/types.ts'
import { RecordLink } from './record-link.tsx'
import styles from './reference.module.css'
import { Text } from './text.tsx'

export function Reference({
  to: { id, type, display },
  tenant,
}: {
  readonly to: Referred
  readonly tenant: string
}) {
  return (
    <>
      <RecordLink tenant={tenant} type={type} id={id}>
        <Text of={display} />
      </RecordLink>{' '}
      <code className={styles.id}>{id}</code>
    </>
  )
}
