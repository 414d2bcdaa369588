/**
 * How often somebody may fail to say a password: from one address, whichever accounts; for one account
 * from one address; and, much more often, for one account from everywhere, since that locks out its
 * person too, who did nothing. Of IPv6, the address is its first 64 bits, since a single customer has
 * the rest. Who has signed in is counted by session, out of the reach of strangers.
 *
 * Counts are of this node alone. Twice as many tries on two nodes are still far too few.
 *
 * @module
 */

import { isIPv6 } from 'node:net'
import { consume } from './pace.ts'

const WINDOW = 15 * 60
const PER_PAIR = 10
const PER_ADDRESS = 50
const PER_SESSION = 5
const HOUR = 60 * 60
const PER_ACCOUNT = 100

const TOO_MANY = 'Too many tries'

export interface SignInLimits {
  /** Counts a try. @throws {Refusal} 429 with `Retry-After` */
  attempt(account: string, address: string | null): Promise<void>
  /** The account's own person was there; what was tried before is forgotten. */
  succeeded(account: string, address: string | null): Promise<void>
  /** Nobody looked at the password; the try did not count. */
  unanswered(account: string, address: string | null): Promise<void>
  /** Counts a try of a session. Resolves to how many it has left behind this one: below 0, this is none. */
  attemptOf(session: string): Promise<number>
  /** The session's own person was there; what was tried before is forgotten. */
  succeededOf(session: string): Promise<void>
  /** Nobody looked at the password; the try did not count. */
  unansweredOf(session: string): Promise<void>
}

export function signInLimits(): SignInLimits {
  let made: ReturnType<typeof limiters> | undefined
  const all = () => {
    made ??= limiters()
    return made
  }
  return {
    async attempt(account, address) {
      const { accounts, addresses, pairs } = await all()
      const network = networkOf(address)
      await consume(addresses, network, TOO_MANY)
      await consume(pairs, `${network} ${account}`, TOO_MANY)
      await consume(accounts, account, TOO_MANY)
    },
    async succeeded(account, address) {
      const { accounts, addresses, pairs } = await all()
      const network = networkOf(address)
      await pairs.delete(`${network} ${account}`)
      await accounts.reward(account)
      await addresses.reward(network)
    },
    async unanswered(account, address) {
      const { accounts, addresses, pairs } = await all()
      const network = networkOf(address)
      await pairs.reward(`${network} ${account}`)
      await accounts.reward(account)
      await addresses.reward(network)
    },
    async attemptOf(session) {
      const { sessions } = await all()
      const { consumedPoints } = await sessions.penalty(session)
      return PER_SESSION - consumedPoints
    },
    async succeededOf(session) {
      const { sessions } = await all()
      await sessions.delete(session)
    },
    async unansweredOf(session) {
      const { sessions } = await all()
      await sessions.reward(session)
    },
  }
}

// The package brings limiters for a dozen databases along; whoever only serves SCIM does not wait for it.
async function limiters() {
  const { RateLimiterMemory } = await import('rate-limiter-flexible')
  return {
    accounts: new RateLimiterMemory({ points: PER_ACCOUNT, duration: HOUR }),
    pairs: new RateLimiterMemory({ points: PER_PAIR, duration: WINDOW }),
    sessions: new RateLimiterMemory({ points: PER_SESSION, duration: WINDOW }),
    addresses: new RateLimiterMemory({ points: PER_ADDRESS, duration: WINDOW }),
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
