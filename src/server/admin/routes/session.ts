/** Who is signed in, proving it once more, and signing out. */

import { z } from 'zod'
import { requireOwnPassword } from '../password-check.ts'
import { type AdminRoute, reply, route } from '../route.ts'
import { endedCookie } from '../session.ts'
import { sessionView } from '../session-view.ts'

export const sessionRoutes: readonly AdminRoute[] = [
  route({
    method: 'GET',
    path: '/session',
    access: 'session',
    handle: (call) => sessionView(call, call.service),
  }),
  route({
    method: 'POST',
    path: '/session/confirm',
    access: 'session',
    body: z.object({ password: z.string().max(1_000) }),
    handle: async (call) => {
      const { service, session, now } = call
      await requireOwnPassword(call, call.body.password)
      await service.database.operators.changeSession(session.id, { confirmedAt: now })
      return sessionView({ ...call, session: { ...session, confirmedAt: now } }, service)
    },
  }),
  route({
    method: 'POST',
    path: '/sign-out',
    access: 'session',
    handle: async ({ service, operator, session, note }) => {
      await service.database.operators.endSession(operator.id, session.id)
      await note('session.end', operator.email)
      return reply(undefined, { headers: { 'Set-Cookie': endedCookie } })
    },
  }),
]
