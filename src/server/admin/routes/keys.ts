/** API keys: made, rotated, revoked and tried. The secret of one is in the answer that makes it. */

import { z } from 'zod'
import type { ApiKey } from '../../../store/registry.ts'
import { createKey } from '../../api-keys.ts'
import { SCIM_PATH } from '../../scim.ts'
import { heirOf } from '../checklist.ts'
import { isPublic } from '../is-public.ts'
import { keyRow } from '../key-row.ts'
import { testKey } from '../key-test.ts'
import { nothingHere, Refusal, wrong } from '../refusal.ts'
import { type AdminRoute, type Call, route, type TenantCall } from '../route.ts'
import { dayOf, givenName } from '../text.ts'
import type { CreatedKey, KeyRow } from '../types.ts'

const DAY = 86_400_000

export const keyRoutes: readonly AdminRoute[] = [
  route({
    method: 'GET',
    path: '/tenants/:tenant/keys',
    access: 'viewer',
    handle: async ({ service, tenant, now }) => {
      const keys = await service.database.registry.keys(tenant.id)
      return keys.map((key) => keyRow(key, now))
    },
  }),
  route({
    method: 'POST',
    path: '/tenants/:tenant/keys',
    access: 'admin',
    confirmed: true,
    body: z.object({
      name: givenName,
      scope: z.enum(['read', 'write']),
      days: z.int().min(1, 'At least one day').max(3_650, 'At most 3,650 days').nullable(),
    }),
    handle: async (call) => {
      const { days, ...wanted } = call.body
      const lifetime = days === null ? null : days * DAY
      const created = await made(call, { ...wanted, tenant: call.tenant.id, lifetime })
      await call.note('key.create', whatIs(created.key))
      return created
    },
  }),
  route({
    method: 'POST',
    path: '/tenants/:tenant/keys/test',
    access: 'viewer',
    body: z.object({ secret: z.string().max(1_000) }),
    handle: async ({ service, operator, tenant, body }) => {
      await service.keyTests.step(`operator ${operator.id}`)
      return testKey(service, tenant, body.secret)
    },
  }),
  route({
    method: 'POST',
    path: '/tenants/:tenant/keys/:id/rotate',
    access: 'admin',
    confirmed: true,
    body: z.object({ overlapHours: z.number().min(0).max(168, 'At most 168 hours') }),
    handle: async (call) => {
      const { service, body, now } = call
      const old = await keyOf(call)
      if (old.revoked !== null) throw new Refusal(409, 'This key was revoked; make a new one')
      const others = await service.database.registry.keys(call.tenant.id)
      const isReplaced = others.some((key) => key.replaces === old.id && !isOver(key, now))
      if (isOver(old, now) && isReplaced) {
        throw new Refusal(409, 'This key has ended, and another took its place already')
      }
      const { tenant, name, scope } = old
      const lifetime = wholeLife(heirOf(others, old))
      const created = await made(call, { tenant, name, scope, lifetime, replaces: old.id })
      await service.database.registry.expireKey(old.id, now + body.overlapHours * 3_600_000)
      await call.note('key.rotate', `${whatIs(created.key)}, before: …${old.hint}`)
      return created
    },
  }),
  route({
    method: 'POST',
    path: '/tenants/:tenant/keys/:id/revoke',
    access: 'admin',
    body: z.object({ last4: z.string().max(10).optional() }),
    handle: async (call) => {
      const { service, body, now } = call
      const key = await keyOf(call)
      const isInUse = !isOver(key, now) && key.lastUsed !== null && now - key.lastUsed.at < DAY
      if (isInUse && body.last4 !== key.hint) {
        throw wrong('last4', 'These are not the last four characters of the key')
      }
      const revoked = await service.database.registry.revokeKey(key.id, now)
      if (!revoked) throw new Refusal(409, 'This key was revoked before', { code: 'gone' })
      await call.note('key.revoke', `${key.name} (…${key.hint})`)
    },
  }),
]

/** e.g. `Entra (…x9Zk), may write, ends 2027-02-25` */
const whatIs = ({ name, last4, scope, expires }: KeyRow) =>
  `${name} (…${last4}), may ${scope}, ${expires === null ? 'never ends' : `ends ${dayOf(expires)}`}`

/** Of a key that was never rotated: to be rotated shortens a life. */
const wholeLife = ({ created, expires }: ApiKey) => (expires === null ? null : expires - created)

/** Whether it opens nothing any more. */
const isOver = ({ revoked, expires }: ApiKey, now: number) =>
  revoked !== null || (expires !== null && expires <= now)

/** Makes a key, with everything that is needed to use it. */
export async function made(
  { service, now }: Pick<Call, 'service' | 'now'>,
  wanted: Parameters<typeof createKey>[1],
): Promise<CreatedKey> {
  const { key, secret } = await createKey(service.database.registry, wanted, service)
  return {
    key: keyRow(key, now),
    secret,
    baseUrl: service.publicUrl + SCIM_PATH,
    isPublic: isPublic(service),
  }
}

async function keyOf({ service, tenant, param }: TenantCall<unknown>): Promise<ApiKey> {
  const keys = await service.database.registry.keys(tenant.id)
  const key = keys.find(({ id }) => id === param('id'))
  if (key === undefined) throw nothingHere('There is no such key')
  return key
}
