/** My Stuff: one's own name, password and sessions. */

import { z } from 'zod'
import { requireOwnPassword } from '../password-check.ts'
import { newPassword } from '../people.ts'
import { nothingHere, Refusal } from '../refusal.ts'
import { type AdminRoute, route } from '../route.ts'
import { isOver } from '../session.ts'
import { sessionView } from '../session-view.ts'
import { givenName } from '../text.ts'
import type { SessionRow } from '../types.ts'

export const myRoutes: readonly AdminRoute[] = [
  route({
    method: 'PATCH',
    path: '/me',
    access: 'session',
    body: z.object({ name: givenName }),
    handle: async (call) => {
      const { service, operator, body } = call
      await service.database.operators.change(operator.id, body)
      return sessionView({ ...call, operator: { ...operator, ...body } }, service)
    },
  }),
  route({
    method: 'POST',
    path: '/me/password',
    access: 'session',
    body: z.object({ current: z.string().max(1_000), next: newPassword }),
    handle: async (call) => {
      const { service, operator, session, body, now } = call
      const { operators } = service.database
      if (operator.password === null) {
        throw new Refusal(409, 'You sign in without a password; ask an owner for a link to set one')
      }
      await requireOwnPassword(call, body.current)
      const to = await service.passwords.hash(body.next)
      const change = { from: operator.password, to, keeps: session.id }
      if (!(await operators.changePassword(operator.id, change))) {
        const detail = 'Your password was changed or taken meanwhile; nothing was changed now'
        throw new Refusal(401, detail, { code: 'signIn' })
      }
      await operators.changeSession(session.id, { confirmedAt: now })
      await call.note('password.change', operator.email)
      return sessionView({ ...call, session: { ...session, confirmedAt: now } }, service)
    },
  }),
  route({
    method: 'GET',
    path: '/me/sessions',
    access: 'session',
    handle: async ({ service, operator, session, now }): Promise<SessionRow[]> => {
      const all = await service.database.operators.sessions(operator.id)
      return all
        .filter((one) => !isOver(one, now))
        .map(({ id, created, lastSeen, address, agent }) => {
          return { id, isCurrent: id === session.id, created, lastSeen, address, agent }
        })
    },
  }),
  route({
    method: 'DELETE',
    path: '/me/sessions/:id',
    access: 'session',
    handle: async ({ service, operator, param, note }) => {
      const ended = await service.database.operators.endSession(operator.id, param('id'))
      if (!ended) throw nothingHere('There is no such session')
      await note('session.end', operator.email)
    },
  }),
  route({
    method: 'DELETE',
    path: '/me/sessions',
    access: 'session',
    handle: async ({ service, operator, session, note }) => {
      await service.database.operators.endSessions(operator.id, session.id)
      await note('session.endOthers', operator.email)
    },
  }),
]
