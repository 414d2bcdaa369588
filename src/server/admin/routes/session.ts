/** Who is signed in, and signing out. */

import { type AdminRoute, reply, route } from '../route.ts'
import { endedCookie } from '../session.ts'
import { sessionView } from '../session-view.ts'

export const sessionRoutes: readonly AdminRoute[] = [
  route({
    method: 'GET',
    path: '/session',
    access: 'session',
    handle: async (call) => sessionView(call, call.service),
  }),
  route({
    method: 'POST',
    path: '/sign-out',
    access: 'session',
    handle: async ({ service, operator, session }) => {
      await service.database.operators.endSession(operator.id, session.id)
      return reply(undefined, { headers: { 'Set-Cookie': endedCookie } })
    },
  }),
]
