/**
 * How the service knows itself: which calls are its own, and whether it is what answers at an address.
 *
 * Both are said with a secret that all nodes have, for what one of them asks may come to another. A call of
 * ours is none that anybody sees in the use of a key, so whoever could pass for us would use one unseen;
 * what a proxy writes down of it is therefore good for a minute alone.
 *
 * @module
 */

import { createHmac, timingSafeEqual } from 'node:crypto'

/** What the console's own trying of a key is called wherever it is kept or told. */
export const TESTING_NAME = 'Rollcall-Console (key test)'

const BEFORE = TESTING_NAME.slice(0, -1)
const GOOD_FOR = 60_000

/** Below the base of SCIM: who asks there with 32 letters or digits is answered in {@link PROOF}. */
export const PROOF_PATH = '/.proof/'
export const PROOF = 'Rollcall-Proof'

export interface OwnCalls {
  /** What a call of ours says it is. Told nowhere. */
  agent(): string
  isOwn(agent: string | null | undefined): boolean
  /** What any node of this service answers to a challenge, and nobody else could. */
  answer(challenge: string): string
}

/** @param secret One that all nodes have, and nobody else. */
export function ownCalls(secret: string, now: () => number): OwnCalls {
  const said = (what: 'agent' | 'answer', text: string) =>
    createHmac('sha256', secret).update(`own ${what} ${text}`).digest('base64url')
  const agentAt = (at: string) => `${BEFORE} ${at}.${said('agent', at)})`
  return {
    agent: () => agentAt(now().toString(36)),
    isOwn(agent) {
      if (!agent?.startsWith(BEFORE)) return false
      const [at = ''] = agent.slice(BEFORE.length + 1).split('.', 1)
      const age = now() - Number.parseInt(at, 36)
      return Math.abs(age) <= GOOD_FOR && isSame(agent, agentAt(at))
    },
    answer: (challenge) => said('answer', challenge),
  }
}

function isSame(left: string, right: string): boolean {
  const [one, other] = [Buffer.from(left), Buffer.from(right)]
  return one.length === other.length && timingSafeEqual(one, other)
}
