/** A tenant as a whole: its rules, how it is doing, and what the palette finds in it. */

import { queryOptions } from '@tanstack/react-query'
import type {
  Found,
  GroupNames,
  Overview,
  SchemasView,
  TenantSettingsView,
  TenantView,
} from '../../../../src/server/admin/types.ts'
import { call } from '../api.ts'
import { LIVE, within } from './within.ts'

export const tenantsQuery = queryOptions({
  queryKey: ['tenants'],
  queryFn: ({ signal }) => call<readonly TenantView[]>('/tenants', { signal }),
})

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

export const schemasQuery = (tenant: string) =>
  queryOptions({
    queryKey: ['tenant', tenant, 'schemas'],
    queryFn: ({ signal }) => call<SchemasView>(within(tenant, '/schemas'), { signal }),
    staleTime: Number.POSITIVE_INFINITY,
  })

export const foundQuery = (tenant: string, q: string) =>
  queryOptions({
    queryKey: ['tenant', tenant, 'search', q],
    queryFn: ({ signal }) => call<Found>(within(tenant, '/search'), { signal, query: { q } }),
    enabled: q.length > 0,
  })
