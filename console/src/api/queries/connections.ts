/** Keys, and how far the identity providers that have them have come. */

import { queryOptions } from '@tanstack/react-query'
import type { ConnectView, KeyRow, SetupView } from '../../../../src/server/admin/types.ts'
import { ApiError, call } from '../api.ts'
import { LIVE, within } from './within.ts'

export const keysQuery = (tenant: string) =>
  queryOptions({
    queryKey: ['tenant', tenant, 'keys'],
    queryFn: ({ signal }) => call<readonly KeyRow[]>(within(tenant, '/keys'), { signal }),
    // Whoever is about to revoke one has to know who used it just now.
    staleTime: 0,
    refetchInterval: 5000,
  })

/**
 * @param key The key that it is to be about.
 * @param of Without one, the name of whom it should be the key of.
 */
export const connectQuery = (tenant: string, key: string | undefined, of?: string) =>
  queryOptions({
    queryKey: ['tenant', tenant, 'connect', key ?? '', of ?? ''],
    queryFn: ({ signal }) =>
      call<ConnectView>(within(tenant, '/connect'), { signal, query: { key, of } }),
    placeholderData: (previous) => previous,
    refetchInterval: LIVE,
  })

/** Whether a link has ended: nothing makes it good again. */
export const isNoMore = (error: unknown) =>
  error instanceof ApiError && error.problem.status === 401

export const setupQuery = (token: string) =>
  queryOptions({
    queryKey: ['setup'],
    queryFn: ({ signal }) => call<SetupView>('/setup', { signal, setup: token, staysHere: true }),
    refetchInterval: ({ state }) => (isNoMore(state.error) ? false : LIVE),
    retry: false,
  })
