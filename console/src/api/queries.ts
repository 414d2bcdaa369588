/**
 * What can be asked of the service, by resource: each a key to remember the answer by, and the call.
 * Pages use them with `useQuery`; what changes something is in `changes.ts`.
 *
 * Everything of a tenant is remembered under `['tenant', name]`, so that a change can forget all of it.
 *
 * @module
 */

import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import type {
  ActivityDetail,
  ActivityPage,
  ActivityQuery,
  AuditPage,
  ConnectView,
  Found,
  GroupNames,
  GroupRow,
  GroupView,
  KeyRow,
  Losses,
  MemberRow,
  OperatorRow,
  Overview,
  Page,
  SchemasView,
  SessionRow,
  SessionView,
  SetupView,
  SignInWays,
  SuspendedRow,
  TenantSettingsView,
  TenantView,
  Timeline,
  TimelineEntry,
  UserRow,
  UserView,
} from '../../../src/server/admin/types.ts'
import { call } from './api.ts'
import { inPieces } from './pieces.ts'

/** How often what is shown live is asked for again. */
const LIVE = 1500

const within = (tenant: string, path: string) => `/tenants/${encodeURIComponent(tenant)}${path}`

// People -------------------------------------------------------------------------------------------

export const sessionQuery = queryOptions({
  queryKey: ['session'],
  queryFn: ({ signal }) => call<SessionView>('/session', { signal, staysHere: true }),
  staleTime: 60_000,
  retry: false,
})

export const signInWaysQuery = queryOptions({
  queryKey: ['sign-in'],
  queryFn: ({ signal }) => call<SignInWays>('/sign-in', { signal }),
})

export const sessionsQuery = queryOptions({
  queryKey: ['me', 'sessions'],
  queryFn: ({ signal }) => call<readonly SessionRow[]>('/me/sessions', { signal }),
})

export const tenantsQuery = queryOptions({
  queryKey: ['tenants'],
  queryFn: ({ signal }) => call<readonly TenantView[]>('/tenants', { signal }),
})

// A tenant -----------------------------------------------------------------------------------------

export const settingsQuery = (tenant: string) =>
  queryOptions({
    queryKey: ['tenant', tenant, 'settings'],
    queryFn: ({ signal }) => call<TenantSettingsView>(within(tenant, '/settings'), { signal }),
  })

export const groupNamesQuery = (tenant: string) =>
  queryOptions({
    queryKey: ['tenant', tenant, 'group-names'],
    queryFn: ({ signal }) => call<GroupNames>(within(tenant, '/group-names'), { signal }),
    staleTime: 0,
  })

export const keysQuery = (tenant: string) =>
  queryOptions({
    queryKey: ['tenant', tenant, 'keys'],
    queryFn: ({ signal }) => call<readonly KeyRow[]>(within(tenant, '/keys'), { signal }),
    // Whoever is about to revoke one has to know who used it just now.
    staleTime: 0,
    refetchInterval: 5000,
  })

export const overviewQuery = (tenant: string) =>
  queryOptions({
    queryKey: ['tenant', tenant, 'overview'],
    queryFn: ({ signal }) =>
      call<Overview>(within(tenant, '/overview'), {
        signal,
        query: { since: new Date().setHours(0, 0, 0, 0) },
      }),
    refetchInterval: LIVE,
  })

/** @param key The key that it is to be about. */
export const connectQuery = (tenant: string, key: string | undefined) =>
  queryOptions({
    queryKey: ['tenant', tenant, 'connect', key ?? ''],
    queryFn: ({ signal }) =>
      call<ConnectView>(within(tenant, '/connect'), { signal, query: { key } }),
    placeholderData: (previous) => previous,
    refetchInterval: LIVE,
  })

export const schemasQuery = (tenant: string) =>
  queryOptions({
    queryKey: ['tenant', tenant, 'schemas'],
    queryFn: ({ signal }) => call<SchemasView>(within(tenant, '/schemas'), { signal }),
    staleTime: Number.POSITIVE_INFINITY,
  })

