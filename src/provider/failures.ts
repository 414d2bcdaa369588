/**
 * What a store could not do, in SCIM's words (RFC 7644 §3.12).
 *
 * An unknown member and somebody else's are told apart by nothing, or the answer would say which
 * ids other tenants have.
 *
 * @module
 */

import { invalidValue, noTarget, ScimError } from '../protocol/errors.ts'
import type { JsonObject } from '../protocol/json.ts'
import { valuesAt } from '../protocol/resource/body.ts'
import { fold } from '../protocol/text.ts'
import {
  MemberCycle,
  MissingMember,
  NoMemberMatched,
  QueryTimeout,
  StoreBusy,
  StoreUnavailable,
  UniquenessConflict,
  ValueTooLong,
} from '../store/store.ts'

/**
 * A conflict, with its value as the client has spelled it. Nothing is told of whoever holds it.
 *
 * @param body What was to be stored.
 */
export const asSent = (body: () => JsonObject) => (error: unknown) => {
  if (!(error instanceof UniquenessConflict)) throw error
  const { attribute, value } = error
  const sent = valuesAt(body(), attribute).find((one) => fold(String(one)) === value)
  throw sent === undefined ? error : new UniquenessConflict(attribute, String(sent))
}

/** What {@link refusalOf} says of a conflict, read again: by whoever looks for the holder. */
export function takenIn(detail: string): { attribute: string; value: string } | undefined {
  const [, attribute, quoted] = TAKEN.exec(detail) ?? []
  if (attribute === undefined || quoted === undefined) return undefined
  try {
    return { attribute, value: JSON.parse(quoted) as string }
  } catch {
    // The journal keeps no more than the beginning of a long one.
    return undefined
  }
}

const TAKEN = /^"([^"]+)" is taken by another resource: (".*")$/s

/** The refusal behind an error, or `undefined` when it is a fault of ours. */
export function refusalOf(error: unknown): ScimError | undefined {
  if (error instanceof ScimError) return error
  if (error instanceof UniquenessConflict) {
    return new ScimError(
      409,
      'uniqueness',
      `"${error.attribute}" is taken by another resource: ${JSON.stringify(error.value)}`,
    )
  }
  if (error instanceof MissingMember) {
    return invalidValue(`"members" names ${JSON.stringify(error.id)}, which is not here`)
  }
  if (error instanceof MemberCycle) {
    return invalidValue(`${JSON.stringify(error.id)} would make the group a member of itself`)
  }
  if (error instanceof ValueTooLong) {
    return invalidValue('A value that filters find fast is longer than this database can index')
  }
  if (error instanceof NoMemberMatched) return noTarget('The path matches no member')
  if (error instanceof QueryTimeout) {
    return new ScimError(400, 'tooMany', 'The search took too long; narrow its filter')
  }
  if (error instanceof StoreBusy) {
    const detail = `Try again in a moment: ${error.message}`
    return new ScimError(503, undefined, detail, { 'Retry-After': '2' })
  }
  if (error instanceof StoreUnavailable) {
    return new ScimError(503, undefined, 'The database is not available', { 'Retry-After': '2' })
  }
  // A store that stops for a client that has gone (StoreQuery.signal); nobody reads this.
  if (error instanceof Error && error.name === 'AbortError') {
    return new ScimError(408, undefined, 'The client has gone')
  }
  return undefined
}
