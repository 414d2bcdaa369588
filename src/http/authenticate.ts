/**
 * Whose request it is (RFC 7644 §2, RFC 6750 §2.1).
 *
 * Every path below the base URL asks for a credential, discovery too, so that a wrong key shows at
 * set-up. A key comes in `Authorization: Bearer` or in `API-Key`, never in a URL or a body. Cookies
 * are not looked at, so no browser can be made to call.
 *
 * @module
 */

import { ScimError } from '../protocol/errors.ts'
import type { Principal, TenantSettings } from '../provider/context.ts'
import type { HttpRequest } from './message.ts'

/** What is known of the caller beside the credential. */
export interface Caller {
  readonly address: string | null
  readonly agent: string | null
}

/** Why a credential was not taken, and whose it was, as far as that is known; no client is told. */
export interface RefusedCredential {
  readonly refused: 'malformed' | 'unknown' | 'revoked' | 'expired'
  readonly tenant?: string
  readonly actor?: string
  readonly settings?: TenantSettings
}

/** Says whose credential it is; `undefined` or a reason when it is nobody's. */
export type Authenticate = (
  credential: string,
  caller: Caller,
) => Promise<Principal | RefusedCredential | undefined>

/**
 * @param refuse Told why a credential is refused.
 * @throws {ScimError} 401
 */
export async function requirePrincipal(
  request: HttpRequest,
  authenticate: Authenticate,
  refuse: (refused: RefusedCredential) => void,
): Promise<Principal> {
  const credential = credentialOf(request)
  if (credential === null) {
    throw unauthorized('This service needs an API key: send "Authorization: Bearer KEY"')
  }
  if (credential === undefined) {
    refuse({ refused: 'malformed' })
    throw unauthorized(
      'The Authorization header is not "Bearer KEY": send the word Bearer, a blank and the API key',
    )
  }
  const caller = { address: request.address ?? null, agent: request.header('user-agent') }
  const principal = await authenticate(credential, caller)
  if (principal === undefined || 'refused' in principal) {
    if (principal !== undefined) refuse(principal)
    throw unauthorized('The API key is unknown, expired or revoked', ', error="invalid_token"')
  }
  return principal
}

/** @throws {ScimError} 403 when the key may only read */
export function requireScope(principal: Principal, scope: 'read' | 'write'): void {
  if (scope === 'write' && principal.scope !== 'write') {
    throw new ScimError(403, undefined, 'This API key may read, not write')
  }
}

// e.g. Authorization: bearer rc_Xy…
//                            ^_____
// `null` when there is none, `undefined` when what there is has another form.
function credentialOf(request: HttpRequest): string | null | undefined {
  const authorization = request.header('authorization')
  if (authorization === null) return request.header('api-key')
  return /^Bearer +(\S+)$/i.exec(authorization.trim())?.[1]
}

/** Whatever a client sent as a credential, taken or not: also of a scheme that is none of ours. */
export function sentSecrets(request: HttpRequest): string[] {
  const words = `${request.header('authorization') ?? ''} ${request.header('api-key') ?? ''}`
  return words
    .split(/[\s,]+/)
    .map((word) => word.replace(SCHEME_BEFORE, ''))
    .filter((word) => word !== '')
}

/** e.g. `Bearer:TOKEN`, where somebody took the scheme for a name. */
const SCHEME_BEFORE = /^(?:bearer|basic|token|oauth|ssws|api-?key)[:=]+/i

/** The form of a key of ours, anywhere in a text. Whatever has it is shown to nobody. */
export const KEY_FORM = /rc_[0-9A-Za-z]{38}/

function unauthorized(detail: string, parameters = ''): ScimError {
  return new ScimError(401, undefined, detail, {
    'WWW-Authenticate': `Bearer realm="SCIM"${parameters}`,
  })
}
