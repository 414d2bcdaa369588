/**
 * What a request changed, record by record, before and after. Of a group whose members came or went all
 * of them are one entry, however many they are.
 *
 * @module
 */

import { useState } from 'react'
import type { ActivityDetail } from '../../../../src/server/admin/types.ts'
import { Button } from '../../parts/button.tsx'
import { Changes } from '../../parts/changes.tsx'
import { Bar, Section } from '../../parts/page.tsx'
import { RecordLink } from '../../parts/record-link.tsx'
import { Status, Tag } from '../../parts/status.tsx'
import { Text } from '../../parts/text.tsx'
import { count } from '../../parts/time.tsx'
import { GROUP_KINDS, KINDS } from '../../words/changes.ts'
import styles from './request.module.css'

type Change = ActivityDetail['changes'][number]
type Member = NonNullable<Change['member']>

/** Members that are named before one asks for the rest. */
const A_FEW = 20

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
        {together(detail.changes).map(({ change, members }) => (
          <li key={change.seq}>
            <Bar>
              <What change={change} members={members.length} />
              <Tag>{change.type}</Tag>
              <RecordLink tenant={tenant} type={change.type} id={change.id} part="timeline">
                <Text
                  of={
                    (change.type === 'Group' ? change.group : change.member)?.display ??
                    (change.id === detail.row.resource ? detail.row.about : undefined) ??
                    change.id
                  }
                />
              </RecordLink>
            </Bar>
            {members.length > 0 && <Members tenant={tenant} members={members} />}
            {change.changes.length > 0 && (
              <Changes changes={change.changes} referred={change.referred} tenant={tenant} />
            )}
          </li>
        ))}
      </ul>
    </Section>
  )
}

function What({ change, members }: { readonly change: Change; readonly members: number }) {
  const [tone, word] = (change.type === 'Group' ? GROUP_KINDS : KINDS)[change.kind]
  if (members < 2) return <Status tone={tone}>{word}</Status>
  return (
    <Status tone={tone}>
      {count(members, 'member')} {change.kind === 'memberAdded' ? 'added' : 'removed'}
    </Status>
  )
}

function Members({
  tenant,
  members,
}: {
  readonly tenant: string
  readonly members: readonly Member[]
}) {
  const [isWhole, setWhole] = useState(false)
  const shown = isWhole ? members : members.slice(0, A_FEW)
  return (
    <Bar>
      {shown.map((member) => (
        <RecordLink
          key={member.id}
          tenant={tenant}
          type={member.type}
          id={member.id}
          part="timeline"
        >
          <Text of={member.display ?? member.id} />
        </RecordLink>
      ))}
      {shown.length < members.length && (
        <Button look="quiet" onClick={() => setWhole(true)}>
          and {count(members.length - shown.length, 'other')}
        </Button>
      )}
    </Bar>
  )
}

/** The changes in their order, those of one group's members that came or went in a row put together. */
function together(
  changes: readonly Change[],
): readonly { readonly change: Change; readonly members: readonly Member[] }[] {
  const all: { change: Change; members: Member[] }[] = []
  for (const change of changes) {
    const member = change.type === 'Group' ? change.member : undefined
    const before = all.at(-1)
    const isSame =
      member !== undefined && before?.change.kind === change.kind && before.change.id === change.id
    if (isSame) before.members.push(member)
    else all.push({ change, members: member === undefined ? [] : [member] })
  }
  return all
}
