/** Signing in with a password, and what the sign-in page offers. */

import { z } from 'zod'
import type { Operator } from '../../../store/operators.ts'
import { requirePassword } from '../password-check.ts'
import { foldEmail } from '../people.ts'
import { type AdminRoute, type Call, reply, route } from '../route.ts'
import { beginSession, type Proof, sessionOf } from '../session.ts'
import { sessionView } from '../session-view.ts'
import type { SignInWays } from '../types.ts'

export const signInRoutes: readonly AdminRoute[] = [
  route({
    method: 'GET',
    path: '/sign-in',
    access: 'public',
    handle: async ({ service }): Promise<SignInWays> => ({
      password: true,
      isNew: await service.database.operators.isEmpty(),
      flags: service.commandFlags,
      ...(service.oidc && { oidc: { label: service.oidc.label } }),
    }),
  }),
  route({
    method: 'POST',
    path: '/sign-in',
    access: 'public',
    body: z.object({ email: z.string().max(1_000), password: z.string().max(1_000) }),
    handle: async (call) => {
      const account = foldEmail(call.body.email)
      const operator = await call.service.database.operators.byEmail(account)
      const known = await requirePassword(call, account, operator, call.body.password)
      return signedIn(call, known)
    },
  }),
]

/** Begins a session of who has just said or set their password, and tells of it. */
export async function signedIn(
  call: Call<unknown, unknown>,
  { id, password }: Pick<Operator, 'id' | 'password'>,
) {
  const { cookie, found } = await startSession(call, { id }, password === null ? {} : { password })
  return reply(await sessionView(found, call.service), { headers: { 'Set-Cookie': cookie } })
}

/** Begins a session in the place of one that there may be. */
export async function startSession(
  call: Call<unknown, unknown>,
  operator: { readonly id: string },
  proof?: Proof,
) {
  const { service, request, now, address } = call
  const { operators } = service.database
  const before = await sessionOf(request, service)
  if (before !== undefined) {
    await operators.endSession(before.operator.id, before.session.id)
  }
  const current = await operators.operator(operator.id)
  if (current === undefined) throw new Error('an operator who signs in is there')
  const begun = await beginSession(call, current, proof)
  await operators.note({
    id: service.newId(),
    tenant: '',
    at: now,
    operator: operator.id,
    action: 'session.begin',
    subject: current.email,
    address,
  })
  return begun
}
