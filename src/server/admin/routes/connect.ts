/** Connect: what an identity provider is given, and how far that of each key has come. */

import { z } from 'zod'
import type { ApiKey } from '../../../store/registry.ts'
import { SCIM_PATH } from '../../scim.ts'
import { checklistOf, lineOf, ticksOf } from '../checklist.ts'
import { clientOf } from '../clients.ts'
import { isPublic } from '../is-public.ts'
import { keyRow } from '../key-row.ts'
import { nothingHere } from '../refusal.ts'
import { type AdminRoute, route } from '../route.ts'
import type { ConnectView } from '../types.ts'
import { setupLinkRow } from './setup.ts'

export const connectRoutes: readonly AdminRoute[] = [
  route({
    method: 'GET',
    path: '/tenants/:tenant/connect',
    access: 'viewer',
    query: z.object({
      key: z.string().max(100).optional(),
      of: z.string().max(100).optional(),
    }),
    handle: async ({ service, tenant, query, now }): Promise<ConnectView> => {
      const { operators, registry } = service.database
      const keys = await registry.keys(tenant.id)
      const offered = keys.filter((key) => key.id === query.key || isInUse(keys, key, now))
      const chosen =
        query.key === undefined
          ? meant(keys, offered, query.of)
          : keys.find(({ id }) => id === query.key)
      if (query.key !== undefined && chosen === undefined) throw nothingHere('There is no such key')
      const firsts = (await service.journal?.firsts(tenant.id)) ?? []
      const links = await operators.setupLinks(tenant.id)
      const names = new Map((await operators.all()).map(({ id, name }) => [id, name]))
      const done = (key: ApiKey) =>
        Object.values(ticksOf(firsts, lineOf(keys, key))).filter((at) => at !== null).length
      return {
        baseUrl: service.publicUrl + SCIM_PATH,
        isPublic: isPublic(service),
        keys: offered.map((key) => ({ ...keyRow(key, now), done: done(key) })),
        checklist: chosen ? await checklistOf(service.journal, keys, chosen, now) : null,
        links: links.map((link) => setupLinkRow(link, names.get(link.madeBy) ?? null, keys)),
      }
    },
  }),
]

/**
 * The key that an identity provider uses, or else one that nobody does, or else the newest. One that may
 * only read brings nobody: it is meant where there is no other.
 */
function meant(
  keys: readonly ApiKey[],
  offered: readonly ApiKey[],
  provider: string | undefined,
): ApiKey | undefined {
  const used = (key: ApiKey) => lineOf(keys, key).find(({ lastUsed }) => lastUsed)?.lastUsed
  const nameOf = (key: ApiKey) => clientOf(used(key)?.agent ?? null)
  const writing = offered.filter(({ scope }) => scope === 'write')
  const all = [...writing, ...offered]
  if (provider === undefined) return all[0]
  const own = all.find((key) => provider.includes(nameOf(key) ?? '\n'))
  return own ?? writing.find((key) => !used(key)) ?? all[0]
}

/** Not of an old key for the time in which both it and the one in its place work. */
function isInUse(keys: readonly ApiKey[], { id, revoked, expires }: ApiKey, now: number): boolean {
  if (revoked !== null || (expires !== null && expires <= now)) return false
  return !keys.some(({ replaces }) => replaces === id)
}
