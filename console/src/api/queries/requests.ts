/** Every SCIM request, of a tenant or of nobody. */

import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import type {
  ActivityDetail,
  ActivityPage,
  ActivityQuery,
} from '../../../../src/server/admin/types.ts'
import { call } from '../api.ts'
import { within } from './within.ts'

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
