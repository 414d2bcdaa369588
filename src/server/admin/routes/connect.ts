/** Connect: what an identity provider is given, and how far it has come. */

import { SCIM_PATH } from '../../scim.ts'
import { type AdminRoute, route } from '../route.ts'
import type { ConnectView } from '../types.ts'
import { isPublic, nothingYet, setupLinkRow } from './setup.ts'

export const connectRoutes: readonly AdminRoute[] = [
  route({
    method: 'GET',
    path: '/tenants/:tenant/connect',
    access: 'viewer',
    handle: async ({ service, tenant }): Promise<ConnectView> => {
      const { operators } = service.database
      const links = await operators.setupLinks(tenant.id)
      const names = new Map((await operators.all()).map(({ id, name }) => [id, name]))
      return {
        baseUrl: service.publicUrl + SCIM_PATH,
        isPublic: isPublic(service),
        checklist: (await service.checklist?.(tenant.id)) ?? nothingYet,
        links: links.map((link) => setupLinkRow(link, names.get(link.madeBy) ?? '')),
      }
    },
  }),
]
