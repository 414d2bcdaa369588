/** One-time links: the first person there is, those who are invited, and a password anew. */

import { z } from 'zod'
import {
  EmailTaken,
  NotTheFirst,
  type OneTimeLink,
  type Operator,
} from '../../../store/operators.ts'
import { randomText } from '../../random.ts'
import { email, newPassword } from '../people.ts'
import { Refusal, wrong } from '../refusal.ts'
import { type AdminRoute, type Call, route } from '../route.ts'
import { givenName } from '../text.ts'
import { hashToken } from '../tokens.ts'
import type { LinkView } from '../types.ts'
import { signedIn } from './sign-in.ts'

const token = z.string().max(200)

export const linkRoutes: readonly AdminRoute[] = [
  route({
    method: 'POST',
    path: '/sign-in/link',
    access: 'public',
    body: z.object({ token }),
    handle: async (call): Promise<LinkView> => {
      const { link, operator } = await linkOf(call, call.body.token)
      const { email = null, lastSignIn = null } = operator ?? {}
      return { purpose: link.purpose, email, isBack: lastSignIn !== null, expires: link.expires }
    },
  }),
  route({
    method: 'POST',
    path: '/sign-in/link/use',
    access: 'public',
    body: z.object({
      token,
      password: newPassword,
      email: email.optional(),
      name: givenName.optional(),
    }),
    handle: async (call) => {
      const { link, operator } = await linkOf(call, call.body.token)
      const { operators } = call.service.database
      if (operator === undefined) return signedIn(call, await firstOperator(call, link))
      const password = await call.service.passwords.hash(call.body.password)
      const { name = operator.name } = call.body
      if (!(await operators.useLink(link.hash, { password, name }))) throw gone()
      return signedIn(call, { id: operator.id, password })
    },
  }),
]

/** The link, and whose it is; nobody's is the first one's. */
async function linkOf(
  { service, now }: Pick<Call, 'service' | 'now'>,
  token: string,
): Promise<{ readonly link: OneTimeLink; readonly operator: Operator | undefined }> {
  const { operators } = service.database
  const link = await operators.link(hashToken(token))
  if (link === undefined || link.expires <= now) throw gone()
  if (link.operator === null) {
    if (!(await operators.isEmpty())) throw gone()
    return { link, operator: undefined }
  }
  const operator = await operators.operator(link.operator)
  if (operator === undefined) throw gone()
  return { link, operator }
}

type FirstCall = Call<{ email?: string | undefined; name?: string | undefined; password: string }>

async function firstOperator(call: FirstCall, link: OneTimeLink): Promise<Operator> {
  const { service, body, now } = call
  if (body.email === undefined) throw wrong('email', 'An e-mail address is needed to sign in with')
  const operator: Operator = {
    id: randomText(12, service.random),
    email: body.email,
    name: body.name ?? body.email,
    isRoot: true,
    password: await service.passwords.hash(body.password),
    federated: null,
    created: now,
    lastSignIn: null,
  }
  try {
    await service.database.operators.add(operator, [], { first: true })
  } catch (error) {
    if (error instanceof NotTheFirst || error instanceof EmailTaken) throw gone()
    throw error
  }
  await service.database.operators.useLink(link.hash, null)
  return operator
}

const gone = () =>
  new Refusal(410, 'This link was used, has expired, or was replaced by another', { code: 'gone' })
