/** One group: its members by the page, the groups it is itself a member of, timeline, JSON. */

import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router'
import type { GroupView } from '../../../../src/server/admin/types.ts'
import { useAgain } from '../../api/again.ts'
import { groupQuery } from '../../api/queries/directory.ts'
import { useTenant } from '../../frame/tenant.tsx'
import { JsonBlock } from '../../parts/json.tsx'
import { MenuGo, MoreActions } from '../../parts/menu.tsx'
import { Fact, Facts, Page, Skeleton, Stack } from '../../parts/page.tsx'
import { isGone, Problem } from '../../parts/problem.tsx'
import { GroupLink } from '../../parts/record-link.tsx'
import { Tabs } from '../../parts/tabs.tsx'
import { Text } from '../../parts/text.tsx'
import { Count, Time } from '../../parts/time.tsx'
import { Gone } from '../timeline/gone.tsx'
import { Timeline } from '../timeline/timeline.tsx'
import { Members } from './members.tsx'

export function Group() {
  const tenant = useTenant()
  const { id } = useParams({ from: '/signed-in/t/$tenant/groups/$id' })
  const { part = '', after = '' } = useSearch({ from: '/signed-in/t/$tenant/groups/$id' })
  const asked = groupQuery(tenant.name, id)
  const group = useQuery(asked)
  useAgain(asked.queryKey, `${part} ${after}`)
  const view = isGone(group.error) ? undefined : group.data
  return (
    <Page
      title={view?.row.displayName ?? 'Group'}
      above={
        <Link to="/t/$tenant/groups" params={{ tenant: tenant.name }}>
          Groups
        </Link>
      }
      intro={
        view && (
          <>
            Changed <Time at={view.row.modified} />
          </>
        )
      }
      actions={
        <MoreActions>
          <MenuGo to={`/t/${encodeURIComponent(tenant.name)}/activity`} search={{ resource: id }}>
            Requests
          </MenuGo>
        </MoreActions>
      }
    >
      {group.error && <Problem error={group.error} onRetry={() => group.refetch()} />}
      {isGone(group.error) && <Gone tenant={tenant} of="groups" id={id} />}
      {group.isPending && <Skeleton lines={10} label="Loading the group" />}
      {view && <Parts tenant={tenant.name} view={view} />}
    </Page>
  )
}

function Parts({ tenant, view }: { readonly tenant: string; readonly view: GroupView }) {
  const { part = 'members' } = useSearch({ from: '/signed-in/t/$tenant/groups/$id' })
  const navigate = useNavigate({ from: '/t/$tenant/groups/$id' })
  return (
    <Tabs
      label="What is known of this group"
      value={part}
      onChange={(next) =>
        navigate({ search: next === 'members' ? {} : { part: next }, resetScroll: false })
      }
      tabs={[
        {
          value: 'members',
          label: (
            <>
              Members <Count of={view.row.members} />
            </>
          ),
          panel: <Members tenant={tenant} id={view.row.id} name={view.row.displayName} />,
        },
        { value: 'about', label: 'About', panel: <About tenant={tenant} view={view} /> },
        {
          value: 'timeline',
          label: 'Timeline',
          panel: <Timeline tenant={tenant} of="groups" id={view.row.id} />,
        },
        {
          value: 'json',
          label: 'JSON',
          panel: (
            <JsonBlock
              value={view.resource}
              label="As SCIM shows it, without its members"
              what="the JSON"
            />
          ),
        },
      ]}
    />
  )
}

function About({ tenant, view }: { readonly tenant: string; readonly view: GroupView }) {
  return (
    <Stack>
      <Facts>
        <Fact name="Member of">
          {view.parents.length === 0
            ? 'no other group'
            : view.parents.map((parent, index) => (
                <span key={parent.id}>
                  {index > 0 && ', '}
                  <GroupLink group={parent} tenant={tenant} />
                </span>
              ))}
        </Fact>
        {view.through.length > 0 && (
          <Fact name="Through those">
            {view.through.map((group, index) => (
              <span key={group.id}>
                {index > 0 && ', '}
                <GroupLink group={group} tenant={tenant} />
              </span>
            ))}
          </Fact>
        )}
        <Fact name="Id">
          <code>{view.row.id}</code>
        </Fact>
        <Fact name="External id">
          {view.row.externalId === null ? (
            'none'
          ) : (
            <code>
              <Text of={view.row.externalId} />
            </code>
          )}
        </Fact>
        <Fact name="Created">
          <Time at={view.created} as="whole" />
        </Fact>
        <Fact name="Changed">
          <Time at={view.row.modified} as="whole" />
        </Fact>
        <Fact name="Version">{view.version}</Fact>
      </Facts>
    </Stack>
  )
}
