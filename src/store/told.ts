/**
 * Errors on their way from one thread to another, with what they mean: of an error of a class of ours only
 * a plain one would arrive.
 *
 * @module
 */

import { QueryTimeout, StoreUnavailable } from './store.ts'

export interface Told {
  readonly name: string
  readonly message: string
  readonly stack: string | undefined
  /** Whether the database could not be used; anything else is a fault of ours. */
  readonly isUnavailable: boolean
  readonly cause: Told | undefined
}

/** How far back causes are told. */
const DEEPEST = 3

export function told(error: unknown, depth = 0): Told {
  const { name, message, stack, cause } = error instanceof Error ? error : new Error(String(error))
  return {
    ...{ name, message, stack },
    isUnavailable: error instanceof StoreUnavailable,
    cause: cause === undefined || depth === DEEPEST ? undefined : told(cause, depth + 1),
  }
}

export function errorOf({ name, message, stack, isUnavailable, cause }: Told): Error {
  const why = cause && { cause: errorOf(cause) }
  if (isUnavailable) return new StoreUnavailable(message, why)
  if (name === 'QueryTimeout') return new QueryTimeout()
  return Object.assign(new Error(message, why), { name, stack })
}
