/** A resource that another refers to by its id: its name, which leads to it, and the id itself. */

import { Link } from '@tanstack/react-router'
import type { Referred } from '../../../src/server/admin/types.ts'
import styles from './reference.module.css'

export function Reference({
  to: { id, type, display },
  tenant,
}: {
  readonly to: Referred
  readonly tenant: string
}) {
  return (
    <>
      <Link
        to={type === 'Group' ? '/t/$tenant/groups/$id' : '/t/$tenant/users/$id'}
        params={{ tenant, id }}
      >
        {display}
      </Link>{' '}
      <code className={styles.id}>{id}</code>
    </>
  )
}
