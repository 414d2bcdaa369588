/** Users and groups: found, looked at, and what became of them. */

import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import type {
  GroupRow,
  GroupView,
  Losses,
  MemberRow,
  Page,
  SuspendedRow,
  Timeline,
  TimelineEntry,
  UserRow,
  UserView,
} from '../../../../src/server/admin/types.ts'
import { call } from '../api.ts'
import { inPieces } from '../pieces.ts'
import { within } from './within.ts'

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
