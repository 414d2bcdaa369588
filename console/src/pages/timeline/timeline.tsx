/**
 * Everything that was ever done to a user or a group, newest first: what, by whom, what was before and
 * what after, and the request that did it.
 *
 * The kinds are chosen here, of what has come so far; so while few of them are found more is asked for
 * by itself, up to a point.
 *
 * @module
 */

import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import type { TimelineEntry } from '../../../../src/server/admin/types.ts'
import { othersQuery, timelineQuery } from '../../api/queries/directory.ts'
import { Button } from '../../parts/button.tsx'
import { Changes } from '../../parts/changes.tsx'
import { SelectField } from '../../parts/field.tsx'
import { Bar, Empty, Skeleton } from '../../parts/page.tsx'
import { Problem } from '../../parts/problem.tsx'
import { RecordLink } from '../../parts/record-link.tsx'
import { Status } from '../../parts/status.tsx'
import { ListFoot } from '../../parts/table.tsx'
import { Text } from '../../parts/text.tsx'
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
  const { kind: wanted = '' } = useSearch({ strict: false })
  const kind = wanted in KINDS ? (wanted as Kind) : ''
  const navigate = useNavigate()
  const setKind = (next: string): void => {
    const search = (before: object) => ({ ...before, kind: next })
    void navigate({ to: '.', search, replace: true, resetScroll: false })
  }
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
            onChange={(event) => setKind(event.target.value)}
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
          <Entry key={entry.seq} entry={entry} tenant={tenant} of={of} id={id} />
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
              `${count(
                shown.reduce((sum, { others = 0 }) => sum + 1 + others, 0),
                'change',
              )}${hasNextPage ? ' so far' : ', from the beginning'}`}
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

/** What ended a membership that nobody ended by itself. */
const ENDS = { suspended: 'when suspended ', deleted: 'when the group was deleted ' } as const

interface EntryProps extends Props {
  readonly entry: TimelineEntry
}

function Entry({ entry, ...at }: EntryProps) {
  const [isOpen, setOpen] = useState(false)
  const { tenant, id } = at
  const { others = 0, because } = entry
  const [tone, word] = (entry.member?.id === id ? KINDS : GROUP_KINDS)[entry.kind]
  return (
    <li className={styles.entry}>
      <div className={styles.head}>
        <Status tone={tone}>{word}</Status>
        <Other entry={entry} tenant={tenant} id={id} />
        {others > 0 && (
          <Button look="quiet" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
            and {count(others, 'other')}
          </Button>
        )}
        <span className={styles.by}>
          {because && ENDS[because]}by <Text of={actorInWords(entry.actor)} />
        </span>
        <span className={styles.when}>
          <Time at={entry.at} />
          {isOfRequest(entry) && (
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
      {isOpen && <Others entry={entry} {...at} />}
      {entry.changes.length > 0 && (
        <Changes changes={entry.changes} referred={entry.referred} tenant={tenant} />
      )}
    </li>
  )
}

/** Whether it is in Activity, unless it was forgotten there: what people do here is not. */
const isOfRequest = ({ actor, requestId }: TimelineEntry) =>
  actor.kind === 'key' && requestId !== ''

/** The first of those that came or went by the same request. */
function Others({ entry, tenant, of, id }: EntryProps) {
  const { data, error, refetch } = useQuery(othersQuery(tenant, of, id, entry))
  if (error) return <Problem error={error} onRetry={() => refetch()} />
  if (!data) return <Skeleton lines={2} />
  const more = (entry.others ?? 0) - data.entries.length
  return (
    <Bar>
      {data.entries.map((one) => (
        <Other key={one.seq} entry={one} tenant={tenant} id={id} />
      ))}
      {more > 0 && (
        <span>
          and {count(more, 'other')}
          {isOfRequest(entry)
            ? ', which the request names'
            : ', each with this on its own timeline'}
        </span>
      )}
    </Bar>
  )
}

/** The other end: the group that this became a member of, or the member that came or went. */
function Other({ entry: { group, member }, tenant, id }: Omit<EntryProps, 'of'>) {
  const other = member?.id === id ? group : member
  if (!other) return null
  return (
    <RecordLink
      tenant={tenant}
      type={other === group ? 'Group' : (member?.type ?? null)}
      id={other.id}
    >
      <Text of={other.display ?? other.id} />
    </RecordLink>
  )
}
