/** Who signs in, who may, and what they did. */

import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import type {
  AuditPage,
  OperatorRow,
  SessionRow,
  SessionView,
  SignInWays,
} from '../../../../src/server/admin/types.ts'
import { call } from '../api.ts'
import { within } from './within.ts'

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
