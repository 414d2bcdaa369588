/** What a request changed, record by record, before and after. */

import { Link } from '@tanstack/react-router'
import type { ActivityDetail } from '../../../../src/server/admin/types.ts'
import { Changes } from '../../parts/changes.tsx'
import { Bar, Section } from '../../parts/page.tsx'
import { Status, Tag } from '../../parts/status.tsx'
import { KINDS } from '../../words/changes.ts'
import styles from './request.module.css'

export function WhatChanged({
  tenant,
  detail,
}: {
  readonly tenant: string
  readonly detail: ActivityDetail
}) {
  return (
    <Section title="What it changed">
      <ul className={styles.changes}>
        {detail.changes.map((change) => (
          <li key={change.seq}>
            <Bar>
              <Status tone={KINDS[change.kind][0]}>{KINDS[change.kind][1]}</Status>
              <Tag>{change.type}</Tag>
              <Link
                to={change.type === 'Group' ? '/t/$tenant/groups/$id' : '/t/$tenant/users/$id'}
                params={{ tenant, id: change.id }}
                search={{ part: 'timeline' }}
              >
                {(change.type === 'Group' ? change.group : change.member)?.display ?? change.id}
              </Link>
              {change.member && change.type === 'Group' && (
                <span>{change.member.display ?? change.member.id}</span>
              )}
            </Bar>
            {change.changes.length > 0 && <Changes changes={change.changes} />}
          </li>
        ))}
      </ul>
    </Section>
  )
}
