/**
 * Trying a key: what an identity provider would do, done from here over the wire, and what is wrong in
 * words that somebody who has just pasted a key can act on.
 *
 * A key of another tenant is as one that nobody knows, and neither is called with: whoever may try keys
 * here learns nothing of theirs, and does nothing in their name.
 *
 * @module
 */

import type { ApiKey } from '../../store/registry.ts'
import { hashKey, isWellFormed, TESTING_AGENT } from '../api-keys.ts'
import { SCIM_PATH } from '../scim.ts'
import { type Pace, pace } from './pace.ts'
import type { AdminService } from './service.ts'
import type { KeyTest } from './types.ts'

const PATIENCE = 5_000

/** How often each operator, and whoever holds a setup link, may try one. */
export const keyTests = (): Pace => pace(10, 'Too many keys were tried')

export async function testKey(
  service: AdminService,
  tenant: { readonly id: string; readonly name: string },
  secret: string,
): Promise<KeyTest> {
  const strange = strangenessOf(secret)
  if (strange !== undefined) return uncalled(strange)
  const found = await service.database.registry.keyByHash(hashKey(secret))
  if (found === undefined || found.key.tenant !== tenant.id) {
    return uncalled(
      `No key of "${tenant.name}" is this one. Perhaps it is of another tenant, or of another ` +
        'Rollcall; make a new one here.',
    )
  }
  const since = performance.now()
  const status = await call(service, secret)
  const milliseconds = Math.round(performance.now() - since)
  const ended = endOf(found.key, service.now())
  const ok = ended === undefined && status === 200
  return { ok, status, milliseconds, says: ended ?? (await outcome(service, found.key, status)) }
}

const uncalled = (says: string): KeyTest => ({ ok: false, status: null, milliseconds: 0, says })

/** What is wrong with a text that can be no key. */
function strangenessOf(secret: string): string | undefined {
  if (/^(bearer|api-key:|authorization:)/i.test(secret.trim())) {
    return 'This begins with the name of a header. Paste the key alone: rc_ and what follows.'
  }
  if (/\s/.test(secret)) {
    return 'There are blanks or line ends in it. Copy the key alone, from rc_ to its last letter.'
  }
  if (!isWellFormed(secret)) {
    return (
      'This is no key of Rollcall, or not all of one: a key is rc_ and 38 letters and digits, ' +
      'of which the last ones check the others.'
    )
  }
  return undefined
}

function endOf({ revoked, expires }: ApiKey, now: number): string | undefined {
  if (revoked !== null) {
    return `This key was revoked on ${day(revoked)}. Make a new one and put it in its place.`
  }
  if (expires !== null && expires <= now) {
    return `This key expired on ${day(expires)}. Make a new one and put it in its place.`
  }
  return undefined
}

// What went wrong on the way is told by whoever looks at the key; nobody is to wait for it.
async function call({ localUrl, reach }: AdminService, secret: string): Promise<number | null> {
  try {
    const response = await reach(`${localUrl}${SCIM_PATH}/Users?count=1`, {
      headers: { Authorization: `Bearer ${secret}`, 'User-Agent': TESTING_AGENT },
      signal: AbortSignal.timeout(PATIENCE),
    })
    await response.body?.cancel()
    return response.status
  } catch {
    return null
  }
}

async function outcome(service: AdminService, { scope }: ApiKey, status: number | null) {
  const { publicUrl, localUrl } = service
  if (status === null) return 'The service did not answer itself. Look at its log.'
  if (status !== 200) return `The service answered ${status}. Activity has the request.`
  const says =
    scope === 'read'
      ? 'It works, for reading. An identity provider needs a key that may write.'
      : 'It works: the key was accepted and users were read.'
  if (publicUrl === localUrl || (await isReachable(service))) return says
  return `${says} But ${publicUrl} does not lead here, as seen from this server: look at its DNS, TLS and proxy.`
}

async function isReachable({ publicUrl, reach }: AdminService): Promise<boolean> {
  try {
    const response = await reach(`${publicUrl}/livez`, { signal: AbortSignal.timeout(PATIENCE) })
    await response.body?.cancel()
    return response.ok
  } catch {
    return false
  }
}

// e.g. 2026-11-25, 02:30 UTC
function day(at: number): string {
  return `${new Date(at).toISOString().slice(0, 16).replace('T', ', ')} UTC`
}
