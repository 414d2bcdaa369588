/** Tenants, what differs from one to the other, and the schemas that all of them have. */

import { z } from 'zod'
import { resourceTypes, schemas } from '../../../provider/discovery.ts'
import { NameTaken, type Tenant } from '../../../store/registry.ts'
import { createTenant, tenantName } from '../../tenants.ts'
import { roleIn } from '../guard.ts'
import { Refusal } from '../refusal.ts'
import { type AdminRoute, reply, route } from '../route.ts'
import { changesInWords } from '../settings-words.ts'
import type { SchemasView, TenantView } from '../types.ts'

const name = z.string().transform((given, context) => {
  try {
    return tenantName(given)
  } catch (error) {
    context.addIssue({ code: 'custom', message: (error as Error).message })
    return z.NEVER
  }
})

const settings = z
  .strictObject({
    profile: z.enum(['tolerant', 'strict']),
    recreate: z.enum(['restore', 'new']),
    groupNames: z.enum(['unique', 'free']),
    retention: z.int().min(0, '0 to 365 days').max(365, '0 to 365 days'),
    bodies: z.enum(['all', 'writes', 'none']),
  })
  .partial()

export const tenantRoutes: readonly AdminRoute[] = [
  route({
    method: 'GET',
    path: '/tenants',
    access: 'session',
    handle: async (call): Promise<TenantView[]> => {
      const all = await call.service.database.registry.tenants()
      return all.filter(({ id }) => roleIn(call, id) !== undefined).map(view)
    },
  }),
  route({
    method: 'POST',
    path: '/tenants',
    access: 'root',
    body: z.object({ name }),
    handle: async ({ service, body, note }) => {
      try {
        const { registry } = service.database
        const tenant = await createTenant(registry, body.name, {}, service.now)
        await note('tenant.create', tenant.name, tenant)
        return reply(view(tenant), { status: 201 })
      } catch (error) {
        if (!(error instanceof NameTaken)) throw error
        const more = { code: 'taken', field: 'name' } as const
        throw new Refusal(409, 'Another tenant has this name', more)
      }
    },
  }),
  route({
    method: 'GET',
    path: '/tenants/:tenant/settings',
    access: 'viewer',
    handle: async ({ tenant }) => tenant.settings,
  }),
  route({
    method: 'PATCH',
    path: '/tenants/:tenant/settings',
    access: 'admin',
    body: settings,
    handle: async ({ service, tenant, body, note }) => {
      const given = Object.fromEntries(
        Object.entries(body).filter(([, value]) => value !== undefined),
      )
      const changed = { ...tenant.settings, ...given }
      await service.database.registry.changeSettings(tenant.id, changed)
      const told = changesInWords(tenant.settings, changed)
      if (told.length > 0) await note('settings.change', told.join('; '))
      return changed
    },
  }),
  route({
    method: 'GET',
    path: '/tenants/:tenant/schemas',
    access: 'viewer',
    handle: async ({ service }): Promise<SchemasView> => ({
      schemas: schemas(service.provider),
      resourceTypes: resourceTypes(service.provider),
    }),
  }),
]

function view({ id, name, created, settings }: Tenant): TenantView {
  return { id, name, created, settings }
}
