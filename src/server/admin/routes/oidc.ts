/** Signing in through an OpenID provider: there, and back. */

import { z } from 'zod'
import { endedFlow, FLOW_COOKIE, operatorOf } from '../oidc.ts'
import { nothingHere, problemOf } from '../refusal.ts'
import { type AdminRoute, type Call, route } from '../route.ts'
import { cookieOf } from '../session.ts'
import { startSession } from './sign-in.ts'

export const oidcRoutes: readonly AdminRoute[] = [
  route({
    method: 'GET',
    path: '/sign-in/oidc',
    access: 'public',
    query: z.object({ back: z.string().max(2_000).default('/'), confirm: z.string().optional() }),
    handle: async (call) => {
      const { back, confirm } = call.query
      const { url, cookie } = await oidcOf(call).begin({ back, confirm: confirm !== undefined })
      return away(url, cookie)
    },
  }),
  route({
    method: 'GET',
    path: '/sign-in/oidc/callback',
    access: 'public',
    handle: async (call) => {
      const { service, request } = call
      const oidc = oidcOf(call)
      try {
        const flow = cookieOf(request, FLOW_COOKIE)
        const identity = await oidc.finish(new URL(request.url).search, flow)
        const operator = await operatorOf(service.database.operators, identity)
        if (operator === undefined) {
          return refused('Nobody has let you in yet: ask an owner to invite this e-mail address')
        }
        const { cookie } = await startSession(call, operator, identity.provedAt ?? 0)
        return away(service.publicUrl + identity.back, endedFlow, cookie)
      } catch (error) {
        const refusal = problemOf(error)
        if (refusal === undefined) service.log.warn({ err: error }, 'a sign-in failed')
        return refused(refusal?.message ?? 'Signing in failed; try once more')
      }

      // A browser is on its way: what is wrong is said by the page it comes to.
      function refused(says: string): Response {
        const url = `${service.publicUrl}/sign-in?error=${encodeURIComponent(says)}`
        return away(url, endedFlow)
      }
    },
  }),
]

function oidcOf({ service }: Pick<Call, 'service'>) {
  if (service.oidc === undefined) throw nothingHere('There is no other way to sign in here')
  return service.oidc
}

function away(url: string, ...cookies: readonly string[]): Response {
  const headers = new Headers({ Location: url })
  for (const cookie of cookies) headers.append('Set-Cookie', cookie)
  return new Response(null, { status: 302, headers })
}
