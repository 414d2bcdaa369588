/**
 * What changes something at the service, by resource. Pages use them with `useMutation`, and then let
 * {@link forget} drop what is remembered of the tenant.
 *
 * @module
 */

import type { QueryClient } from '@tanstack/react-query'
import type {
  CreatedKey,
  CreatedSetupLink,
  Invitation,
  KeyRequest,
  KeyTest,
  LinkUse,
  LinkView,
  Losses,
  OperatorRequest,
  PasswordChange,
  ProfileChange,
  Role,
  SessionView,
  SignInRequest,
  TenantSettingsView,
  TenantView,
  TryRequest,
  TryResult,
} from '../../../src/server/admin/types.ts'
import { call } from './api.ts'

const post = <T>(path: string, body: unknown = {}) => call<T>(path, { method: 'POST', body })
const patch = <T>(path: string, body: unknown) => call<T>(path, { method: 'PATCH', body })
const remove = <T>(path: string) => call<T>(path, { method: 'DELETE' })
const at = (tenant: string, ...path: readonly string[]) =>
  `/tenants/${[tenant, ...path].map(encodeURIComponent).join('/')}`

/** Ask again for everything of a tenant that is on the screen. */
export function forget(client: QueryClient, tenant: string): Promise<void> {
  return client.invalidateQueries({ queryKey: ['tenant', tenant] })
}

// Signing in. A session that is not there is what these pages are for, so they stay.

const here = <T>(path: string, body: unknown) =>
  call<T>(path, { method: 'POST', body, staysHere: true })

export const signIn = (body: SignInRequest) => here<SessionView>('/sign-in', body)
export const viewLink = (token: string) => here<LinkView>('/sign-in/link', { token })
export const useLink = (body: LinkUse) => here<SessionView>('/sign-in/link/use', body)
export const confirmPassword = (password: string) =>
  here<SessionView>('/session/confirm', { password })
export const signOut = () => here<void>('/sign-out', {})

export const changeProfile = (body: ProfileChange) => patch<SessionView>('/me', body)
export const changePassword = (body: PasswordChange) => post<SessionView>('/me/password', body)
export const endSession = (id: string) => remove<void>(`/me/sessions/${encodeURIComponent(id)}`)
export const endOtherSessions = () => remove<void>('/me/sessions')

export const createTenant = (name: string) => post<TenantView>('/tenants', { name })
export const changeSettings = (tenant: string, body: Partial<TenantSettingsView>) =>
  patch<TenantSettingsView>(at(tenant, 'settings'), body)

export const createKey = (tenant: string, body: KeyRequest) =>
  post<CreatedKey>(at(tenant, 'keys'), body)
export const rotateKey = (tenant: string, id: string, overlapHours: number) =>
  post<CreatedKey>(at(tenant, 'keys', id, 'rotate'), { overlapHours })
export const revokeKey = (tenant: string, id: string, last4: string) =>
  post<void>(at(tenant, 'keys', id, 'revoke'), { last4 })
export const testKey = (tenant: string, secret: string) =>
  post<KeyTest>(at(tenant, 'keys', 'test'), { secret })

export const suspendUser = (tenant: string, id: string) =>
  post<void>(at(tenant, 'users', id, 'suspend'))
export const restoreUser = (tenant: string, id: string) =>
  post<void>(at(tenant, 'suspended', id, 'restore'))
export const eraseUser = (tenant: string, id: string, { name, seen }: Losses) =>
  post<void>(at(tenant, 'users', id, 'erase'), { name, seen })

export const tryRequest = (tenant: string, body: TryRequest) =>
  post<TryResult>(at(tenant, 'try'), body)

export const createSetupLink = (tenant: string, days: number, name: string) =>
  post<CreatedSetupLink>(at(tenant, 'connect', 'links'), { days, ...(name && { name }) })
export const endSetupLink = (tenant: string, id: string) =>
  remove<void>(at(tenant, 'connect', 'links', id))

export const inviteOperator = (tenant: string, body: OperatorRequest) =>
  post<Invitation>(at(tenant, 'operators'), body)
export const changeRole = (tenant: string, id: string, role: Role) =>
  patch<void>(at(tenant, 'operators', id), { role })
export const removeOperator = (tenant: string, id: string) =>
  remove<void>(at(tenant, 'operators', id))
export const renewInvitation = (tenant: string, id: string) =>
  post<Invitation>(at(tenant, 'operators', id, 'link'))

const asGuest = <T>(path: string, token: string, body: unknown = {}) =>
  call<T>(path, { method: 'POST', body, setup: token, staysHere: true })

export const createSetupKey = (token: string) => asGuest<CreatedKey>('/setup/key', token)
export const testSetupKey = (token: string, secret: string) =>
  asGuest<KeyTest>('/setup/test', token, { secret })
