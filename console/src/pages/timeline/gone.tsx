/** In place of a user or a group that is not there: what the log and Activity still know of its id. */

import { useInfiniteQuery } from '@tanstack/react-query'
import { timelineQuery } from '../../api/queries/directory.ts'
import type { Tenant } from '../../frame/tenant.tsx'
import { ButtonLink } from '../../parts/button.tsx'
import { Bar, Section, Stack } from '../../parts/page.tsx'
import { Timeline } from './timeline.tsx'

interface Props {
  readonly tenant: Tenant
  readonly of: 'users' | 'groups'
  readonly id: string
}

export function Gone({ tenant, of, id }: Props) {
  const { data } = useInfiniteQuery(timelineQuery(tenant.name, of, id))
  const name = data?.pages[0]?.name
  const params = { tenant: tenant.name }
  return (
    <Stack>
      <Bar>
        <ButtonLink to="/t/$tenant/activity" params={params} search={{ resource: id }}>
          Requests about this id
        </ButtonLink>
        {tenant.isAdmin && (
          <ButtonLink to="/t/$tenant/settings" params={params} search={{ part: 'audit' }}>
            Audit log
          </ButtonLink>
        )}
      </Bar>
      {data && (
        <Section title={`What is still known${name ? ` of ${name}` : ''}`}>
          <Timeline tenant={tenant.name} of={of} id={id} />
        </Section>
      )}
    </Stack>
  )
}
