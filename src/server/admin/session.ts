/**
 * A session: a random token in a cookie that only this host gets back, over TLS or from this machine,
 * and only with requests of its own pages.
 *
 * It ends twelve hours after it began, and thirty minutes after it was last used; use is noted once a
 * minute at most. What a page asks by itself, while nobody is there, is no use.
 *
 * @module
 */

import type { Operator, Session, SessionFound } from '../../store/operators.ts'
import { randomText } from '../random.ts'
import { Refusal } from './refusal.ts'
import type { Call } from './route.ts'
import type { AdminService } from './service.ts'
import { hashToken, newToken } from './tokens.ts'

export const SESSION_COOKIE = '__Host-rollcall'
/** Said by our own pages of a request that nobody asked for. */
export const UNATTENDED = 'X-Rollcall-Unattended'

const ABSOLUTE = 12 * 3_600_000
const IDLE = 30 * 60_000
const TOUCH_EVERY = 60_000
/** How long a password that was given counts as given just now. */
export const CONFIRMED_FOR = 10 * 60_000

/** How somebody has shown who they are. */
export interface Proof {
  readonly at?: number
  readonly password?: string
}

/**
 * Begins a session. Resolves to the `Set-Cookie` that goes with it.
 *
 * @param proof When the person proved who they are; now, unless told. With a password, as it lies here:
 * begun only if that is still theirs.
 * @throws {Refusal} 401
 */
export async function beginSession(
  call: Pick<Call, 'service' | 'now' | 'address' | 'agent'>,
  operator: Operator,
  { at: confirmedAt = call.now, password }: Proof = {},
): Promise<{ readonly cookie: string; readonly found: SessionFound }> {
  const { service, now, address, agent } = call
  const { operators } = service.database
  const token = newToken(service.random)
  const session = {
    id: randomText(12, service.random),
    operator: operator.id,
    hash: hashToken(token),
    created: now,
    expires: now + ABSOLUTE,
    lastSeen: now,
    confirmedAt: Math.min(confirmedAt, now),
    address,
    agent: agent?.slice(0, 200) ?? null,
  }
  await operators.sweep(now)
  if (!(await operators.addSession(session, password))) {
    throw new Refusal(401, 'Your password was changed or taken meanwhile; ask for a new link')
  }
  await operators.change(operator.id, { lastSignIn: now })
  const memberships = await operators.memberships({ operator: operator.id })
  const cookie = `${SESSION_COOKIE}=${token}; Path=/; Secure; HttpOnly; SameSite=Strict`
  return { cookie, found: { session, operator, memberships } }
}

/** Takes the cookie back. */
export const endedCookie = `${SESSION_COOKIE}=; Path=/; Secure; HttpOnly; SameSite=Strict; Max-Age=0`

/** Whether a session opens nothing any more. */
export const isOver = (session: Pick<Session, 'expires' | 'lastSeen'>, at: number): boolean =>
  session.expires <= at || session.lastSeen + IDLE <= at

/** The session of a request; `undefined` when there is none, or none any more. */
export async function sessionOf(
  request: Request,
  { database, now }: Pick<AdminService, 'database' | 'now'>,
): Promise<SessionFound | undefined> {
  const token = cookieOf(request, SESSION_COOKIE)
  if (token === undefined) return undefined
  const found = await database.operators.session(hashToken(token))
  if (found === undefined) return undefined
  const { session } = found
  const at = now()
  if (isOver(session, at)) return undefined
  if (at - session.lastSeen >= TOUCH_EVERY && request.headers.get(UNATTENDED) !== '1') {
    await database.operators.changeSession(session.id, { lastSeen: at })
  }
  return found
}

/** The value of a cookie; of two of one name, which no browser of ours sends, neither. */
export function cookieOf(request: Request, name: string): string | undefined {
  const values = (request.headers.get('Cookie') ?? '')
    .split(';')
    .map((part) => part.trim())
    .filter((part) => part.startsWith(`${name}=`))
  return values.length === 1 ? values[0]?.slice(name.length + 1) : undefined
}
