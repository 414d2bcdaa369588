/**
 * Trying a key: what an identity provider would do, done from here over the wire, and what is wrong in
 * words that somebody who has just pasted a key can act on. The call goes to this server, and then to the
 * base URL that goes with the key, once it is proved that this is what answers there.
 *
 * A key of another tenant is as one that nobody knows, and neither is called with: whoever may try keys
 * here learns nothing of theirs, and does nothing in their name.
 *
 * @module
 */

import type { ApiKey } from '../../store/registry.ts'
import { hashKey, isWellFormed } from '../api-keys.ts'
import { SCIM_PATH } from '../scim.ts'
import { type Pace, pace } from './pace.ts'
import type { AdminService } from './service.ts'
import type { KeyTest } from './types.ts'
import { PATIENCE, wrongWay } from './wrong-way.ts'

/** How often each operator, and whoever holds a setup link, may try one. */
export const keyTests = (): Pace => pace(10, 'Keys are tested too often')

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
  const { localUrl, publicUrl, now } = service
  const here = await call(service, localUrl, secret)
  const wrong = endOf(found.key, now()) ?? wrongHere(here.status)
  if (wrong !== undefined) return { ok: false, ...here, says: wrong }
  const works = worksAs(found.key)
  if (publicUrl === localUrl) return { ok: true, ...here, says: works }
  const way = await wrongWay(service)
  if (way !== undefined) {
    const astray = 'The key is right, but its base URL does not lead here, as seen from this server'
    return uncalled(`${astray}: ${way}`)
  }
  const there = await call(service, publicUrl, secret)
  const lost = wrongThere(there.status)
  return lost === undefined
    ? { ok: true, ...there, says: works }
    : { ok: false, ...there, says: lost }
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

// Why nothing came back is told by whoever looks at the key, or at the way; nobody is to wait for it.
async function call({ own, reach }: AdminService, base: string, secret: string) {
  const since = performance.now()
  let status: number | null = null
  try {
    const response = await reach(`${base}${SCIM_PATH}/Users?count=1`, {
      headers: { Authorization: `Bearer ${secret}`, 'User-Agent': own.agent() },
      redirect: 'manual',
      signal: AbortSignal.timeout(PATIENCE),
    })
    await response.body?.cancel()
    status = response.status
  } catch {}
  return { status, milliseconds: Math.round(performance.now() - since) }
}

function wrongHere(status: number | null): string | undefined {
  if (status === null) return 'The service did not answer itself. Look at its log.'
  return status === 200 ? undefined : `The service answered ${status}. Activity has the request.`
}

function wrongThere(status: number | null): string | undefined {
  if (status === 200) return undefined
  const says = 'The key is right and its base URL leads here, but'
  if (status === null) return `${says} a call with the key was not answered. Look at the proxy.`
  if (status === 401) {
    return `${says} the key is lost on the way. Have the proxy pass the Authorization header on.`
  }
  return `${says} a call with the key was answered ${status}. Look at the proxy, and at Activity.`
}

const worksAs = ({ scope }: ApiKey) =>
  scope === 'read'
    ? 'It works, for reading. An identity provider needs a key that may write.'
    : 'It works: the key was accepted and users were read.'

// e.g. 2026-11-25, 02:30 UTC
function day(at: number): string {
  return `${new Date(at).toISOString().slice(0, 16).replace('T', ', ')} UTC`
}
