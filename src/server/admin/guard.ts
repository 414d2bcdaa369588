/**
 * Who gets in: what is asked of a request before a handler sees it.
 *
 * A change has to come from our own pages. A browser does not let others set `X-Rollcall-Console`, nor
 * lie in `Origin` and `Sec-Fetch-Site`; and the cookie of a session is not sent with what others cause
 * anyway. Who is no member of a tenant is told that there is none of that name.
 *
 * @module
 */

import type { Role, SessionFound, SetupLink } from '../../store/operators.ts'
import type { Tenant } from '../../store/registry.ts'
import { nothingHere, Refusal } from './refusal.ts'
import type { AdminRoute } from './route.ts'
import type { AdminService } from './service.ts'
import { CONFIRMED_FOR, sessionOf } from './session.ts'
import { hashToken } from './tokens.ts'

export const CONSOLE_HEADER = 'X-Rollcall-Console'

const RANKS: Readonly<Record<Role, number>> = { viewer: 1, admin: 2, owner: 3 }

/** @throws {Refusal} 403 for a change that does not come from our own pages */
export function requireOwnPage(request: Request, publicUrl: string): void {
  if (request.method === 'GET' || request.method === 'HEAD') return
  const site = request.headers.get('Sec-Fetch-Site')
  const origin = request.headers.get('Origin')
  const isMarked = request.headers.get(CONSOLE_HEADER) === '1'
  const isOwnSite = site === null || site === 'same-origin'
  const isOwnOrigin = origin === null ? site !== null : isOurs(origin, request, publicUrl)
  if (!(isMarked && isOwnSite && isOwnOrigin)) {
    throw new Refusal(403, 'Changes are taken from the console itself')
  }
}

function isOurs(origin: string, request: Request, publicUrl: string): boolean {
  if (origin === new URL(publicUrl).origin) return true
  return URL.canParse(origin) && new URL(origin).host === request.headers.get('Host')
}

/** What is known of whoever calls, as far as the route asks. */
export interface Admitted {
  readonly found?: SessionFound
  readonly tenant?: Tenant
  readonly role?: Role
  readonly link?: SetupLink
}

/** @throws {Refusal} 401, 403, 404 */
export async function admit(
  route: AdminRoute,
  request: Request,
  service: AdminService,
  param: (name: string) => string,
): Promise<Admitted> {
  if (route.access === 'public') return {}
  if (route.access === 'setup') return await setupOf(request, service)
  const found = await sessionOf(request, service)
  if (found === undefined) throw new Refusal(401, 'Sign in first', { code: 'signIn' })
  if (route.access === 'session') return confirmed(route, service, { found })
  if (route.access === 'root') {
    if (!found.operator.isRoot) throw new Refusal(403, 'This is for an owner of all tenants')
    return confirmed(route, service, { found })
  }
  const tenant = await service.database.registry.tenant(param('tenant'))
  const role = tenant && roleIn(found, tenant.id)
  if (tenant === undefined || role === undefined) throw nothingHere('There is no such tenant')
  if (RANKS[role] < RANKS[route.access]) {
    const who = route.access === 'owner' ? 'an owner' : 'an admin or owner'
    throw new Refusal(403, `Only ${who} of the tenant may do this`)
  }
  return confirmed(route, service, { found, tenant, role })
}

function confirmed<T extends Admitted>(route: AdminRoute, service: AdminService, admitted: T): T {
  const at = admitted.found?.session.confirmedAt ?? 0
  if (route.confirmed && service.now() - at > CONFIRMED_FOR) {
    throw new Refusal(403, 'Say once more who you are', { code: 'confirm' })
  }
  return admitted
}

/** What somebody may in a tenant. */
export function roleIn(
  { operator, memberships }: Pick<SessionFound, 'operator' | 'memberships'>,
  tenant: string,
): Role | undefined {
  if (operator.isRoot) return 'owner'
  return memberships.find((one) => one.tenant === tenant)?.role
}

/** The link that a request brings, and its tenant. @throws {Refusal} 401 */
export async function setupOf(request: Request, { database, now }: AdminService) {
  const token = /^Setup +([\w-]{20,100})$/.exec(request.headers.get('Authorization') ?? '')?.[1]
  const link = token && (await database.operators.setupLink(hashToken(token)))
  const tenant = link ? await database.registry.tenant(link.tenant) : undefined
  const isGood =
    link && tenant && link.expires > now() && (await mayStill(link.madeBy, tenant.id, database))
  if (!isGood) {
    throw new Refusal(401, 'This link is not good any more; ask for a new one', { code: 'gone' })
  }
  return { link, tenant }
}

/** A setup link stands for who made it: one that was made while they lost the right is none. */
async function mayStill(
  maker: string,
  tenant: string,
  { operators }: AdminService['database'],
): Promise<boolean> {
  const operator = await operators.operator(maker)
  if (operator === undefined) return false
  const role = roleIn(
    { operator, memberships: await operators.memberships({ operator: maker }) },
    tenant,
  )
  return role !== undefined && RANKS[role] >= RANKS.admin
}
