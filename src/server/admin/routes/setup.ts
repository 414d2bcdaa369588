/**
 * Setup links: the customer's own administrator connects an identity provider with one, without an
 * account. A link makes one key, and sees of its tenant the name and how far the connection has come.
 *
 * @module
 */

import { z } from 'zod'
import type { SetupLink } from '../../../store/operators.ts'
import type { ApiKey } from '../../../store/registry.ts'
import { randomText } from '../../random.ts'
import { SCIM_PATH } from '../../scim.ts'
import { checklistOf, heirOf } from '../checklist.ts'
import { isPublic } from '../is-public.ts'
import { testKey } from '../key-test.ts'
import { nothingHere, Refusal } from '../refusal.ts'
import { type AdminRoute, reply, route } from '../route.ts'
import { dayOf, givenName } from '../text.ts'
import { hashToken, newToken } from '../tokens.ts'
import type { CreatedSetupLink, SetupLinkRow, SetupView } from '../types.ts'
import { made } from './keys.ts'

/** How long the key of a link lives: what the console proposes for any other. */
const YEAR = 365 * 86_400_000

export const setupRoutes: readonly AdminRoute[] = [
  route({
    method: 'POST',
    path: '/tenants/:tenant/connect/links',
    access: 'admin',
    confirmed: true,
    body: z.object({
      days: z.int().min(1, '1 to 30 days').max(30, '1 to 30 days').default(7),
      name: givenName.optional(),
    }),
    handle: async ({ service, tenant, operator, body, now, note }) => {
      const token = newToken(service.random)
      const link: SetupLink = {
        id: randomText(12, service.random),
        tenant: tenant.id,
        hash: hashToken(token),
        madeBy: operator.id,
        name: body.name ?? null,
        created: now,
        expires: now + body.days * 86_400_000,
        usedAt: null,
        key: null,
      }
      await service.database.operators.addSetupLink(link)
      await note(
        'setup.create',
        [body.name, `for ${body.days === 1 ? 'a day' : `${body.days} days`}`]
          .filter(Boolean)
          .join(', '),
      )
      const created: CreatedSetupLink = {
        link: setupLinkRow(link, operator.name, []),
        url: `${service.publicUrl}/setup#${token}`,
      }
      return reply(created, { status: 201 })
    },
  }),
  route({
    method: 'DELETE',
    path: '/tenants/:tenant/connect/links/:id',
    access: 'admin',
    handle: async ({ service, tenant, param, note }) => {
      const { operators } = service.database
      const link = (await operators.setupLinks(tenant.id)).find(({ id }) => id === param('id'))
      const ended = link !== undefined && (await operators.endSetupLink(tenant.id, link.id))
      if (!ended) throw nothingHere('There is no such link')
      await note(
        'setup.end',
        `${link.name ? `${link.name}, ` : ''}made ${dayOf(link.created)}, ${link.key ? 'its key stays' : 'unused'}`,
      )
    },
  }),
  route({
    method: 'GET',
    path: '/setup',
    access: 'setup',
    handle: async ({ service, tenant, link, now }): Promise<SetupView> => {
      const keys = await service.database.registry.keys(tenant.id)
      const key = keyOf(link, keys)
      return {
        tenant: tenant.name,
        baseUrl: service.publicUrl + SCIM_PATH,
        isPublic: isPublic(service),
        checklist: key ? await checklistOf(service.journal, keys, key, now) : null,
        expires: link.expires,
      }
    },
  }),
  route({
    method: 'POST',
    path: '/setup/key',
    access: 'setup',
    handle: async (call) => {
      const { service, tenant, link, now, address } = call
      const { operators, registry } = service.database
      const used = new Refusal(409, 'This link has made its key already', { code: 'gone' })
      if (link.key !== null) throw used
      const name = `${link.name ? `${link.name}, ` : ''}set up by link, ${dayOf(now)}`
      const wanted = { tenant: tenant.id, name, scope: 'write', lifetime: YEAR } as const
      const created = await made(call, wanted)
      if (!(await operators.useSetupLink(link.id, created.key.id, now))) {
        await registry.revokeKey(created.key.id, now)
        throw used
      }
      await operators.note({
        id: service.newId(),
        tenant: tenant.id,
        at: now,
        operator: link.madeBy,
        action: 'setup.key',
        subject: `${created.key.name} (…${created.key.last4})`,
        address,
      })
      return created
    },
  }),
  route({
    method: 'POST',
    path: '/setup/test',
    access: 'setup',
    body: z.object({ secret: z.string().max(1_000) }),
    handle: async ({ service, tenant, link, body }) => {
      await service.keyTests.step(`link ${link.id}`)
      return testKey(service, tenant, body.secret)
    },
  }),
]

/** @param by The name of who made it. @param keys Those of its tenant. */
export function setupLinkRow(
  link: SetupLink,
  by: string | null,
  keys: readonly ApiKey[],
): SetupLinkRow {
  const { id, name, created, expires, usedAt } = link
  const key = keyOf(link, keys)?.id ?? null
  return { id, name, created, expires, by, usedAt, key }
}

function keyOf(link: SetupLink, keys: readonly ApiKey[]): ApiKey | undefined {
  const made = keys.find(({ id }) => id === link.key)
  return made && heirOf(keys, made)
}
