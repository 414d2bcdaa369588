/**
 * Try it: a SCIM request is answered by the engine itself, on rows whose every write is undone.
 *
 * It is nobody's request: no key made it, the journal and the log are not told, nothing is stored.
 */

import { z } from 'zod'
import { type RequestEntry, scimHandler } from '../../../http/handler.ts'
import type { Stored, TenantStore } from '../../../store/store.ts'
import { SCIM_PATH } from '../../scim.ts'
import { quirksOf } from '../activity.ts'
import { adviceFor } from '../advice.ts'
import { wrong } from '../refusal.ts'
import { type AdminRoute, route } from '../route.ts'
import type { AttributeChange, TryResult } from '../types.ts'

const tryRequest = z.object({
  method: z.enum(['GET', 'POST', 'PUT', 'PATCH', 'DELETE']),
  path: z.string().min(1, 'Say which path').max(8_000),
  body: z.string(),
  profile: z.enum(['tolerant', 'strict']).optional(),
})

export const tryRoutes: readonly AdminRoute[] = [
  route({
    method: 'POST',
    path: '/tenants/:tenant/try',
    access: 'admin',
    body: tryRequest,
    handle: async ({ service, tenant, body: asked, operator, requestId }): Promise<TryResult> => {
      const rehearsal = service.database.rehearsal(tenant.id)
      let record: Stored | undefined
      const store = capturing(rehearsal.store, (stored) => {
        record = stored
      })
      let heard: RequestEntry | undefined
      const settings = { ...tenant.settings, profile: asked.profile ?? tenant.settings.profile }
      const handler = scimHandler({
        ...service.provider,
        store: { ...service.database, tenant: () => store },
        authenticate: async () => ({
          tenant: tenant.id,
          actor: `operator:${operator.id}`,
          scope: 'write',
          settings,
        }),
        newRequestId: () => requestId,
        onRequest: (entry) => {
          heard = entry
        },
        onFault: (error) => service.log.error({ err: error }, 'fault in a request that was tried'),
      })
      const response = await handler.fetch(
        new Request(urlOf(asked.path, service.publicUrl + SCIM_PATH), {
          method: asked.method,
          headers: { Authorization: 'Bearer rehearsal', 'Content-Type': 'application/scim+json' },
          ...(asked.method === 'GET' || asked.body === '' ? {} : { body: asked.body }),
        }),
      )
      const changes = rehearsal.changes()
      const members = (kind: string) =>
        changes.flatMap((one) => (one.kind === kind && one.member !== null ? [one.member] : []))
      return {
        status: response.status,
        headers: Object.fromEntries(response.headers),
        body: await response.text(),
        record: record === undefined ? null : { id: record.id, ...JSON.parse(record.body) },
        differences: changes.flatMap(({ what }) =>
          Array.isArray(what?.changed) ? (what.changed as unknown as AttributeChange[]) : [],
        ),
        members: { added: members('memberAdded'), removed: members('memberRemoved') },
        quirks: quirksOf(heard?.quirks ?? []),
        advice:
          heard !== undefined && heard.status >= 400
            ? adviceFor({
                status: heard.status,
                scimType: heard.scimType ?? null,
                path: heard.path,
                route: heard.route,
                refused: null,
                detail: heard.detail ?? null,
              })
            : null,
      }
    },
  }),
]

// Below the base URL, or all of it.
function urlOf(path: string, baseUrl: string): string {
  const whole = /^https?:/i.test(path)
    ? path
    : `${baseUrl}${path.startsWith('/') ? '' : '/'}${path}`
  if (!URL.canParse(whole)) throw wrong('path', 'This is not a path')
  const url = new URL(whole)
  return new URL(url.pathname + url.search, baseUrl).href
}

/** A store that tells what it would hold. */
function capturing(store: TenantStore, hear: (stored: Stored) => void): TenantStore {
  const heard = <T extends Stored | undefined>(stored: T): T => {
    if (stored !== undefined) hear(stored)
    return stored
  }
  return {
    ...store,
    create: async (...given) => heard(await store.create(...given)),
    change: async (...given) => heard(await store.change(...given)),
  }
}
