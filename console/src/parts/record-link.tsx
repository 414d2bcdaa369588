/** A link to a user or a group, whichever it is. */

import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import type { GroupName } from '../../../src/server/admin/types.ts'
import { Text } from './text.tsx'

export function RecordLink({
  tenant,
  type,
  id,
  part,
  children,
}: {
  readonly tenant: string
  readonly type: string | null
  readonly id: string
  /** Which of its tabs; the first unless told. */
  readonly part?: 'timeline'
  readonly children: ReactNode
}) {
  return (
    <Link
      to={type === 'Group' ? '/t/$tenant/groups/$id' : '/t/$tenant/users/$id'}
      params={{ tenant, id }}
      search={part === undefined ? {} : { part }}
    >
      {children}
    </Link>
  )
}

export function GroupLink({
  group: { id, display },
  tenant,
}: {
  readonly group: GroupName
  readonly tenant: string
}) {
  return (
    <RecordLink tenant={tenant} type="Group" id={id}>
      <Text of={display ?? id} />
    </RecordLink>
  )
}
