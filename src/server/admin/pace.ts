/**
 * How often somebody may have the service do what costs it something: so many times a minute each.
 *
 * Counts are of this node alone. Twice as much on two nodes is still little.
 *
 * @module
 */

import type { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible'
import { Refusal } from './refusal.ts'

export interface Pace {
  /** Counts one more. @throws {Refusal} 429 with `Retry-After` */
  step(who: string): Promise<void>
}

/** @param what Who comes too often is told that this was too much: `Too many keys tried`. */
export function pace(perMinute: number, what: string): Pace {
  let made: RateLimiterMemory | undefined
  return {
    async step(who) {
      const { RateLimiterMemory } = await import('rate-limiter-flexible')
      made ??= new RateLimiterMemory({ points: perMinute, duration: 60 })
      await consume(made, who, what)
    },
  }
}

/** @throws {Refusal} 429 with `Retry-After`, once there were too many */
export async function consume(
  limiter: RateLimiterMemory,
  key: string,
  what: string,
): Promise<void> {
  try {
    await limiter.consume(key)
  } catch (refused) {
    if (refused instanceof Error) throw refused
    const { msBeforeNext } = refused as RateLimiterRes
    const seconds = Math.max(1, Math.ceil(msBeforeNext / 1000))
    const detail = `${what}; come back in ${duration(seconds)}`
    throw new Refusal(429, detail, { code: 'wait' }, { 'Retry-After': String(seconds) })
  }
}

function duration(seconds: number): string {
  if (seconds < 90) return seconds === 1 ? '1 second' : `${seconds} seconds`
  return `${Math.ceil(seconds / 60)} minutes`
}