export const operatorsQuery = (tenant: string) =>
  queryOptions({
    queryKey: ['tenant', tenant, 'operators'],
    queryFn: ({ signal }) => call<readonly OperatorRow[]>(within(tenant, '/operators'), { signal }),
  })

export const auditQuery = (tenant: string) =>
  infiniteQueryOptions({
    queryKey: ['tenant', tenant, 'audit'],
    queryFn: ({ signal, pageParam }) =>
      call<AuditPage>(within(tenant, '/audit'), {
        signal,
        query: { before: pageParam, count: 50 },
      }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
  })

export const foundQuery = (tenant: string, q: string) =>
  queryOptions({
    queryKey: ['tenant', tenant, 'search', q],
    queryFn: ({ signal }) => call<Found>(within(tenant, '/search'), { signal, query: { q } }),
    enabled: q.length > 0,
  })

// Users and groups ---------------------------------------------------------------------------------

export interface ListQuery {
  readonly q?: string
  readonly filter?: string
  readonly after?: string
  readonly count?: string
}

export const usersQuery = (tenant: string, query: ListQuery) =>
  queryOptions({
    queryKey: ['tenant', tenant, 'users', query],
    queryFn: ({ signal, ...context }) =>
      inPieces(context, query, (after) =>
        call<Page<UserRow>>(within(tenant, '/users'), { signal, query: { ...query, after } }),
      ),
    placeholderData: (previous) => previous,
  })

export const userQuery = (tenant: string, id: string) =>
  queryOptions({
    queryKey: ['tenant', tenant, 'user', id],
    queryFn: ({ signal }) =>
      call<UserView>(within(tenant, `/users/${encodeURIComponent(id)}`), { signal }),
  })

/** @param seen The state of the account that is shown. */
export const lossesQuery = (tenant: string, id: string, seen: string) =>
  queryOptions({
    queryKey: ['tenant', tenant, 'user', id, 'losses', seen],
    queryFn: ({ signal }) =>
      call<Losses>(within(tenant, `/users/${encodeURIComponent(id)}/losses`), {
        signal,
        query: { seen },
      }),
    // Nobody is erased in another state than the one that is shown, so it changes under nobody's hand.
    staleTime: 0,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
  })

export const suspendedQuery = (tenant: string, query: Omit<ListQuery, 'filter'>) =>
  queryOptions({
    queryKey: ['tenant', tenant, 'suspended', query],
    queryFn: ({ signal, ...context }) =>
      inPieces(context, query, (after) =>
        call<Page<SuspendedRow>>(within(tenant, '/suspended'), {
          signal,
          query: { ...query, after },
        }),
      ),
    placeholderData: (previous) => previous,
  })

export const groupsQuery = (tenant: string, query: ListQuery) =>
  queryOptions({
    queryKey: ['tenant', tenant, 'groups', query],
    queryFn: ({ signal, ...context }) =>
      inPieces(context, query, (after) =>
        call<Page<GroupRow>>(within(tenant, '/groups'), { signal, query: { ...query, after } }),
      ),
    placeholderData: (previous) => previous,
  })

export const groupQuery = (tenant: string, id: string) =>
  queryOptions({
    queryKey: ['tenant', tenant, 'group', id],
    queryFn: ({ signal }) =>
      call<GroupView>(within(tenant, `/groups/${encodeURIComponent(id)}`), { signal }),
  })

export const membersQuery = (tenant: string, id: string, query: ListQuery) =>
  queryOptions({
    queryKey: ['tenant', tenant, 'group', id, 'members', query],
    queryFn: ({ signal, ...context }) =>
      inPieces(context, query, (after) =>
        call<Page<MemberRow>>(within(tenant, `/groups/${encodeURIComponent(id)}/members`), {
          signal,
          query: { ...query, after },
        }),
      ),
    // Who left is not among them any more when one goes back.
    staleTime: 0,
    placeholderData: (previous) => previous,
  })

export const timelineQuery = (tenant: string, kind: 'users' | 'groups', id: string) =>
  infiniteQueryOptions({
    queryKey: ['tenant', tenant, kind, id, 'timeline'],
    queryFn: ({ signal, pageParam }) =>
      call<Timeline>(within(tenant, `/${kind}/${encodeURIComponent(id)}/timeline`), {
        signal,
        query: { before: pageParam, count: 50 },
      }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
  })

/** Those that an entry of a timeline tells of together with its own. */
export const othersQuery = (
  tenant: string,
  kind: 'users' | 'groups',
  id: string,
  { seq, others = 0 }: TimelineEntry,
) =>
  queryOptions({
    queryKey: ['tenant', tenant, kind, id, 'timeline', seq],
    queryFn: ({ signal }) =>
      call<Timeline>(within(tenant, `/${kind}/${encodeURIComponent(id)}/timeline`), {
        signal,
        query: { before: seq, count: Math.min(others, 100), each: 1 },
      }),
  })

// Activity -----------------------------------------------------------------------------------------

/** As an address has it: what is no such value there is refused by the service, in words. */
type AddressOf<Query> = { readonly [Name in keyof Query]?: string }

/** Whose requests: of a tenant, or of none, which root operators alone may see. */
export interface Requests {
  readonly key: readonly string[]
  readonly path: string
}

export const requestsOf = (tenant: string): Requests => ({
  key: ['tenant', tenant, 'activity'],
  path: within(tenant, '/activity'),
})

export const requestsOfNobody: Requests = { key: ['strangers'], path: '/activity/unclaimed' }

/** A list, as far as it was searched: pages that are short for that are parts of one. */
export const activityQuery = (tenant: string, query: AddressOf<ActivityQuery>) => {
  const { key, path } = requestsOf(tenant)
  return infiniteQueryOptions({
    queryKey: [...key, query],
    queryFn: ({ signal, pageParam: before }) =>
      call<ActivityPage>(path, { signal, query: { ...query, before } }),
    initialPageParam: query.before,
    getNextPageParam: ({ next, searchedTo }) => (searchedTo === null ? undefined : next),
    // A long way is not gone again only because somebody looked elsewhere.
    refetchOnMount: ({ state }) => state.data?.pages.length === 1,
    refetchOnWindowFocus: ({ state }) => state.data?.pages.length === 1,
  })
}

/** The next of a list, seen from a place of it, however far away it is; `null` for none. */
export const neighbourQuery = (
  { key, path }: Requests,
  filters: AddressOf<ActivityQuery>,
  onward: 'before' | 'after',
  seq: string,
) =>
  queryOptions({
    queryKey: [...key, 'next', onward, seq, filters],
    queryFn: async ({ signal }) => {
      for (let place: string | null = seq; place !== null; ) {
        const query = { ...filters, [onward]: place, count: 1 }
        const page: ActivityPage = await call(path, { signal, query })
        const [row] = page.rows
        if (row) return row
        place = page.next
      }
      return null
    },
  })

export const strangersQuery = (query: AddressOf<ActivityQuery>) =>
  queryOptions({
    queryKey: [...requestsOfNobody.key, query],
    queryFn: ({ signal }) =>
      call<ActivityPage>(requestsOfNobody.path, { signal, query: { ...query } }),
    placeholderData: (previous) => previous,
  })

export const strangerQuery = (seq: string) =>
  queryOptions({
    queryKey: ['strangers', 'one', seq],
    queryFn: ({ signal }) =>
      call<ActivityDetail>(`/activity/unclaimed/${encodeURIComponent(seq)}`, { signal }),
    staleTime: Number.POSITIVE_INFINITY,
  })

export const activityDetailQuery = (tenant: string, seq: string) =>
  queryOptions({
    queryKey: ['tenant', tenant, 'activity', 'one', seq],
    queryFn: ({ signal }) =>
      call<ActivityDetail>(within(tenant, `/activity/${encodeURIComponent(seq)}`), { signal }),
    staleTime: Number.POSITIVE_INFINITY,
  })

// A guest with a setup link ------------------------------------------------------------------------

export const setupQuery = (token: string) =>
  queryOptions({
    queryKey: ['setup'],
    queryFn: ({ signal }) => call<SetupView>('/setup', { signal, setup: token, staysHere: true }),
    refetchInterval: LIVE,
    retry: false,
  })
