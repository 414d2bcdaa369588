/**
 * API keys: how they look, how they lie at rest, and whose one is.
 *
 * A key is `rc_`, 32 random base62 characters, and 6 that are the CRC-32 of all before them, so
 * `rc_[0-9A-Za-z]{38}`: one word to a double click, easy to find in a leaked file, and junk is
 * refused without asking the database. The checksum defends nothing; the 190 bits do.
 *
 * SHA-256 is enough at rest. A slow hash protects what people choose; nobody can try 62^32 keys. The
 * database is asked by hash, so how long it searches tells nothing of the key, and the hash found is
 * compared once more in constant time.
 *
 * Between two requests a key is remembered only as `key-cache.ts` says: a revoked one fails.
 *
 * @module
 */

import { hash as digest, timingSafeEqual } from 'node:crypto'
import { crc32 } from 'node:zlib'
import type { RefusedCredential } from '../http/authenticate.ts'
import type { Principal } from '../provider/context.ts'
import type { ApiKey, KeyAndTenant, Registry } from '../store/registry.ts'
import { keyCache } from './key-cache.ts'
import { keyUses } from './key-uses.ts'
import type { OwnCalls } from './own-calls.ts'
import { BASE62, type RandomBytes, randomText } from './random.ts'
import { cleaner } from './redaction/cleaner.ts'

const PREFIX = 'rc_'
const RANDOM = 32
const SHAPE = /^rc_[0-9A-Za-z]{38}$/
/** More keys than this do not call at once. */
const HASHES = 1_000

/** Why a credential was not taken. For the log and the journal; the client is told nothing of it. */
export type Refusal = RefusedCredential['refused']

/** A new secret. It is shown once and kept by nobody here. */
export function newSecret(random?: RandomBytes): string {
  const body = PREFIX + randomText(RANDOM, random)
  return body + checksum(body)
}

/** Whether a text has the form of a key and its checksum fits. */
export function isWellFormed(secret: string): boolean {
  return SHAPE.test(secret) && checksum(secret.slice(0, -6)) === secret.slice(-6)
}

/** SHA-256 of the whole key, lower-case hex. */
export function hashKey(secret: string): string {
  return digest('sha256', secret, 'hex')
}

/** What a person says of a key to be. */
export interface NewKey {
  readonly tenant: string
  readonly name: string
  readonly scope: 'read' | 'write'
  /** Milliseconds the key lives; `null` for ever. */
  readonly lifetime: number | null
  /** The id of the key it takes the place of. */
  readonly replaces?: string
}

/** Makes a key and keeps its hash. Resolves to the secret, which cannot be had again. */
export async function createKey(
  registry: Registry,
  wanted: NewKey,
  world: { readonly now: () => number; readonly random?: RandomBytes },
): Promise<{ readonly key: ApiKey; readonly secret: string }> {
  const secret = newSecret(world.random)
  const created = world.now()
  const key: ApiKey = {
    id: randomText(12, world.random),
    tenant: wanted.tenant,
    name: wanted.name,
    scope: wanted.scope,
    hash: hashKey(secret),
    hint: secret.slice(-4),
    created,
    expires: wanted.lifetime === null ? null : created + wanted.lifetime,
    revoked: null,
    replaces: wanted.replaces ?? null,
    lastUsed: null,
  }
  await registry.addKey(key)
  return { key, secret }
}

/**
 * Says whose a credential is, or why it is refused. Last use is noted ({@link keyUses}), and never
 * waited for.
 */
export function authenticateKey(
  registry: Registry,
  world: {
    readonly now: () => number
    readonly refused?: (reason: Refusal, key: string | undefined, from: string | null) => void
    readonly failed?: (error: unknown) => void
    readonly isOwn?: OwnCalls['isOwn']
  },
) {
  const keyByHash = keyCache(registry, world.now)
  const used = keyUses((id, use) => {
    registry.touchKey(id, use).catch((error) => world.failed?.(error))
  })
  // Of keys that were found once: what it is hashed to is all that is remembered of a credential.
  const hashes = new Map<string, string>()
  return async (
    credential: string,
    request: { readonly address: string | null; readonly agent: string | null },
  ): Promise<Principal | RefusedCredential> => {
    const refuse = (reason: Refusal, found?: KeyAndTenant): RefusedCredential => {
      world.refused?.(reason, found?.key.id, request.address)
      if (found === undefined) return { refused: reason }
      const { key, tenant } = found
      const whose = { tenant: tenant.id, actor: `key:${key.id}`, settings: tenant.settings }
      return { refused: reason, ...whose }
    }
    const known = hashes.get(credential)
    if (known === undefined && !isWellFormed(credential)) return refuse('malformed')
    const hash = known ?? hashKey(credential)
    const asked = keyByHash(hash)
    const found = asked instanceof Promise ? await asked : asked
    if (found === undefined) return refuse('unknown')
    if (known === undefined && !sameHash(found.key.hash, hash)) return refuse('unknown')
    if (known === undefined) {
      if (hashes.size >= HASHES) hashes.clear()
      hashes.set(credential, hash)
    }
    const { key, tenant } = found
    const at = world.now()
    if (key.revoked !== null) return refuse('revoked', found)
    if (key.expires !== null && key.expires <= at) return refuse('expired', found)
    // Our own trying of a key is not somebody's use of it.
    if (!world.isOwn?.(request.agent)) {
      used(key.id, { at, from: request.address, agent: agentOf(request.agent) })
    }
    return {
      tenant: tenant.id,
      actor: `key:${key.id}`,
      scope: key.scope,
      settings: tenant.settings,
    }
  }
}

/** `90d`, `12h`, `30m` or `never` → milliseconds, or `null` for ever. */
export function parseLifetime(given: string): number | null {
  if (given === 'never') return null
  const [, amount, unit] = /^([1-9]\d{0,4})([dhm])$/.exec(given) ?? []
  if (amount === undefined || unit === undefined) {
    throw new Error(`"${given}" is not a lifetime such as 90d, 12h or never`)
  }
  return Number(amount) * { d: 86_400_000, h: 3_600_000, m: 60_000 }[unit as 'd' | 'h' | 'm']
}

// e.g. 3421780262 -> '3jZQnK'; six digits of base 62 hold 32 bits.
function checksum(body: string): string {
  let rest = crc32(body)
  let out = ''
  for (let digit = 0; digit < 6; digit++) {
    out = BASE62[rest % 62] + out
    rest = Math.floor(rest / 62)
  }
  return out
}

function sameHash(left: string, right: string): boolean {
  return left.length === right.length && timingSafeEqual(Buffer.from(left), Buffer.from(right))
}

const { client } = cleaner(false, [])

// Shown to whoever may see keys, so with no secret in it. Cleaned before it is cut: half a key is none that
// could be found.
function agentOf(agent: string | null): string | null {
  return agent && client(agent.slice(0, 1_000)).slice(0, 200)
}
