/** Signing in through an OpenID provider: there, and back. */

import { z } from 'zod'
import { backOf, FLOW_COOKIE, operatorOf, ownPath, SignInFailed, withoutFlow } from '../oidc.ts'
import { nothingHere } from '../refusal.ts'
import { type AdminRoute, type Call, route } from '../route.ts'
import { cookieOf } from '../session.ts'
import type { SignInTrouble } from '../types.ts'
import { startSession } from './sign-in.ts'

export const oidcRoutes: readonly AdminRoute[] = [
  route({
    method: 'GET',
    path: '/sign-in/oidc',
    access: 'public',
    query: z.object({
      back: z.string().max(2_000).default('/'),
      confirm: z.string().optional(),
      anew: z.string().optional(),
    }),
    handle: async (call) => {
      const { back, confirm, anew } = call.query
      const oidc = oidcOf(call)
      const flows = cookieOf(call.request, FLOW_COOKIE)
      try {
        const wish = { back, confirm: confirm !== undefined, anew: anew !== undefined }
        const { url, cookie } = await oidc.begin(wish, flows)
        return away(url, cookie)
      } catch (error) {
        return away(signInAgain(error, call, ownPath(back)))
      }
    },
  }),
  route({
    method: 'GET',
    path: '/sign-in/oidc/callback',
    access: 'public',
    handle: async (call) => {
      const { service, request } = call
      const oidc = oidcOf(call)
      const { search } = new URL(request.url)
      const flows = cookieOf(request, FLOW_COOKIE)
      const rest = withoutFlow(search, flows)
      try {
        const identity = await oidc.finish(search, flows)
        const operator = await operatorOf(service.database.operators, identity)
        if (operator === undefined) {
          throw identity.isUnproved
            ? new SignInFailed('unproved-email', 'the provider does not say email_verified: true')
            : new SignInFailed('unknown-person', 'nobody has let this person in')
        }
        const { cookie } = await startSession(call, operator, { at: identity.provedAt ?? 0 })
        return away(service.publicUrl + identity.back, rest, cookie)
      } catch (error) {
        return away(signInAgain(error, call, backOf(search, flows)), rest)
      }
    },
  }),
]

/** A browser is on its way: what is wrong is said by the page it comes to, which leads on from there. */
function signInAgain(error: unknown, { service }: Pick<Call, 'service'>, back: string): string {
  const { log, publicUrl } = service
  const isKnown = error instanceof SignInFailed
  const trouble: SignInTrouble = isKnown ? error.trouble : 'failed'
  // What a library throws may carry what the provider sent; its message does not.
  if (isKnown) log.info({ trouble, reason: String(error.cause ?? error) }, 'a sign-in failed')
  else log.warn({ err: error }, 'a sign-in failed')
  const search = new URLSearchParams({ error: trouble, ...(back !== '/' && { back }) })
  return `${publicUrl}/sign-in?${search}`
}

function oidcOf({ service }: Pick<Call, 'service'>) {
  if (service.oidc === undefined) throw nothingHere('There is no other way to sign in here')
  return service.oidc
}

function away(url: string, ...cookies: readonly string[]): Response {
  const headers = new Headers({ Location: url })
  for (const cookie of cookies) headers.append('Set-Cookie', cookie)
  return new Response(null, { status: 302, headers })
}
