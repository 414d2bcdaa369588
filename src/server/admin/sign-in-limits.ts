/**
 * How often somebody may fail to say a password: for one account, whoever tries, and from one address,
 * whichever accounts. Of IPv6, the address is its first 64 bits, since a single customer has the rest.
 *
 * Counts are of this node alone. Twice as many tries on two nodes are still far too few.
 *
 * @module
 */

import { isIPv6 } from 'node:net'
import type { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible'
import { Refusal } from './refusal.ts'

const WINDOW = 15 * 60
const PER_ACCOUNT = 10
const PER_ADDRESS = 50

export interface SignInLimits {
  /** Counts a try. @throws {Refusal} 429 with `Retry-After` */
  attempt(account: string, address: string | null): Promise<void>
  /** The account's own person was there; what was tried before is forgotten. */
  succeeded(account: string, address: string | null): Promise<void>
}

export function signInLimits(): SignInLimits {
  let made: ReturnType<typeof limiters> | undefined
  const both = () => {
    made ??= limiters()
    return made
  }
  return {
    async attempt(account, address) {
      const { accounts, addresses } = await both()
      await consume(addresses, networkOf(address))
      await consume(accounts, account)
    },
    async succeeded(account, address) {
      const { accounts, addresses } = await both()
      await accounts.delete(account)
      await addresses.reward(networkOf(address))
    },
  }
}

// The package brings limiters for a dozen databases along; whoever only serves SCIM does not wait for it.
async function limiters() {
  const { RateLimiterMemory } = await import('rate-limiter-flexible')
  return {
    accounts: new RateLimiterMemory({ points: PER_ACCOUNT, duration: WINDOW }),
    addresses: new RateLimiterMemory({ points: PER_ADDRESS, duration: WINDOW }),
  }
}

async function consume(limiter: RateLimiterMemory, key: string): Promise<void> {
  try {
    await limiter.consume(key)
  } catch (refused) {
    if (refused instanceof Error) throw refused
    const { msBeforeNext } = refused as RateLimiterRes
    const seconds = Math.max(1, Math.ceil(msBeforeNext / 1000))
    const detail = `Too many tries; come back in ${Math.ceil(seconds / 60)} minutes`
    throw new Refusal(429, detail, { code: 'wait' }, { 'Retry-After': String(seconds) })
  }
}

/** e.g. `2001:db8:1:2:3::4` → `2001:db8:1:2`; an address of IPv4 is itself. */
export function networkOf(address: string | null): string {
  if (address === null) return ''
  const bare = address.split('%', 1)[0] ?? ''
  if (!isIPv6(bare)) return bare
  const [head = '', tail] = bare.split('::')
  const left = head === '' ? [] : head.split(':')
  const right = tail === undefined || tail === '' ? [] : tail.split(':')
  const gap = tail === undefined ? 0 : 8 - left.length - right.length
  const groups = [...left, ...Array.from({ length: Math.max(0, gap) }, () => '0'), ...right]
  return groups
    .slice(0, 4)
    .map((group) => Number.parseInt(group, 16).toString(16))
    .join(':')
}
