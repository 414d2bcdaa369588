/**
 * Everything that was ever done to a user or a group, newest first: what, by whom, what was before and
 * what after, and the request that did it.
 *
 * The kinds are chosen here, of what has come so far; so while few of them are found more is asked for
 * by itself, up to a point.
 *
 * @module
 */

import { useInfiniteQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import type { TimelineEntry } from '../../../../src/server/admin/types.ts'
import { timelineQuery } from '../../api/queries.ts'
import { Button } from '../../parts/button.tsx'
import { Changes } from '../../parts/changes.tsx'
import { SelectField } from '../../parts/field.tsx'
import { Empty, Skeleton } from '../../parts/page.tsx'
import { Problem } from '../../parts/problem.tsx'
import { Status } from '../../parts/status.tsx'
import { ListFoot } from '../../parts/table.tsx'
import { count, Time } from '../../parts/time.tsx'
import { GROUP_KINDS, KINDS, NEVER_OF_GROUPS } from '../../words/changes.ts'
import { actorInWords } from '../../words/people.ts'
import styles from './timeline.module.css'

type Kind = TimelineEntry['kind'] | ''

/** How many of the wanted kind there should be before one has to ask for more. */
const ENOUGH = 10
const MOST_PAGES = 20

interface Props {
  readonly tenant: string
  readonly of: 'users' | 'groups'
  readonly id: string
}

export function Timeline({ tenant, of, id }: Props) {
  const [kind, setKind] = useState<Kind>('')
  const timeline = useInfiniteQuery(timelineQuery(tenant, of, id))
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = timeline
  const all = timeline.data?.pages.flatMap(({ entries }) => entries) ?? []
  const shown = kind === '' ? all : all.filter((entry) => entry.kind === kind)
  const wantsMore =
    kind !== '' &&
    shown.length < ENOUGH &&
    hasNextPage &&
    !isFetchingNextPage &&
    !timeline.error &&
    (timeline.data?.pages.length ?? 0) < MOST_PAGES
  useEffect(() => {
    if (wantsMore) void fetchNextPage()
  }, [wantsMore, fetchNextPage])

  if (timeline.isPending) return <Skeleton lines={8} label="Loading the timeline" />
  const words = of === 'groups' ? GROUP_KINDS : KINDS
  return (
    <div className={styles.all}>
      {timeline.error && <Problem error={timeline.error} onRetry={() => timeline.refetch()} />}
      {all.length > 0 && (
        <div className={styles.kind}>
          <SelectField
            label="Kind of change"
            hidesLabel
            value={kind}
            onChange={(event) => setKind(event.target.value as Kind)}
          >
            <option value="">Every kind of change</option>
            {Object.entries(words)
              .filter(
                ([value]) =>
                  of === 'users' || !NEVER_OF_GROUPS.includes(value as TimelineEntry['kind']),
              )
              .map(([value, [, word]]) => (
                <option key={value} value={value}>
                  {word}
                </option>
              ))}
          </SelectField>
        </div>
      )}
      <ol className={styles.entries} aria-label="Timeline, newest first">
        {shown.map((entry) => (
          <Entry key={entry.seq} entry={entry} tenant={tenant} id={id} />
        ))}
      </ol>
      {shown.length === 0 && !isFetchingNextPage && !timeline.error && (
        <Nothing kind={kind} word={kind && words[kind][1]} onAll={() => setKind('')} />
      )}
      <ListFoot>
        <span role="status">
          {isFetchingNextPage
            ? 'Loading more …'
            : shown.length > 0 &&
              `${count(shown.length, 'change')}${hasNextPage ? ' so far' : ', from the beginning'}`}
        </span>
        {hasNextPage && (
          <Button onClick={() => fetchNextPage()} isBusy={isFetchingNextPage}>
            Load more
          </Button>
        )}
      </ListFoot>
    </div>
  )
}

function Nothing({
  kind,
  word,
  onAll,
}: {
  readonly kind: Kind
  readonly word: string
  readonly onAll: () => void
}) {
  if (kind === '') {
    return (
      <Empty title="Nothing has happened yet">Every change from now on is written down here.</Empty>
    )
  }
  return (
    <Empty title={`No “${word}” so far`} action={<Button onClick={onAll}>Show everything</Button>}>
      Other things happened. They are shown when you do not ask for this kind alone.
    </Empty>
  )
}

function Entry({
  entry,
  tenant,
  id,
}: {
  readonly entry: TimelineEntry
  readonly tenant: string
  /** Whose timeline it is. */
  readonly id: string
}) {
  const [tone, word] = (entry.member?.id === id ? KINDS : GROUP_KINDS)[entry.kind]
  return (
    <li className={styles.entry}>
      <div className={styles.head}>
        <Status tone={tone}>{word}</Status>
        <Other entry={entry} tenant={tenant} id={id} />
        <span className={styles.by}>by {actorInWords(entry.actor)}</span>
        <span className={styles.when}>
          <Time at={entry.at} />
          {entry.actor.kind === 'key' && entry.requestId && (
            <Link
              to="/t/$tenant/activity"
              params={{ tenant }}
              search={{ request: entry.requestId, go: '1' }}
              aria-label={`The request of ${new Date(entry.at).toLocaleString()}`}
            >
              Request
            </Link>
          )}
        </span>
      </div>
      {entry.changes.length > 0 && (
        <Changes changes={entry.changes} referred={entry.referred} tenant={tenant} />
      )}
    </li>
  )
}

/** The other end: the group that this became a member of, or the member that came or went. */
function Other({
  entry: { group, member },
  tenant,
  id,
}: {
  readonly entry: TimelineEntry
  readonly tenant: string
  readonly id: string
}) {
  const other = member?.id === id ? group : member
  if (!other) return null
  const isGroup = other === group || member?.type === 'Group'
  return (
    <Link
      to={isGroup ? '/t/$tenant/groups/$id' : '/t/$tenant/users/$id'}
      params={{ tenant, id: other.id }}
    >
      {other.display ?? other.id}
    </Link>
  )
}
