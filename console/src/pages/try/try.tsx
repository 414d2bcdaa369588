/**
 * A SCIM request to be tried: carried out for real, and undone. One begins with an example, or with a
 * request of Activity that is in the address.
 *
 * @module
 */

import { useQuery } from '@tanstack/react-query'
import { useSearch } from '@tanstack/react-router'
import { groupsQuery, usersQuery } from '../../api/queries/directory.ts'
import { activityDetailQuery } from '../../api/queries/requests.ts'
import { useTenant } from '../../frame/tenant.tsx'
import { ButtonLink } from '../../parts/button.tsx'
import { Empty, Page, Skeleton } from '../../parts/page.tsx'
import { Note, Problem } from '../../parts/problem.tsx'
import { Bench } from './bench.tsx'
import { AS_SCIM, COUNTING, type Draft, laidOut } from './draft.ts'
import { type Example, examplesWith } from './examples.ts'

const INTRO =
  'See what this tenant would do with a SCIM request. It is carried out for real and undone: nothing is stored, nobody is told.'

export function Try() {
  const tenant = useTenant()
  if (tenant.isAdmin) return <Trying tenant={tenant.name} />
  return (
    <Page title="Try it" intro={INTRO}>
      <Empty
        title="Admins try requests"
        action={
          <ButtonLink to="/t/$tenant/activity" params={{ tenant: tenant.name }}>
            See what was requested
          </ButtonLink>
        }
      >
        You are a viewer of {tenant.name}. An owner of it can make you an admin.
      </Empty>
    </Page>
  )
}

function Trying({ tenant }: { readonly tenant: string }) {
  const { seq } = useSearch({ from: '/signed-in/t/$tenant/try' })
  const examples = useExamples(tenant)
  const recorded = useQuery({
    ...activityDetailQuery(tenant, seq ?? ''),
    enabled: seq !== undefined,
  })
  const isWaiting = !examples || (seq !== undefined && recorded.isPending)
  return (
    <Page title="Try it" intro={INTRO}>
      {recorded.error && <Problem error={recorded.error} onRetry={() => recorded.refetch()} />}
      {recorded.data?.request.omitted && (
        <Note kind="warn">
          The body of that request was not kept whole, so it has to be written here again.
        </Note>
      )}
      {isWaiting ? (
        <Skeleton lines={8} />
      ) : (
        <Bench
          key={seq ?? ''}
          tenant={tenant}
          examples={examples}
          first={recorded.data ? draftOf(recorded.data) : (examples[0] as Example).draft}
        />
      )}
    </Page>
  )
}

function draftOf({
  row,
  request,
}: {
  readonly row: { readonly method: string; readonly path: string; readonly query: string }
  readonly request: {
    readonly headers: Readonly<Record<string, string>>
    readonly body: string | null
  }
}): Draft {
  const counting = COUNTING.flatMap((name) => {
    const value = request.headers[name]
    return value === undefined ? [] : [`${name}: ${value}`]
  })
  return {
    method: row.method,
    path: row.path + (row.query && `?${row.query}`),
    headers: counting.join('\n') || (request.body === null ? '' : AS_SCIM),
    body: request.body === null ? '' : laidOut(request.body),
  }
}

/** With a user and a group that are there, if there are any. `undefined` until that is known. */
function useExamples(tenant: string): readonly Example[] | undefined {
  const users = useQuery(usersQuery(tenant, { count: '1' }))
  const groups = useQuery(groupsQuery(tenant, { count: '5' }))
  if (users.isPending || groups.isPending) return undefined
  const [user] = users.data?.rows ?? []
  // The first is often one that everybody is in already.
  const group = groups.data?.rows.at(-1)
  return examplesWith({ user, group })
}
